// server/api/health.cpp: GET /healthz and GET /readyz.
#include "server/api/health.hpp"

#include "server/api/json.hpp"
#include "server/api/refusals.hpp"
#include "server/storage/services.hpp"

namespace outcry::api {

using boost::asio::awaitable;
using namespace std::chrono_literals;

namespace {

http::Response healthy(std::string_view status) {
    auto response = http::content("application/json", health_json(status));
    response.set("cache-control", "no-store");
    return response;
}

}  // namespace

awaitable<http::Response> show_health(const http::Request&) {
    co_return healthy("ok");
}

awaitable<http::Response> show_readiness(const http::Request&, const live::Pulse& pulse,
                                         storage::Database& database) {
    if (!pulse.ready()) co_return overloaded("The board is still being loaded.", 1s);
    const auto ask = [](storage::Transaction& tx) { return storage::catalogue_version(tx); };
    bool answers = true;
    try {
        co_await database.transact(ask);
    } catch (const storage::Unavailable&) {
        answers = false;
    }
    if (!answers) co_return overloaded("The database does not answer.", 2s);
    co_return healthy("ready");
}

}  // namespace outcry::api
