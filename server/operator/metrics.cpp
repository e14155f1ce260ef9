// server/operator/metrics.cpp: text format 0.0.4; a handful of numbers, so that a library would be more than
// they are.
#include "server/operator/metrics.hpp"

#include <fmt/format.h>

#include "server/operator/account/token.hpp"
#include "server/storage/condition.hpp"
#include "server/storage/incidents.hpp"

namespace outcry::operators {

using boost::asio::awaitable;
using http::Request;
using http::Response;

namespace {

constexpr int most_open = 1'000;

struct Numbers {
    storage::Condition condition;
    std::size_t open = 0, services = 0;
    Minute judged_until{};
    double now = 0;  // seconds since 1970
};

double seconds_of(Time at) {
    return static_cast<double>(at.time_since_epoch().count()) / 1e3;
}

void gauge(std::string& text, std::string_view name, std::string_view help, double value) {
    text += fmt::format("# HELP outcry_{0} {1}\n# TYPE outcry_{0} gauge\noutcry_{0} {2}\n", name, help, value);
}

std::string in_text(const Numbers& numbers) {
    std::string text;
    gauge(text, "time_seconds", "The program's clock, as seconds since 1970.", numbers.now);
    if (const auto& until = numbers.condition.complete_until)
        gauge(text, "counted_until_seconds", "Every report before this moment is counted.",
              seconds_of(Time{*until}));
    gauge(text, "judged_until_seconds", "This node has judged every minute before this moment.",
          seconds_of(Time{numbers.judged_until}));
    gauge(text, "reports_waiting", "1 while durable reports have yet to be counted.",
          numbers.condition.waiting ? 1 : 0);
    gauge(text, "open_incidents", "Incidents that are open.", static_cast<double>(numbers.open));
    gauge(text, "services", "Services that are watched.", static_cast<double>(numbers.services));
    gauge(text, "database_bytes", "Size of the database.", static_cast<double>(numbers.condition.bytes));
    return text;
}

awaitable<Response> get_metrics(const Parts& parts) {
    Numbers numbers;
    const auto read = [&](storage::Transaction& tx) {
        numbers.condition = storage::load_condition(tx);
        numbers.open = storage::load_incidents(tx, {.open = true, .limit = most_open}).size();
    };
    co_await parts.database.read(read);
    const auto look = [](const analytics::Board& board) { return board.complete_until(); };
    numbers.judged_until = co_await parts.pulse.read(look);
    numbers.services = parts.pulse.catalogue()->services.size();
    numbers.now = seconds_of(parts.clock.now());
    co_return http::content("text/plain; version=0.0.4; charset=utf-8", in_text(numbers));
}

}  // namespace

std::vector<GuardedRoute> metrics_routes(const Parts& parts) {
    return {{http::Method::get,
             "/api/v1/admin/metrics",
             {Role::viewer, read_scope},
             [parts](const Request&, const Actor&) { return get_metrics(parts); }}};
}

}  // namespace outcry::operators
