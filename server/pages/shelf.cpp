// server/pages/shelf.cpp: see the header.
#include "server/pages/shelf.hpp"

#include "server/http/negotiation.hpp"

namespace outcry::pages {

http::Handler shelved(std::shared_ptr<http::AnswerCache> shelf, std::function<std::uint64_t()> version,
                      http::Handler make) {
    return [shelf = std::move(shelf), version = std::move(version),
            make = std::move(make)](const http::Request& request) -> boost::asio::awaitable<http::Response> {
        const bool packed = http::accepts_encoding(request.header("accept-encoding"), "gzip");
        // Where nobody has said what the site is called, a page names the host it was asked at.
        const auto key = (packed ? "z " : "p ") + request.origin() + request.target;
        const auto seen = version();
        if (auto page = shelf->find(key, seen)) co_return std::move(*page);
        auto response = co_await make(request);
        const bool lasting = response.header("cache-control").find("no-store") == std::string_view::npos;
        if (response.status == 200 && response.body && lasting) {
            response.set("etag", http::entity_tag(*response.body));
            shelf->keep(key, seen, response);
        }
        co_return response;
    };
}

}  // namespace outcry::pages
