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
            breakdown.cells.push_back({share.key, label_of(share.key, service, by), share.count});
        }
    }
    if (breakdown.other < least_told) breakdown.other = 0;
    return breakdown;
}

awaitable<http::Response> show_breakdown(const http::Request& request, const live::Pulse& pulse,
                                         storage::Database& database, Time now) {
    const auto catalogue = pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return unknown_service(request.param("slug"));
    Query query(request, {"by", "from", "to"});
    const bool by_region = query.choice("by", {"category", "region"}) == 1;
    const auto by = by_region ? storage::BreakdownBy::region : storage::BreakdownBy::category;
    const auto span = read_span(query, now, std::chrono::minutes{1}, std::chrono::days{31});
    if (auto refusal = query.refusal()) co_return std::move(*refusal);

    const auto load = [id = service->id, by, span](storage::Transaction& tx) {
        return storage::load_breakdown(tx, id, by, span.from, span.to);
    };
    const auto shares = co_await database.read(load);
    auto breakdown = suppress_small(shares, *service, by);
    breakdown.from = span.from;
    breakdown.to = span.to;
    co_return http::content("application/json", breakdown_json(breakdown));
}

}  // namespace outcry::api
