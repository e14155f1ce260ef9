// server/pages/gather.cpp: see the header.
#include "server/pages/gather.hpp"

#include <spdlog/spdlog.h>

#include "server/storage/bins.hpp"

namespace outcry::pages {
namespace {

using namespace std::chrono_literals;
using analytics::Board;
using boost::asio::awaitable;
using storage::Transaction;

/// Hours as bins, for what the board does not keep.
awaitable<std::vector<analytics::Bin>> load_older(const Parts& parts, storage::ServiceId id, Extent extent) {
    const auto work = [id, extent](Transaction& tx) {
        return storage::load_hours(tx, id, Time{extent.from - 1h}, Time{extent.to});
    };
    std::vector<analytics::Bin> bins;
    const auto hours = co_await parts.database.read(work);
    for (const auto& hour : hours)
        bins.push_back({.minute = minute_of(hour.hour), .reports = hour.reports, .works = hour.works});
    co_return bins;
}

/// What of a service only the database knows; false when it could not be asked.
awaitable<bool> add_stored(const Parts& parts, const storage::Service& service, ServiceView& view) {
    view.problems_since = view.open() ? view.incident.began : view.counted_until - 24h;
    const auto since = Time{view.counted_until - 30 * 24h};
    const auto work = [&, id = service.id](Transaction& tx) {
        view.incidents =
            storage::load_incidents(tx, {.service = id, .open = {}, .since = since, .before = {}, .limit = 50});
        view.problems = make_problems(service, storage::load_breakdown(tx, id, storage::BreakdownBy::category,
                                                                       view.problems_since, view.extent.to));
    };
    try {
        co_await parts.database.transact(work);
    } catch (const storage::Unavailable& gone) {  // the page still shows what memory knows
        spdlog::warn("a service page without its incidents: {}", gone.what());
        co_return false;
    }
    co_return true;
}

std::optional<IncidentRow> named(const live::Catalogue& catalogue, storage::IncidentRecord record) {
    const auto* service = catalogue.find(record.service);
    if (!service) return std::nullopt;
    return IncidentRow{std::move(record), service->name, service->slug};
}

/// What is stored of an open incident is as old as its last peak; the board knows it as it stands.
awaitable<void> bring_up_to_date(const Parts& parts, std::vector<IncidentRow>& rows) {
    const auto look = [&](const Board& board) {
        for (auto& row : rows) {
            const auto now = board.standing(row.record.service).incident;
            if (now.phase == analytics::Phase::open && now.opened == row.record.incident.opened)
                row.record.incident = now;
        }
        return true;
    };
    co_await parts.pulse.read(look);
}

}  // namespace

awaitable<ServiceView> look_at_service(const Parts& parts, const live::Catalogue& catalogue,
                                       const storage::Service& service, std::optional<Range> range) {
    std::vector<analytics::Bin> older;
    if (range && range->span > Board::kept)
        older = co_await load_older(parts, service.id, extent_of(*range, minute_of(parts.clock.now())));
    const auto look = [&](const Board& board) {
        return make_service_view(board, catalogue, service, range, older);
    };
    co_return co_await parts.pulse.read(look);
}

awaitable<GatheredService> gather_service(const Parts& parts, const live::Catalogue& catalogue,
                                          const storage::Service& service, std::optional<Range> range) {
    GatheredService gathered;  // GCC 12 would free the parts of a co_await inside braces twice
    gathered.view = co_await look_at_service(parts, catalogue, service, range);
    gathered.whole = co_await add_stored(parts, service, gathered.view);
    co_return gathered;
}

awaitable<std::optional<IncidentView>> gather_incident(const Parts& parts, const live::Catalogue& catalogue,
                                                       const std::string& id) {
    const auto find = [&](Transaction& tx) { return storage::load_incident(tx, id); };
    auto record = co_await parts.database.read(find);
    std::vector<IncidentRow> rows;
    if (record)
        if (auto row = named(catalogue, std::move(*record))) rows.push_back(std::move(*row));
    if (rows.empty()) co_return std::nullopt;
    co_await bring_up_to_date(parts, rows);

    IncidentView view{
        .row = std::move(rows.front()), .columns = {}, .extent = {}, .problems = {}, .now = parts.clock.now()};
    const auto& incident = view.row.record.incident;
    const auto service = view.row.record.service;
    view.extent = incident_extent(incident, view.now);
    std::vector<analytics::Bin> bins;
    const auto load = [&](Transaction& tx) {
        bins = storage::load_bins(tx, service, view.extent.from, view.extent.to);
        view.problems = make_problems(*catalogue.find(service),
                                      storage::load_breakdown(tx, service, storage::BreakdownBy::category,
                                                              incident.began, view.extent.to));
    };
    co_await parts.database.read(load);
    const auto look = [&](const Board& board) {
        const auto* monitor = board.monitor(service);
        const auto expect = [&](Minute from, std::chrono::minutes span) {
            return monitor ? monitor->expect(from, span) : analytics::Expectation{};
        };
        return analytics::make_columns(bins, view.extent.from, view.extent.to,
                                       incident_step(incident, view.now), board.complete_until(), expect);
    };
    view.columns = co_await parts.pulse.read(look);
    co_return view;
}

awaitable<GatheredIncidents> gather_incidents(const Parts& parts, const live::Catalogue& catalogue,
                                              const storage::IncidentFilter& filter) {
    const auto work = [&](Transaction& tx) { return storage::load_incidents(tx, filter); };
    auto records = co_await parts.database.read(work);
    GatheredIncidents gathered;
    gathered.found = records.size();
    if (!records.empty()) gathered.last = records.back().id;
    for (auto& record : records)
        if (auto row = named(catalogue, std::move(record))) gathered.rows.push_back(std::move(*row));
    co_await bring_up_to_date(parts, gathered.rows);
    co_return gathered;
}

}  // namespace outcry::pages
