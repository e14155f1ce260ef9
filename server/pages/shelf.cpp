// server/pages/shelf.cpp: see the header.
#include "server/pages/shelf.hpp"

#include "server/http/negotiation.hpp"

namespace outcry::pages {
namespace {

http::Response copy_of(const Shelf::Page& page) {
    http::Response response;
    response.headers = page.headers;
    response.body = page.body;
    return response;
}

}  // namespace

std::shared_ptr<const Shelf::Page> Shelf::find(const std::string& key, std::uint64_t version) {
    const std::lock_guard lock(mutex_);
    if (version != version_) return nullptr;
    const auto found = pages_.find(key);
    return found == pages_.end() ? nullptr : found->second;
}

void Shelf::keep(const std::string& key, std::uint64_t version, std::shared_ptr<const Page> page) {
    const std::lock_guard lock(mutex_);
    if (version < version_) return;  // made from data that has moved on meanwhile
    move_on(version);
    const auto size = key.size() + page->body->size();
    if (bytes_ + size > most_bytes_) return;
    if (pages_.emplace(key, std::move(page)).second) bytes_ += size;
}

void Shelf::move_on(std::uint64_t version) {
    if (version == version_) return;
    version_ = version;
    pages_.clear();
    bytes_ = 0;
}

http::Handler shelved(std::shared_ptr<Shelf> shelf, std::function<std::uint64_t()> version,
                      http::Handler make) {
    return [shelf = std::move(shelf), version = std::move(version),
            make = std::move(make)](const http::Request& request) -> boost::asio::awaitable<http::Response> {
        const bool packed = http::accepts_encoding(request.header("accept-encoding"), "gzip");
        const auto key = (packed ? "z " : "p ") + request.target;
        const auto seen = version();
        if (const auto page = shelf->find(key, seen)) co_return copy_of(*page);
        auto response = co_await make(request);
        if (response.status == 200 && response.body)
            shelf->keep(key, seen,
                        std::make_shared<const Shelf::Page>(Shelf::Page{response.headers, response.body}));
        co_return response;
    };
}

}  // namespace outcry::pages
