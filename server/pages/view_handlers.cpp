// server/pages/view_handlers.cpp: the pages that are looked at.
#include <spdlog/spdlog.h>

#include "ingest/report_id.hpp"
#include "server/pages/handlers.hpp"
#include "server/pages/home_page.hpp"
#include "server/pages/incident_page.hpp"
#include "server/pages/respond.hpp"
#include "server/pages/search.hpp"
#include "server/pages/search_page.hpp"
#include "server/pages/service_page.hpp"
#include "server/storage/bins.hpp"
#include "server/storage/incidents.hpp"

namespace outcry::pages {
namespace {

using namespace std::chrono_literals;
using analytics::Board;
using storage::Transaction;

constexpr std::size_t longest_query = 100;
constexpr int recent_incidents = 4, incidents_on_a_page = 50;

Answer search(const Parts& parts, const http::Request& request, std::string query) {
    const auto catalogue = parts.pulse.catalogue();
    const auto matches = find_services(*catalogue, query);
    if (const auto* service = meant(matches))
        co_return http::redirect(parts.renderer->site().service(service->slug));
    const bool exact = !matches.empty() && matches.front().likeness >= 0.5;
    const auto look = [&](const Board& board) {
        std::vector<Brief> found;
        for (const auto& match : matches)
            if (!exact || match.likeness >= 0.5)
                found.push_back(make_brief(*match.service, board.standing(match.service->id)));
        return found;
    };
    const auto found = co_await parts.pulse.read(look);
    co_return html(request, render_search(query, found, exact, catalogue->services.size(), *parts.renderer),
                   cached);
}

/// Hours as bins, for what the board does not keep.
boost::asio::awaitable<std::vector<analytics::Bin>> load_older(const Parts& parts, storage::ServiceId id,
                                                               Extent extent) {
    const auto work = [id, extent](Transaction& tx) {
        return storage::load_hours(tx, id, Time{extent.from - 1h}, Time{extent.to});
    };
    std::vector<analytics::Bin> bins;
    const auto hours = co_await parts.database.read(work);
    for (const auto& hour : hours)
        bins.push_back({.minute = minute_of(hour.hour), .reports = hour.reports, .works = hour.works});
    co_return bins;
}

/// What of a service's page only the database knows; false when it could not be asked.
boost::asio::awaitable<bool> add_stored(const Parts& parts, const storage::Service& service,
                                        ServiceView& view) {
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
boost::asio::awaitable<void> bring_up_to_date(const Parts& parts, std::vector<IncidentRow>& rows) {
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

Answer get_home(const Parts& parts, const http::Request& request) {
    auto query = std::string(request.query_value("q").value_or("").substr(0, longest_query));
    if (query.find_first_not_of(" \t") != std::string::npos)
        co_return co_await search(parts, request, std::move(query));

    std::vector<storage::IncidentRecord> recent;
    bool whole = true;
    const auto work = [](Transaction& tx) {
        return storage::load_incidents(
            tx, {.service = {}, .open = {}, .since = {}, .before = {}, .limit = recent_incidents});
    };
    try {
        recent = co_await parts.database.transact(work);
    } catch (const storage::Unavailable& gone) {
        spdlog::warn("the home page without recent incidents: {}", gone.what());
        whole = false;
    }
    const auto catalogue = parts.pulse.catalogue();
    const auto look = [&](const Board& board) { return make_home_view(board, *catalogue, recent); };
    const auto view = co_await parts.pulse.read(look);
    co_return html(request, render_home(view, *parts.renderer), whole ? cached : never_stored);
}

Answer get_service(const Parts& parts, const http::Request& request) {
    const auto catalogue = parts.pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return not_found(*parts.renderer, *catalogue, request, request.param("slug"));
    const auto range = find_range(request.query_value("range").value_or(""));

    std::vector<analytics::Bin> older;
    if (range && range->span > Board::kept)
        older = co_await load_older(parts, service->id, extent_of(*range, minute_of(parts.clock.now())));
    const auto look = [&](const Board& board) {
        return make_service_view(board, *catalogue, *service, range, older);
    };
    auto view = co_await parts.pulse.read(look);
    const bool whole = co_await add_stored(parts, *service, view);
    co_return html(request, render_service(view, *parts.renderer), whole ? cached : never_stored);
}

Answer get_incidents(const Parts& parts, const http::Request& request) {
    const auto catalogue = parts.pulse.catalogue();
    storage::IncidentFilter filter{
        .service = {}, .open = {}, .since = {}, .before = {}, .limit = incidents_on_a_page};
    const auto slug = request.query_value("service").value_or("");
    if (!slug.empty()) {
        const auto* service = catalogue->find(slug);
        if (!service) co_return not_found(*parts.renderer, *catalogue, request, slug);
        filter.service = service->id;
    }
    if (const auto before = request.query_value("before")) {
        if (!ingest::parse_report_id(*before)) co_return not_found(*parts.renderer, *catalogue, request, "");
        filter.before = std::string(*before);
    }
    const auto work = [&](Transaction& tx) { return storage::load_incidents(tx, filter); };
    auto records = co_await parts.database.read(work);
    std::string older;
    if (records.size() == incidents_on_a_page) {
        older = "?before=" + records.back().id + (slug.empty() ? "" : "&service=" + std::string(slug));
    }
    std::vector<IncidentRow> rows;
    for (auto& record : records)
        if (auto row = named(*catalogue, std::move(record))) rows.push_back(std::move(*row));
    co_await bring_up_to_date(parts, rows);
    co_return html(request, render_incidents(rows, older, parts.clock.now(), *parts.renderer), cached);
}

Answer get_incident(const Parts& parts, const http::Request& request) {
    const auto catalogue = parts.pulse.catalogue();
    const std::string id{request.param("id")};
    const auto work = [&](Transaction& tx) { return storage::load_incident(tx, id); };
    auto record = co_await parts.database.read(work);
    std::vector<IncidentRow> rows;
    if (record)
        if (auto row = named(*catalogue, std::move(*record))) rows.push_back(std::move(*row));
    if (rows.empty()) co_return not_found(*parts.renderer, *catalogue, request, "");
    co_await bring_up_to_date(parts, rows);

    IncidentView view{
        .row = std::move(rows.front()), .columns = {}, .extent = {}, .problems = {}, .now = parts.clock.now()};
    const auto& incident = view.row.record.incident;
    const auto service = view.row.record.service;
    view.extent = incident_extent(incident, view.now);
    std::vector<analytics::Bin> bins;
    const auto load = [&](Transaction& tx) {
        bins = storage::load_bins(tx, service, view.extent.from, view.extent.to);
        view.problems = make_problems(*catalogue->find(service),
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
    co_return html(request, render_incident(view, *parts.renderer), cached);
}

}  // namespace outcry::pages
