// server/pages/gather.cpp: see the header.
#include "server/pages/gather.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "server/live/incident_columns.hpp"
#include "server/storage/bins.hpp"
#include "server/storage/messages.hpp"

namespace outcry::pages {
namespace {

using namespace std::chrono_literals;
using analytics::Board;
using boost::asio::awaitable;
using storage::Transaction;

constexpr std::size_t incidents_on_a_page = 50;
constexpr int most_related = 8;
constexpr std::size_t most_messages = 5;

/// Hours or days as bins, for what the board does not keep.
awaitable<std::vector<analytics::Bin>> load_older(const Parts& parts, storage::ServiceId id, Extent extent,
                                                  std::chrono::minutes step) {
    const auto work = [id, extent, step](Transaction& tx) {
        const Time from{extent.from - 1h}, to{extent.to};
        return step < 24h ? storage::load_hours(tx, id, from, to) : storage::sum_days(tx, id, from, to);
    };
    std::vector<analytics::Bin> bins;
    const auto hours = co_await parts.database.read(work);
    for (const auto& hour : hours)
        bins.push_back({.minute = minute_of(hour.hour), .reports = hour.reports, .works = hour.works});
    co_return bins;
}

/// What of a service only the database knows; false when it could not be asked.
awaitable<bool> add_stored(const Parts& parts, const storage::Service& service, ServiceView& view) {
    const bool unusual = is_rising(view.verdict.state) || view.verdict.state == analytics::State::recovering;
    const auto since = Time{view.counted_until - 30 * 24h};
    std::vector<analytics::PlaceCount> places;
    const auto work = [&, id = service.id](Transaction& tx) {
        view.incidents =
            storage::load_incidents(tx, {.service = id, .open = {}, .since = since, .before = {}, .limit = 50});
        view.problems =
            make_problems(name_problems(service, storage::load_breakdown(tx, id, storage::BreakdownBy::category,
                                                                         view.problems_since, view.extent.to)));
        view.messages = analytics::group_alike(
            storage::load_messages(tx, id, std::max(view.problems_since, view.counted_until - 24h),
                                   view.extent.to),
            storage::voices_kept, most_messages);
        if (view.open()) {
            const auto said = storage::load_statements_so_far(tx, id, view.incident, Time{view.counted_until});
            view.official = updates_of(said);
        }
        if (unusual) places = storage::load_places(tx, id, view.problems_since, view.extent.to);
        view.work_shown = storage::load_windows_of(tx, id, view.extent.from, view.extent.to);
    };
    try {
        co_await parts.database.transact(work);
        if (unusual) {
            const auto usually =
                co_await parts.usual_places->of(parts.database, service.id, view.problems_since);
            view.where = make_where(places, *usually, view.expected_since);
        }
    } catch (const storage::Unavailable& gone) {  // the page still shows what memory knows
        spdlog::warn("a service page without its incidents: {}", gone.what());
        co_return false;
    }
    co_return true;
}

IncidentRow row_of(storage::IncidentRecord record) {
    auto name = record.service_name, slug = record.service_slug;
    return {std::move(record), std::move(name), std::move(slug), {}};
}

/// What operators tell as parts of these.
void add_parts(Transaction& tx, std::vector<IncidentRow>& rows) {
    std::vector<storage::IncidentId> ids;
    for (const auto& row : rows) ids.push_back(row.record.id);
    for (auto& part : storage::load_parts(tx, ids)) {
        const auto whole = std::find_if(rows.begin(), rows.end(), [&](const IncidentRow& row) {
            return row.record.id == part.merged->into;
        });
        whole->parts.push_back(std::move(part));
    }
}

/// What only the database knows of an incident.
void add_stored(Transaction& tx, const storage::Service* service, IncidentView& view) {
    const auto& record = view.row.record;
    const auto& incident = record.incident;
    view.events = storage::load_incident_events(tx, record.id);
    const auto said = storage::load_statements_about(tx, record, view.now);
    view.official = updates_of(said.known);
    view.later = updates_of(said.later);
    view.notes = storage::load_annotations(tx, record.id);
    view.row.parts = storage::load_parts(tx, {record.id});
    for (auto& related : storage::load_related_incidents(tx, record, minute_of(view.now), most_related))
        view.related.push_back({row_of(std::move(related.record)), related.family});
    for (const auto& version : storage::load_settings_of(tx, record.service))
        if (version.version == record.settings_version) view.settings = version.settings;
    if (incident.phase == analytics::Phase::closed) {
        const auto kept = storage::load_kept_of_service(tx, record.id);
        view.provider = kept.provider;
        view.problems = make_problems(kept.problems);
    } else if (service) {
        view.provider = service->provider;
        view.problems = make_problems(
            name_problems(*service, storage::load_breakdown(tx, record.service, storage::BreakdownBy::category,
                                                            incident.began, view.extent.to)));
    }
}

/// What is stored of an open incident is as old as its last peak; the board knows it as it stands.
awaitable<void> bring_up_to_date(const Parts& parts, std::vector<IncidentRow>& rows) {
    const auto look = [&](const Board& board) {
        for (auto& row : rows) {
            const auto now = board.standing(row.record.service).incident;
            if (row.record.ending) continue;
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
        older = co_await load_older(parts, service.id, extent_of(*range, minute_of(parts.clock.now())),
                                    range->step);
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
    if (!record) co_return std::nullopt;
    std::vector<IncidentRow> rows;
    rows.push_back(row_of(std::move(*record)));
    co_await bring_up_to_date(parts, rows);

    IncidentView view{.row = std::move(rows.front()), .now = parts.clock.now()};
    const auto* service = catalogue.find(view.row.record.service);
    view.listed = service != nullptr;
    auto shown =
        co_await live::incident_columns(parts.pulse, parts.database, view.row.record, minute_of(view.now));
    view.extent = {shown.span.from, shown.span.to};
    view.columns = std::move(shown.columns);
    view.band = shown.band;
    view.complete_until = shown.complete_until;
    const auto load = [&](Transaction& tx) { add_stored(tx, service, view); };
    co_await parts.database.read(load);
    co_return view;
}

awaitable<std::vector<IncidentRow>> gather_incidents(const Parts& parts,
                                                     const storage::IncidentFilter& filter) {
    const auto work = [&](Transaction& tx) {
        std::vector<IncidentRow> rows;
        for (auto& record : storage::load_incidents(tx, filter)) rows.push_back(row_of(std::move(record)));
        add_parts(tx, rows);
        return rows;
    };
    auto rows = co_await parts.database.read(work);
    co_await bring_up_to_date(parts, rows);
    co_return rows;
}

awaitable<ArchiveView> gather_archive(const Parts& parts, const ArchiveQuery& query,
                                      const storage::Service* of) {
    ArchiveView view{.rows = {}, .query = query, .now = parts.clock.now()};
    auto filter = filter_of(query);
    filter.limit = incidents_on_a_page + 1;  // one more than shown tells whether there are older ones
    if (of) {
        filter.service = of->id;
        view.service_name = of->name;
    }
    const auto years = [](Transaction& tx) { return storage::load_incident_years(tx); };
    view.years = co_await parts.database.read(years);
    view.rows = co_await gather_incidents(parts, filter);
    if (view.rows.size() > incidents_on_a_page) {
        view.rows.resize(incidents_on_a_page);
        view.older = view.rows.back().record.id;
    }
    co_return view;
}

}  // namespace outcry::pages
