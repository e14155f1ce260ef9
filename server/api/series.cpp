// server/api/series.cpp: GET /services/{slug}/series: what was counted and what is usual, step by step.
#include "server/api/series.hpp"

#include <algorithm>
#include <array>

#include "analytics/chart.hpp"
#include "ingest/region.hpp"
#include "server/api/csv.hpp"
#include "server/api/json.hpp"
#include "server/api/query.hpp"
#include "server/api/refusals.hpp"
#include "server/api/span.hpp"
#include "server/storage/bins.hpp"

namespace outcry::api {

using boost::asio::awaitable;
using namespace std::chrono_literals;
using std::chrono::minutes;
using Bins = std::vector<analytics::Bin>;

namespace {

constexpr int most_steps = 10'000, most_days = 800;

struct Asked {
    const storage::Service* service = nullptr;
    minutes step{15};
    Span span;
    storage::DetailFilter detail;  // empty: the whole service
    std::size_t format = 0;        // columns, rows, csv
};

Asked read_asked(Query& query, const storage::Service& service, Time now) {
    constexpr std::array steps{15min, 1min, 5min, minutes{1h}, minutes{24h}};
    Asked asked;
    asked.service = &service;
    asked.step = steps[query.choice("step", {"15m", "1m", "5m", "1h", "1d"}).value_or(0)];
    asked.format = query.choice("format", {"columns", "rows", "csv"}).value_or(0);
    asked.span = read_span(query, now, asked.step, asked.step * (asked.step < 24h ? most_steps : most_days));
    if (const auto key = query.text("category")) {
        const auto named = [&](const auto& category) { return category.key == *key; };
        const auto found = std::find_if(service.categories.begin(), service.categories.end(), named);
        if (found == service.categories.end()) {
            query.refuse("category", "This service has no such category; GET it to see problem_categories.");
        } else {
            asked.detail.category = found->id;
        }
    }
    if (const auto region = query.text("region")) {
        asked.detail.region = ingest::parse_region(*region);
        if (!asked.detail.region) query.refuse("region", "Give a code of ISO 3166 like DE or US-CA.");
    }
    return asked;
}

/// Hours that are complete are kept as sums, which spares a year of them from being added up again.
Bins load_older(storage::Transaction& tx, const Asked& asked, Minute to) {
    if (asked.step < minutes{1h}) return storage::load_bins(tx, asked.service->id, asked.span.from, to);
    Bins bins;
    for (const auto& hour : storage::load_hours(tx, asked.service->id, Time{asked.span.from}, Time{to})) {
        bins.push_back({.minute = minute_of(hour.hour), .reports = hour.reports, .works = hour.works});
    }
    return bins;
}

/// From here on the board has every minute; a full hour, so that no step is cut in two.
Minute start_of_board(const analytics::Board& board) {
    return std::chrono::ceil<std::chrono::hours>(board.complete_until() - analytics::Board::kept) + 1h;
}

awaitable<Series> whole_service(const Asked& asked, const live::Pulse& pulse, storage::Database& database) {
    const auto find_start = [](const analytics::Board& board) { return start_of_board(board); };
    const auto board_from = co_await pulse.read(find_start);
    const auto cut = std::clamp(board_from, asked.span.from, asked.span.to);
    Bins bins;
    if (asked.span.from < cut) {
        const auto load = [&](storage::Transaction& tx) { return load_older(tx, asked, cut); };
        bins = co_await database.read(load);
    }
    const auto look = [&](const analytics::Board& board) {
        const auto recent = board.bins(asked.service->id, cut, asked.span.to);
        bins.insert(bins.end(), recent.begin(), recent.end());
        const auto* monitor = board.monitor(asked.service->id);
        const auto expect = [&](Minute from, minutes span) {
            return monitor ? monitor->expect(from, span) : analytics::Expectation{};
        };
        Series series;
        series.complete_until = board.complete_until();
        series.has_expected = monitor != nullptr;
        series.columns = analytics::make_columns(bins, asked.span.from, asked.span.to, asked.step,
                                                 series.complete_until, expect);
        return series;
    };
    co_return co_await pulse.read(look);
}

awaitable<Series> part_of_service(const Asked& asked, const live::Pulse& pulse, storage::Database& database) {
    const auto load = [&](storage::Transaction& tx) {
        return storage::load_detail_bins(tx, asked.service->id, asked.detail, asked.span.from, asked.span.to,
                                         asked.step);
    };
    const auto bins = co_await database.read(load);
    const auto find_until = [](const analytics::Board& board) { return board.complete_until(); };
    const auto until = co_await pulse.read(find_until);
    const auto expect = [](Minute, minutes) { return analytics::Expectation{}; };
    Series series;
    series.complete_until = until;
    series.has_expected = false;
    series.suppressed = true;
    series.columns = analytics::make_columns(bins, asked.span.from, asked.span.to, asked.step, until, expect);
    co_return series;
}

http::Response in_format(const Asked& asked, const Series& series) {
    switch (asked.format) {
        case 1:
            return http::content("application/json", series_rows_json(series));
        case 2:
            break;
        default:
            return http::content("application/json", series_columns_json(series));
    }
    auto response = http::content("text/csv; charset=utf-8", series_csv(series));
    response.set("content-disposition", "attachment; filename=\"" + asked.service->slug + ".csv\"");
    return response;
}

}  // namespace

awaitable<http::Response> show_series(const http::Request& request, const live::Pulse& pulse,
                                      storage::Database& database, Time now) {
    const auto catalogue = pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return unknown_service(request.param("slug"));
    Query query(request, {"from", "to", "step", "category", "region", "format"});
    const auto asked = read_asked(query, *service, now);
    if (auto refusal = query.refusal()) co_return std::move(*refusal);
    const bool part = asked.detail.category || asked.detail.region;
    // Two statements, because GCC 12 destroys the result twice when co_await stands inside a conditional
    // expression.
    Series series;
    if (part) {
        series = co_await part_of_service(asked, pulse, database);
    } else {
        series = co_await whole_service(asked, pulse, database);
    }
    co_return in_format(asked, series);
}

}  // namespace outcry::api
