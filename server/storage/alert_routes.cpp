// server/storage/alert_routes.cpp: routes, row by row.
#include "server/storage/alert_routes.hpp"

#include "queries.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {
namespace {

/// A number that may be missing, as a parameter.
struct Maybe {
    template <class Number>
    explicit Maybe(const std::optional<Number>& number)
        : text(number ? std::to_string(*number) : std::string{}), given(number) {}
    const char* parameter() const { return given ? text.c_str() : nullptr; }
    std::string text;
    bool given;
};

std::optional<long> count_of(const std::optional<std::chrono::minutes>& span) {
    if (!span) return std::nullopt;
    return span->count();
}

struct Columns {
    explicit Columns(const AlertRoute& route)
        : service(route.service),
          from(count_of(route.quiet ? std::optional{route.quiet->from} : std::nullopt)),
          to(count_of(route.quiet ? std::optional{route.quiet->to} : std::nullopt)),
          remind(count_of(route.remind)),
          escalate(count_of(route.escalate)),
          severity(route.severity),
          zone(route.quiet ? route.quiet->zone : "UTC") {}
    Maybe service, from, to, remind, escalate, severity;
    std::string zone;
};

std::optional<std::chrono::minutes> minutes_from(const pqxx::field& field) {
    if (field.is_null()) return std::nullopt;
    return std::chrono::minutes{field.as<long>()};
}

}  // namespace

std::vector<AlertRoute> load_alert_routes(Transaction& tx) {
    std::vector<AlertRoute> routes;
    for (const auto& row : tx.exec(sql::load_routes)) {
        AlertRoute route{.id = row[0].as<std::int32_t>(), .target = row[1].as<TargetId>()};
        if (!row[2].is_null()) route.service = row[2].as<ServiceId>();
        route.group = text_from(row[3]);
        route.region = text_from(row[4]);
        if (const auto from = minutes_from(row[5]))
            route.quiet = QuietHours{.from = *from, .to = *minutes_from(row[6]), .zone = text_from(row[7])};
        route.remind = minutes_from(row[8]);
        route.escalate = minutes_from(row[9]);
        if (!row[10].is_null()) route.severity = row[10].as<int>();
        route.target_name = text_from(row[11]);
        route.service_slug = text_from(row[12]);
        route.service_name = text_from(row[13]);
        routes.push_back(std::move(route));
    }
    return routes;
}

std::optional<AlertRoute> load_alert_route(Transaction& tx, std::int32_t id) {
    for (auto& route : load_alert_routes(tx))
        if (route.id == id) return std::move(route);
    return std::nullopt;
}

void lock_alert_route(Transaction& tx, std::int32_t id) {
    tx.exec(sql::lock_route, id);
}

std::int32_t add_alert_route(Transaction& tx, const AlertRoute& route, Time now) {
    const Columns columns{route};
    return tx
        .exec(sql::add_route, route.target, columns.service.parameter(), route.group, route.region,
              columns.from.parameter(), columns.to.parameter(), columns.zone, columns.remind.parameter(),
              columns.escalate.parameter(), columns.severity.parameter(), millis(now))[0][0]
        .as<std::int32_t>();
}

bool edit_alert_route(Transaction& tx, const AlertRoute& route) {
    const Columns columns{route};
    return tx.exec(sql::edit_route, route.id, columns.service.parameter(), route.group, route.region,
                   columns.from.parameter(), columns.to.parameter(), columns.zone, columns.remind.parameter(),
                   columns.escalate.parameter(), columns.severity.parameter())
               .affected_rows() == 1;
}

bool remove_alert_route(Transaction& tx, std::int32_t id, Time now) {
    return tx.exec(sql::remove_route, id, millis(now)).affected_rows() == 1;
}

}  // namespace outcry::storage
