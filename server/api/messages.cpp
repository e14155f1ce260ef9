// server/api/messages.cpp: see the header.
#include "server/api/messages.hpp"

#include "server/api/json.hpp"
#include "server/api/query.hpp"
#include "server/api/refusals.hpp"
#include "server/storage/messages.hpp"

namespace outcry::api {

namespace {
constexpr std::size_t most_groups = 20;
}

boost::asio::awaitable<http::Response> show_messages(const http::Request& request, const live::Pulse& pulse,
                                                     storage::Database& database, Time now) {
    const auto catalogue = pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return unknown_service(request.param("slug"));
    if (auto refusal = Query(request, {}).refusal()) co_return std::move(*refusal);
    const Minute to = minute_of(now),
                 from = std::chrono::floor<std::chrono::hours>(to - std::chrono::hours{23});
    const auto load = [id = service->id, from, to](storage::Transaction& tx) {
        return storage::load_messages(tx, id, from, to);
    };
    auto counts = co_await database.read(load);
    const auto groups = analytics::group_alike(std::move(counts), storage::voices_kept, most_groups);
    co_return http::content("application/json", messages_json(groups, from));
}

}  // namespace outcry::api
