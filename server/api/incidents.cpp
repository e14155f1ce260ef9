// server/api/incidents.cpp: GET /incidents, /incidents/{id} and its series: what was declared, and why.
#include "server/api/incidents.hpp"

#include "ingest/report_id.hpp"
#include "server/api/paging.hpp"
#include "server/api/query.hpp"
#include "server/api/refusals.hpp"
#include "server/live/incident_columns.hpp"
#include "server/storage/incidents.hpp"
#include "server/storage/statements.hpp"

namespace outcry::api {

using boost::asio::awaitable;

namespace {

/// Ids of incidents are UUIDv7 like those of reports; anything else cannot be in the database.
bool looks_like_id(std::string_view text) {
    return ingest::parse_report_id(text).has_value();
}

storage::IncidentFilter read_filter(Query& query, const live::Catalogue& catalogue) {
    storage::IncidentFilter filter;
    filter.limit = static_cast<int>(query.number("limit", 50, 1, 200));
    if (const auto state = query.choice("state", {"open", "closed"})) filter.open = *state == 0;
    filter.since = query.time("since");
    if (const auto slug = query.text("service")) {
        if (const auto* service = catalogue.find(*slug)) {
            filter.service = service->id;
        } else {
            query.refuse("service",
                         "There is no such service here. GET /api/v1/services?q=… finds the known ones.");
        }
    }
    if (const auto cursor = query.text("cursor")) {
        if (!looks_like_id(*cursor)) query.refuse("cursor", "Take the cursor from 'next' of the page before.");
        filter.before = std::string(*cursor);
    }
    return filter;
}

}  // namespace

awaitable<http::Response> list_incidents(const http::Request& request, const live::Pulse& pulse,
                                         storage::Database& database) {
    const auto catalogue = pulse.catalogue();
    Query query(request, {"state", "service", "since", "cursor", "limit"});
    auto filter = read_filter(query, *catalogue);
    if (auto refusal = query.refusal()) co_return std::move(*refusal);

    const auto limit = static_cast<std::size_t>(filter.limit);
    filter.limit += 1;  // one more than asked for tells whether there is a next page
    const auto load = [filter](storage::Transaction& tx) { return storage::load_incidents(tx, filter); };
    auto records = co_await database.read(load);
    std::optional<std::string> next;
    if (records.size() > limit) {
        records.resize(limit);
        next = records.back().id;
    }
    auto response = http::content("application/json", incidents_json(records, *catalogue, next));
    if (next) response.set("link", link_to_next(request, *next));
    co_return response;
}

std::optional<IncidentDetail> load_incident_detail(storage::Transaction& tx, const storage::IncidentId& id,
                                                   Time now) {
    constexpr int most_related = 20;
    auto record = storage::load_incident(tx, id);
    if (!record) return std::nullopt;
    IncidentDetail detail{.record = std::move(*record)};
    detail.events = storage::load_incident_events(tx, id);
    detail.official = storage::load_statements_about(tx, detail.record, now);
    detail.parts = storage::load_parts(tx, {id});
    detail.related = storage::load_related_incidents(tx, detail.record, minute_of(now), most_related);
    detail.annotations = storage::load_annotations(tx, id);
    return detail;
}

awaitable<http::Response> show_incident(const http::Request& request, const live::Pulse& pulse,
                                        storage::Database& database, Time now) {
    if (auto refusal = Query(request, {}).refusal()) co_return std::move(*refusal);
    const std::string id(request.param("id"));
    if (!looks_like_id(id)) co_return unknown_incident(id);
    const auto load = [&](storage::Transaction& tx) { return load_incident_detail(tx, id, now); };
    const auto detail = co_await database.read(load);
    if (!detail) co_return unknown_incident(id);
    co_return http::content("application/json", incident_json(*detail, *pulse.catalogue()));
}

awaitable<http::Response> show_incident_series(const http::Request& request, const live::Pulse& pulse,
                                               storage::Database& database, Time now) {
    if (auto refusal = Query(request, {}).refusal()) co_return std::move(*refusal);
    const std::string id(request.param("id"));
    if (!looks_like_id(id)) co_return unknown_incident(id);
    const auto load = [&](storage::Transaction& tx) { return storage::load_incident(tx, id); };
    const auto record = co_await database.read(load);
    if (!record) co_return unknown_incident(id);
    auto shown = co_await live::incident_columns(pulse, database, *record, minute_of(now));
    // Of a closed one all columns are complete, and say so in the same words for ever.
    const bool closed = record->incident.phase == analytics::Phase::closed;
    const Series series{.columns = std::move(shown.columns),
                        .has_expected = shown.band,
                        .complete_until = closed ? shown.span.to : shown.complete_until};
    co_return http::content("application/json", series_columns_json(series));
}

}  // namespace outcry::api
