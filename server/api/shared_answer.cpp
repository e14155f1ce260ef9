// server/api/shared_answer.cpp: public answers: open to every origin, cacheable, and made once for each change
// of the data.
#include "server/api/shared_answer.hpp"

#include <algorithm>

#include "server/api/refusals.hpp"
#include "server/http/negotiation.hpp"

namespace outcry::api {

namespace {

std::string offered(const std::vector<std::string_view>& types) {
    std::string list;
    for (const auto type : types) list.append(list.empty() ? "" : " or ").append(type);
    return list;
}

}  // namespace

void open_to_every_origin(http::Response& response) {
    response.set("access-control-allow-origin", "*");
    response.set("access-control-expose-headers",
                 "ETag, Link, Retry-After, X-Request-Id, RateLimit, RateLimit-Policy");
}

http::Handler share(std::shared_ptr<http::AnswerCache> cache, std::function<std::uint64_t()> version,
                    std::vector<std::string_view> types, http::Handler make) {
    return [cache = std::move(cache), version = std::move(version), types = std::move(types),
            make = std::move(make)](const http::Request& request) -> boost::asio::awaitable<http::Response> {
        const auto accept = request.header("accept");
        const bool wanted =
            std::any_of(types.begin(), types.end(), [&](auto type) { return http::accepts(accept, type); });
        if (!wanted) co_return not_acceptable(offered(types));
        const auto now_at = version();
        if (auto kept = cache->find(request.target, now_at)) co_return std::move(*kept);
        auto response = co_await make(request);
        open_to_every_origin(response);
        if (response.status != 200 || !response.body) co_return response;
        if (response.header("cache-control").empty()) {
            response.set("cache-control", "public, max-age=15, stale-while-revalidate=60");
        }
        response.set("etag", http::entity_tag(*response.body));
        cache->keep(request.target, now_at, response);
        co_return response;
    };
}

}  // namespace outcry::api
