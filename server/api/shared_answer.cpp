// server/api/shared_answer.cpp: public answers: open to every origin, cacheable, and made once for each change
// of the data.
#include "server/api/shared_answer.hpp"

#include <algorithm>

#include "server/api/refusals.hpp"
#include "server/http/negotiation.hpp"

namespace outcry::api {

namespace {

std::size_t weight(const std::string& target, const AnswerCache::Answer& answer) {
    constexpr std::size_t overhead = 512;
    return target.size() + answer.body->size() + overhead;
}

http::Response copy_of(const AnswerCache::Answer& answer) {
    http::Response response;
    response.headers = answer.headers;
    response.body = answer.body;
    return response;
}

std::string offered(const std::vector<std::string_view>& types) {
    std::string list;
    for (const auto type : types) list.append(list.empty() ? "" : " or ").append(type);
    return list;
}

}  // namespace

std::shared_ptr<const AnswerCache::Answer> AnswerCache::find(const std::string& target, std::uint64_t version) {
    const std::lock_guard lock(mutex_);
    if (version != version_) return nullptr;
    const auto found = answers_.find(target);
    return found == answers_.end() ? nullptr : found->second;
}

void AnswerCache::keep(const std::string& target, std::uint64_t version, std::shared_ptr<const Answer> answer) {
    const auto added = weight(target, *answer);
    const std::lock_guard lock(mutex_);
    if (version < version_) return;
    // Answers of an older version are never asked for again; and whoever fills the cache only makes it start
    // afresh.
    if (version > version_ || bytes_ + added > most_bytes_) {
        answers_.clear();
        bytes_ = 0;
        version_ = version;
    }
    if (added <= most_bytes_ && answers_.emplace(target, std::move(answer)).second) bytes_ += added;
}

void open_to_every_origin(http::Response& response) {
    response.set("access-control-allow-origin", "*");
    response.set("access-control-expose-headers",
                 "ETag, Link, Retry-After, X-Request-Id, RateLimit, RateLimit-Policy");
}

http::Handler share(std::shared_ptr<AnswerCache> cache, std::function<std::uint64_t()> version,
                    std::vector<std::string_view> types, http::Handler make) {
    return [cache = std::move(cache), version = std::move(version), types = std::move(types),
            make = std::move(make)](const http::Request& request) -> boost::asio::awaitable<http::Response> {
        const auto accept = request.header("accept");
        const bool wanted =
            std::any_of(types.begin(), types.end(), [&](auto type) { return http::accepts(accept, type); });
        if (!wanted) co_return not_acceptable(offered(types));
        const auto now_at = version();
        if (const auto kept = cache->find(request.target, now_at)) co_return copy_of(*kept);
        auto response = co_await make(request);
        open_to_every_origin(response);
        if (response.status != 200 || !response.body) co_return response;
        if (response.header("cache-control").empty()) {
            response.set("cache-control", "public, max-age=15, stale-while-revalidate=60");
        }
        response.set("etag", http::entity_tag(*response.body));
        cache->keep(
            request.target, now_at,
            std::make_shared<const AnswerCache::Answer>(AnswerCache::Answer{response.body, response.headers}));
        co_return response;
    };
}

}  // namespace outcry::api
