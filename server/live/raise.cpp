// server/live/raise.cpp: restore, then the same apply and advance that the live board uses.
#include "server/live/raise.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <unordered_set>

#include "server/live/zones.hpp"
#include "server/storage/bins.hpp"
#include "server/storage/detector_state.hpp"
#include "server/storage/progress.hpp"

namespace outcry::live {

namespace asio = boost::asio;
using analytics::Monitor;
using storage::ServiceId;

namespace {

constexpr std::chrono::hours piece{6};           // of bins, read at a time
constexpr std::size_t services_at_a_time = 500;  // whose states are read at a time

struct Beginning {
    storage::Progress progress;
    std::optional<Minute> recorded_until;
    Minute until{};  // bins before this are replayed
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

Monitor monitor_of(const Learned& learned, const SettingsHistory& settings, const Beginning& beginning,
                   const storage::Service& service, Time now) {
    const auto zone = load_zone(service.zone, now);
    if (auto monitor = restored(learned, settings, service, zone)) return std::move(*monitor);
    const auto first = first_watched(service, learned.first_minutes, beginning.horizon);
    return Monitor{settings.at(service.id, first).settings, zone, first};
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
                            .recorded_until = storage::load_recorded_until(tx)};
        // Services that are watched already stand where they stand: the new ones are brought there, not
        // further.
        beginning.until = judged == Minute{} ? beginning.progress.complete_until : judged;
        beginning.horizon = beginning.until - most_history;
        return beginning;
    };
    const auto beginning = co_await database.read(begin);
    std::unordered_set<ServiceId> ids;
    Minute from = beginning.until;
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
            auto monitor = monitor_of(learned, settings, beginning, service, now);
            const auto until = monitor.until();
            from = std::min(from, until);
            board.add(service.id, std::move(monitor));
            for (const auto& later : settings.after(service.id, until))
                board.set(service.id, later.settings, later.since);
            ids.insert(service.id);
        }
    }

    Raised raised{
        .epoch = beginning.progress.epoch, .recorded_until = beginning.recorded_until, .transitions = {}};
    board.advance(std::min(from, beginning.until));
    while (from < beginning.until) {
        const Minute to = std::min<Minute>(from + piece, beginning.until);
        auto load = [&](storage::Transaction& tx) {
            return std::pair{storage::load_all_bins(tx, from, to), storage::load_all_regions(tx, from, to)};
        };
        const auto [bins, regions] = co_await database.read(load);
        apply(board, bins, ids);
        apply(board, regions, ids);
        for (auto& transition : board.advance(to)) raised.transitions.push_back(std::move(transition));
        from = to;
    }
    for (from = beginning.until - analytics::Board::kept; from < beginning.until; from += piece) {
        auto load = [&](storage::Transaction& tx) { return storage::load_all_bins(tx, from, from + piece); };
        apply(board, co_await database.read(load), ids);
    }
    auto open = [&](storage::Transaction& tx) {
        return std::pair{storage::load_bins_since(tx, beginning.until),
                         storage::load_all_regions(tx, beginning.until, std::nullopt)};
    };
    const auto [bins, regions] = co_await database.read(open);
    apply(board, bins, ids);
    apply(board, regions, ids);
    co_return raised;
}

}  // namespace outcry::live
