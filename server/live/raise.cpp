// server/live/raise.cpp: restore, then the same apply and advance that the live board uses.
#include "server/live/raise.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <unordered_set>

#include "server/live/learn.hpp"
#include "server/storage/bins.hpp"
#include "server/storage/days.hpp"
#include "server/storage/detector_state.hpp"
#include "server/storage/incident_acts.hpp"
#include "server/storage/incidents.hpp"
#include "server/storage/progress.hpp"

namespace outcry::live {

namespace asio = boost::asio;
using analytics::Monitor;
using storage::ServiceId;

namespace {

constexpr std::chrono::hours piece{6};              // of bins, read at a time
constexpr std::size_t services_at_a_time = 500;     // whose states are read at a time
constexpr std::int64_t most_replayed = 10'000'000;  // minutes of services, one by one; a second or two
constexpr int all_open_incidents = 1'000'000;

struct Beginning {
    storage::Progress progress;
    std::optional<Minute> recorded_until;
    std::optional<storage::Day> summed_until;  // days before this can be learned from
    Minute until{};                            // bins before this are replayed
    Minute horizon{};
};

struct Learned {
    std::unordered_map<ServiceId, storage::SavedState> states;
    std::unordered_map<ServiceId, Minute> first_minutes;
};

std::optional<Monitor> restored(const Learned& learned, const SettingsHistory& settings,
                                const storage::Service& service,
                                std::shared_ptr<const analytics::ZoneOffsets> zone) {
    const auto state = learned.states.find(service.id);
    if (state == learned.states.end()) return std::nullopt;
    try {
        return Monitor::restore(state->second.bytes, settings.at(service.id, state->second.until).settings,
                                zone);
    } catch (const std::invalid_argument& error) {
        spdlog::warn("{}: what was learned is read again from bins: {}", service.slug, error.what());
        return std::nullopt;
    }
}

std::int64_t minutes_of(const std::vector<Unlearned>& services, Minute until) {
    std::int64_t sum = 0;
    for (const auto& each : services) sum += std::max<std::int64_t>((until - each.first).count(), 0);
    return sum;
}

/// What is recorded as open goes on, whatever the minutes since the summaries have made of it.
void adopt(analytics::Board& board, Raised& raised, const std::vector<storage::IncidentRecord>& open,
           const std::unordered_set<ServiceId>& taught) {
    for (const auto& record : open) {
        if (!taught.contains(record.service)) continue;
        auto incident = record.incident;
        const auto& seen = board.monitor(record.service)->incident();
        if (seen.phase == analytics::Phase::open) {
            incident.calm_since = seen.calm_since;
            incident.total = std::max(incident.total, seen.total);
            if (seen.peak > incident.peak) incident.peak = seen.peak, incident.peak_at = seen.peak_at;
        }
        board.adopt(record.service, incident);
        std::erase_if(raised.transitions,
                      [&](const auto& transition) { return transition.service == record.service; });
    }
}

/// Bins of [from, to). At a start all are wanted, and are read as they lie; later a few new services stand
/// beside many that are on the board already.
std::vector<storage::ServiceBin> bins_of(storage::Transaction& tx,
                                         const std::optional<std::vector<ServiceId>>& few, Minute from,
                                         Minute to) {
    return few ? storage::load_bins_of(tx, *few, from, to) : storage::load_all_bins(tx, from, to);
}

std::vector<storage::ServiceRegionBin> regions_of(storage::Transaction& tx,
                                                  const std::optional<std::vector<ServiceId>>& few, Minute from,
                                                  Minute to) {
    return few ? storage::load_regions_of(tx, *few, from, to) : storage::load_all_regions(tx, from, to);
}

template <class ServiceBins>
void apply(analytics::Board& board, const ServiceBins& bins, const std::unordered_set<ServiceId>& services) {
    for (const auto& [service, bin] : bins)
        if (services.contains(service)) board.apply(service, bin);
}

}  // namespace

Minute first_watched(const storage::Service& service,
                     const std::unordered_map<ServiceId, Minute>& first_minutes, Minute horizon) {
    auto first = std::chrono::ceil<std::chrono::minutes>(service.created);
    if (const auto found = first_minutes.find(service.id); found != first_minutes.end())
        first = std::min(first, found->second);
    return std::max(first, horizon);
}

asio::awaitable<Raised> raise(storage::Database& database, analytics::Board& board,
                              const SettingsHistory& settings, std::vector<storage::Service> services,
                              Time now) {
    const auto judged = board.complete_until();
    auto begin = [judged](storage::Transaction& tx) {
        Beginning beginning{.progress = storage::load_progress(tx),
                            .recorded_until = storage::load_recorded_until(tx),
                            .summed_until = storage::load_days_progress(tx).until};
        // Services that are watched already stand where they stand: the new ones are brought there, not
        // further.
        beginning.until = judged == Minute{} ? beginning.progress.complete_until : judged;
        beginning.horizon = beginning.until - most_history;
        return beginning;
    };
    const auto beginning = co_await database.read(begin);
    std::unordered_set<ServiceId> ids;
    std::vector<Unlearned> unlearned;
    Zones zones(now);
    Minute from = beginning.until;
    const auto add = [&](ServiceId service, Monitor monitor) {
        const auto until = monitor.until();
        from = std::min(from, until);
        board.add(service, std::move(monitor));
        for (const auto& later : settings.after(service, until))
            board.set(service, later.settings, later.since);
    };
    for (std::size_t first = 0; first < services.size(); first += services_at_a_time) {
        const std::span some{services.data() + first, std::min(services_at_a_time, services.size() - first)};
        auto load = [&](storage::Transaction& tx) {
            std::vector<ServiceId> wanted;
            for (const auto& service : some) wanted.push_back(service.id);
            Learned learned;
            for (auto& state : storage::load_states(tx, wanted))
                learned.states[state.service] = std::move(state);
            learned.first_minutes = storage::load_first_minutes(tx, wanted, beginning.horizon);
            return learned;
        };
        const auto learned = co_await database.read(load);
        for (const auto& service : some) {
            ids.insert(service.id);
            if (auto monitor = restored(learned, settings, service, zones(service.zone)))
                add(service.id, std::move(*monitor));
            else
                unlearned.push_back(
                    {&service, first_watched(service, learned.first_minutes, beginning.horizon)});
        }
    }

    // Few minutes are judged one by one, which is exact; of very many, most are learned from summaries.
    std::unordered_set<ServiceId> taught;
    if (beginning.summed_until && minutes_of(unlearned, beginning.until) > most_replayed) {
        auto monitors =
            co_await learn(database, settings, zones, unlearned, *beginning.summed_until, beginning.until);
        for (auto& each : monitors) {
            taught.insert(each.service);
            add(each.service, std::move(each.monitor));
        }
    }
    for (const auto& [service, first] : unlearned)
        if (!taught.contains(service->id))
            add(service->id, Monitor{settings.at(service->id, first).settings, zones(service->zone), first});

    auto load_closed = [&](storage::Transaction& tx) { return storage::load_closings(tx, from); };
    const auto closings = co_await database.read(load_closed);
    for (const auto& closing : closings)
        if (ids.contains(closing.service)) board.close(closing.service, closing.since);

    std::optional<std::vector<ServiceId>> few;
    if (judged != Minute{}) few.emplace(ids.begin(), ids.end());

    Raised raised{
        .epoch = beginning.progress.epoch, .recorded_until = beginning.recorded_until, .transitions = {}};
    board.advance(std::min(from, beginning.until));
    while (from < beginning.until) {
        const Minute to = std::min<Minute>(from + piece, beginning.until);
        auto load = [&](storage::Transaction& tx) {
            return std::pair{bins_of(tx, few, from, to), regions_of(tx, few, from, to)};
        };
        const auto [bins, regions] = co_await database.read(load);
        apply(board, bins, ids);
        apply(board, regions, ids);
        for (auto& transition : board.advance(to)) raised.transitions.push_back(std::move(transition));
        from = to;
    }
    for (from = beginning.until - analytics::Board::kept; from < beginning.until; from += piece) {
        auto load = [&](storage::Transaction& tx) { return bins_of(tx, few, from, from + piece); };
        apply(board, co_await database.read(load), ids);
    }
    auto open = [&](storage::Transaction& tx) {
        return std::pair{storage::load_bins_since(tx, beginning.until),
                         storage::load_all_regions(tx, beginning.until, std::nullopt)};
    };
    const auto [bins, regions] = co_await database.read(open);
    apply(board, bins, ids);
    apply(board, regions, ids);
    if (!taught.empty()) {
        auto load = [](storage::Transaction& tx) {
            return storage::load_incidents(tx, {.open = true, .limit = all_open_incidents});
        };
        adopt(board, raised, co_await database.read(load), taught);
    }
    co_return raised;
}

}  // namespace outcry::live
