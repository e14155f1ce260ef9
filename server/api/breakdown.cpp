// server/api/breakdown.cpp: GET /services/{slug}/breakdown: what people named.
#include "server/api/breakdown.hpp"

#include <algorithm>

#include "server/api/query.hpp"
#include "server/api/refusals.hpp"
#include "server/api/span.hpp"

namespace outcry::api {

using boost::asio::awaitable;

namespace {

std::string label_of(const std::string& key, const storage::Service& service, storage::BreakdownBy by) {
    if (by == storage::BreakdownBy::region) return key;
    const auto named = [&](const auto& category) { return category.key == key; };
    const auto found = std::find_if(service.categories.begin(), service.categories.end(), named);
    return found == service.categories.end() ? key : found->label;
}

}  // namespace

Breakdown suppress_small(const std::vector<storage::Share>& shares, const storage::Service& service,
                         storage::BreakdownBy by) {
    Breakdown breakdown;
    breakdown.by = by == storage::BreakdownBy::category ? "category" : "region";
    for (const auto& share : shares) {
        breakdown.total += share.count;
        if (share.key.empty()) {
            breakdown.not_said += share.count;
        } else if (share.count < least_told) {
            breakdown.other += share.count;
            ++breakdown.suppressed;
        } else {
            breakdown.cells.push_back({share.key, label_of(share.key, service, by), share.count, {}});
        }
    }
    if (breakdown.other < least_told) breakdown.other = 0;
    return breakdown;
}

Breakdown suppress_small_places(const std::vector<analytics::PlaceCount>& now,
                                const std::vector<analytics::PlaceCount>& usually, double expected_of_service) {
    Breakdown breakdown;
    breakdown.has_expected = true;
    for (const auto& place : now) {
        breakdown.total += place.count;
        if (place.key.empty()) breakdown.not_said += place.count;
    }
    for (const auto& place : analytics::rank_places(now, usually, expected_of_service)) {
        if (place.count < least_told) {
            breakdown.other += place.count;
            ++breakdown.suppressed;
        } else {
            breakdown.cells.push_back({place.key, place.key, place.count, place.expected});
        }
    }
    if (breakdown.other < least_told) breakdown.other = 0;
    return breakdown;
}

namespace {

awaitable<Breakdown> by_category(const storage::Service& service, const Span& span,
                                 storage::Database& database) {
    const auto load = [id = service.id, span](storage::Transaction& tx) {
        return storage::load_breakdown(tx, id, storage::BreakdownBy::category, span.from, span.to);
    };
    const auto shares = co_await database.read(load);
    co_return suppress_small(shares, service, storage::BreakdownBy::category);
}

awaitable<Breakdown> by_place(const storage::Service& service, const Span& span, bool countries,
                              const live::Pulse& pulse, storage::Database& database, live::UsualPlaces& usual) {
    const auto load = [id = service.id, span](storage::Transaction& tx) {
        return storage::load_places(tx, id, span.from, span.to);
    };
    const auto places = co_await database.read(load);
    const auto usually = co_await usual.of(database, service.id, span.from);
    const auto look = [&](const analytics::Board& board) {
        const auto* monitor = board.monitor(service.id);
        const auto to = std::min(span.to, board.complete_until());
        return monitor && span.from < to ? monitor->expect(span.from, to - span.from).expected : 0.0;
    };
    const auto expected = co_await pulse.read(look);
    auto breakdown = countries ? suppress_small_places(analytics::by_country(places),
                                                       analytics::by_country(*usually), expected)
                               : suppress_small_places(places, *usually, expected);
    breakdown.by = countries ? "country" : "region";
    co_return breakdown;
}

}  // namespace

awaitable<http::Response> show_breakdown(const http::Request& request, const live::Pulse& pulse,
                                         storage::Database& database, live::UsualPlaces& usual, Time now) {
    const auto catalogue = pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return unknown_service(request.param("slug"));
    Query query(request, {"by", "from", "to"});
    const auto by = query.choice("by", {"category", "region", "country"}).value_or(0);
    const auto span = read_span(query, now, std::chrono::minutes{1}, std::chrono::days{31});
    if (auto refusal = query.refusal()) co_return std::move(*refusal);

    Breakdown breakdown;
    if (by == 0)
        breakdown = co_await by_category(*service, span, database);
    else
        breakdown = co_await by_place(*service, span, by == 2, pulse, database, usual);
    breakdown.from = span.from;
    breakdown.to = span.to;
    co_return http::content("application/json", breakdown_json(breakdown));
}

}  // namespace outcry::api
