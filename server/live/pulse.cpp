// server/live/pulse.cpp: read what was counted, judge it, record it, and only then tell of it.
#include "server/live/pulse.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <mutex>
#include <unordered_set>

#include "server/live/counts_pace.hpp"
#include "server/live/events.hpp"
#include "server/live/raise.hpp"
#include "server/live/rhythm.hpp"
#include "server/live/zones.hpp"
#include "server/storage/bins.hpp"
#include "server/storage/detector_state.hpp"
#include "server/storage/incident_acts.hpp"
#include "server/storage/incidents.hpp"
#include "server/storage/progress.hpp"

namespace outcry::live {

namespace asio = boost::asio;
using analytics::Transition;
using storage::ServiceId;

namespace {

constexpr std::size_t states_at_a_time = 250;  // saved in one transaction
constexpr std::chrono::seconds catch_up_most{2};

std::unordered_map<ServiceId, storage::Maintenance> work_under_way(const Catalogue& catalogue, Time at) {
    std::unordered_map<ServiceId, storage::Maintenance> found;
    if (catalogue.work.windows().empty()) return found;
    for (const auto& service : catalogue.services)
        if (const auto* window = catalogue.work.under_way(service, at)) found.emplace(service.id, *window);
    return found;
}

}  // namespace

struct Pulse::Impl {
    Impl(asio::any_io_executor executor, storage::Database& storage, EventHub& events, const Clock& time,
         PulseOptions given)
        : rhythm(executor), database(storage), hub(events), clock(time), options(given) {}

    asio::awaitable<void> load();
    asio::awaitable<void> look();
    asio::awaitable<bool> attempt();
    asio::awaitable<void> follow_catalogue();
    asio::awaitable<void> record();
    asio::awaitable<void> save_some();
    asio::awaitable<void> save_all();

    std::optional<analytics::UsualColumns> usual_beside(const Transition&) const;
    void take(Raised&&);
    void follow_settings(const std::vector<storage::SettingsVersion>& fresh);
    void follow_zone(const storage::Service& before, const storage::Service& now);
    void show(Catalogue&&);
    void tell(const std::vector<std::pair<Transition, std::string>>& recorded);
    void tell_work();
    void tell_counts();
    std::string slug(ServiceId) const;

    Rhythm rhythm;
    storage::Database& database;
    EventHub& hub;
    const Clock& clock;
    const PulseOptions options;

    // Touched on the strand alone.
    analytics::Board board;
    SettingsHistory settings;
    std::int64_t epoch = 0;
    std::optional<Minute> recorded_until;
    std::vector<Transition> unrecorded;
    std::unordered_map<ServiceId, storage::Maintenance> at_work;  // told of; which window is under way
    CountsPace pace;
    std::vector<ServiceId> to_save;
    std::chrono::sys_time<std::chrono::hours> saved_at{};
    std::string trouble;  // said once, until it changes

    mutable std::mutex mutex;
    std::shared_ptr<const Catalogue> catalogue = std::make_shared<const Catalogue>();
    std::atomic<std::uint64_t> version{1};
    std::atomic<bool> ready{false};
};

asio::awaitable<void> Pulse::Impl::load() {
    const auto now = clock.now();
    auto read = [now](storage::Transaction& tx) {
        storage::begin_counting(tx, minute_of(now) - std::chrono::minutes{1});
        auto services = load_catalogue(tx, now - analytics::Board::kept);
        return std::pair{std::move(services),
                         storage::load_settings_history(tx, minute_of(now) - most_history)};
    };
    auto [loaded, versions] = co_await database.read(read);
    settings.add(versions);
    auto raised = co_await raise(database, board, settings, loaded.services, now);
    epoch = raised.epoch;
    // On the first start ever nothing is recorded of what an imported history would have brought.
    recorded_until = raised.recorded_until.value_or(board.complete_until());
    take(std::move(raised));
    show(std::move(loaded));
    at_work = work_under_way(*catalogue, board.complete_until());
    co_await record();
    saved_at = std::chrono::floor<std::chrono::hours>(clock.now());
    ready = true;
}

asio::awaitable<void> Pulse::Impl::look() {
    struct Seen {
        storage::Changes changes;
        std::int64_t catalogue = 0;
    };
    auto read = [this](storage::Transaction& tx) {
        auto changes = storage::load_changes(tx, epoch, board.complete_until());
        return Seen{std::move(changes),
                    storage::catalogue_version(tx)};  // settings in force for these bins are seen
    };
    const auto seen = co_await database.transact(read);
    if (seen.catalogue != catalogue->version) co_await follow_catalogue();

    for (const auto& [service, bin] : seen.changes.bins) {
        board.apply(service, bin);
        pace.note(service, bin.minute);
    }
    for (const auto& [service, bin] : seen.changes.regions) board.apply(service, bin);
    epoch = seen.changes.epoch;
    const bool completed = seen.changes.complete_until > board.complete_until();
    if (completed) {
        for (auto& transition : board.advance(seen.changes.complete_until))
            unrecorded.push_back(std::move(transition));
        for (const auto service : board.services())
            if (board.standing(service).verdict.observed > 0) pace.note(service);
    }
    if (completed || !seen.changes.bins.empty()) ++version;
    co_await record();
    tell_work();
    tell_counts();
    co_await save_some();
}

/// Written in one transaction, and told only after its commit. What could not be recorded is tried again at the
/// next look.
asio::awaitable<void> Pulse::Impl::record() {
    const auto until = board.complete_until();
    if (unrecorded.empty() && recorded_until && *recorded_until >= until) co_return;
    std::vector<std::optional<analytics::UsualColumns>> usual;
    for (const auto& transition : unrecorded) usual.push_back(usual_beside(transition));
    auto work = [&, now = clock.now()](storage::Transaction& tx) {
        std::vector<std::pair<Transition, std::string>> recorded;
        for (std::size_t i = 0; i < unrecorded.size(); ++i) {
            const auto& transition = unrecorded[i];
            const auto holds = settings.at(transition.service, transition.at - std::chrono::minutes{1});
            const auto record =
                storage::record_transition(tx, transition, holds.version, now, usual[i] ? &*usual[i] : nullptr);
            recorded.emplace_back(transition, record ? record->id : "");
        }
        storage::raise_recorded_until(tx, until);
        return recorded;
    };
    const auto recorded = co_await database.transact(work);
    unrecorded.clear();
    recorded_until = until;
    tell(recorded);
}

/// For an incident that opens or closes: what is usual in its chart, before more is learned.
std::optional<analytics::UsualColumns> Pulse::Impl::usual_beside(const Transition& transition) const {
    const auto* monitor = board.monitor(transition.service);
    if (!monitor || (!transition.opened && !transition.closed)) return std::nullopt;
    const auto expect = [monitor](Minute from, std::chrono::minutes span) {
        return monitor->expect(from, span);
    };
    return analytics::usual_columns(transition.incident, expect);
}

void Pulse::Impl::take(Raised&& raised) {
    for (auto& transition : raised.transitions)
        if (transition.at > *recorded_until) unrecorded.push_back(std::move(transition));
    std::sort(unrecorded.begin(), unrecorded.end(),
              [](const Transition& a, const Transition& b) { return a.at < b.at; });
}

asio::awaitable<void> Pulse::Impl::follow_catalogue() {
    const auto before = catalogue;
    auto read = [this](storage::Transaction& tx) {
        auto loaded = load_catalogue(tx, board.complete_until() - analytics::Board::kept);
        return std::tuple{std::move(loaded),
                          storage::load_settings_history(tx, board.complete_until() - most_history),
                          storage::load_closings(tx, board.complete_until())};
    };
    auto [now, versions, closings] = co_await database.transact(read);

    follow_settings(settings.add(versions));
    std::vector<storage::Service> fresh;
    for (const auto& service : now.services) {
        if (const auto* known = before->find(service.id))
            follow_zone(*known, service);
        else
            fresh.push_back(service);
    }
    if (!fresh.empty()) take(co_await raise(database, board, settings, fresh, clock.now()));
    for (const auto& closing : closings) board.close(closing.service, closing.since);
    for (const auto& service : before->services)
        if (!now.find(service.id)) board.remove(service.id);
    show(std::move(now));
}

void Pulse::Impl::follow_settings(const std::vector<storage::SettingsVersion>& fresh) {
    for (const auto& [service, number, since, values] : fresh)
        if (board.contains(service)) board.set(service, values, since);
}

/// Saved soon, so that a replay uses the new zone for no bin that was judged under the old one.
void Pulse::Impl::follow_zone(const storage::Service& before, const storage::Service& now) {
    const auto* monitor = board.monitor(now.id);
    if (!monitor || before.zone == now.zone) return;
    const auto holds = settings.at(now.id, monitor->until()).settings;
    board.replace(now.id,
                  analytics::Monitor::restore(monitor->save(), holds, load_zone(now.zone, clock.now())));
    to_save.push_back(now.id);
}

void Pulse::Impl::show(Catalogue&& loaded) {
    auto shown = std::make_shared<const Catalogue>(std::move(loaded));
    const std::lock_guard lock{mutex};
    catalogue = std::move(shown);
    ++version;
}

void Pulse::Impl::tell(const std::vector<std::pair<Transition, std::string>>& recorded) {
    for (const auto& [transition, id] : recorded) {
        const auto name = slug(transition.service);
        const auto under_way = at_work.find(transition.service);
        const auto* work = under_way == at_work.end() ? nullptr : &under_way->second;
        if (transition.from != transition.to)
            hub.publish(state_event(name, {.at = transition.at,
                                           .from = transition.from,
                                           .to = transition.to,
                                           .work_before = work,
                                           .work_now = work,
                                           .verdict = transition.verdict}));
        const bool changed = transition.opened || transition.updated || transition.closed;
        if (changed && !id.empty()) hub.publish(incident_event(name, id, transition));
    }
    if (!recorded.empty()) ++version;
}

/// A window begins or ends with the minute that it lies in, at the same moment as everything else the pages
/// show.
void Pulse::Impl::tell_work() {
    auto now = work_under_way(*catalogue, board.complete_until());
    const auto window_of = [](const auto& windows, ServiceId service) {
        const auto found = windows.find(service);
        return found == windows.end() ? nullptr : &found->second;
    };
    const auto tell_of = [&](ServiceId service) {
        const auto *before = window_of(at_work, service), *after = window_of(now, service);
        if ((before && after && before->id == after->id && before->ends == after->ends) ||
            !board.contains(service))
            return;
        const auto verdict = board.standing(service).verdict;
        hub.publish(state_event(slug(service), {.at = board.complete_until(),
                                                .from = verdict.state,
                                                .to = verdict.state,
                                                .work_before = before,
                                                .work_now = after,
                                                .verdict = verdict}));
    };
    for (const auto& [service, window] : now) tell_of(service);
    for (const auto& [service, window] : at_work)
        if (!now.contains(service)) tell_of(service);
    at_work = std::move(now);
}

void Pulse::Impl::tell_counts() {
    for (const auto& [service, minutes] : pace.due(std::chrono::steady_clock::now())) {
        if (!board.contains(service)) continue;
        const auto under_way = at_work.find(service);
        const auto* work = under_way == at_work.end() ? nullptr : &under_way->second;
        std::vector<analytics::Bin> bins;
        for (const auto minute : minutes)
            for (const auto& bin : board.bins(service, minute, minute + std::chrono::minutes{1}))
                bins.push_back(bin);
        hub.publish(counts_event(slug(service), board.standing(service), bins, work));
    }
}

std::string Pulse::Impl::slug(ServiceId service) const {
    const auto* found = catalogue->find(service);
    return found ? found->slug : "";
}

asio::awaitable<void> Pulse::Impl::save_some() {
    const auto hour = std::chrono::floor<std::chrono::hours>(clock.now());
    if (hour - saved_at >= options.save_every) {
        saved_at = hour;
        to_save = board.services();
    }
    if (to_save.empty()) co_return;
    std::vector<storage::SavedState> states;
    const auto count = std::min(states_at_a_time, to_save.size());
    for (auto service = to_save.end() - static_cast<std::ptrdiff_t>(count); service != to_save.end(); ++service)
        if (const auto* monitor = board.monitor(*service))
            states.push_back({*service, monitor->until(), monitor->save()});
    auto work = [&](storage::Transaction& tx) { storage::save_states(tx, states); };
    co_await database.transact(work);
    to_save.resize(to_save.size() - count);
}

asio::awaitable<void> Pulse::Impl::save_all() {
    try {
        to_save = board.services();
        while (!to_save.empty()) co_await save_some();
    } catch (const std::exception& error) {
        spdlog::warn("what was learned since the last saving will be learned again from bins: {}",
                     error.what());
    }
}

asio::awaitable<bool> Pulse::Impl::attempt() {
    std::string happened;
    try {
        co_await look();
    } catch (const storage::Unavailable& error) {
        happened = std::string{"the board stands still until the database answers: "} + error.what();
    } catch (const std::exception& error) {
        happened = std::string{"the board could not be brought up to date: "} + error.what();
    }
    if (happened != trouble) {
        if (happened.empty())
            spdlog::info("the board is up to date again");
        else
            spdlog::warn("{}", happened);
    }
    trouble = happened;
    co_return false;
}

Pulse::Pulse(asio::any_io_executor executor, storage::Database& database, EventHub& hub, const Clock& clock,
             PulseOptions options)
    : impl_(std::make_unique<Impl>(executor, database, hub, clock, options)) {}
Pulse::~Pulse() = default;

asio::awaitable<void> Pulse::load() {
    co_await asio::co_spawn(strand(), impl_->load(), asio::use_awaitable);
}

asio::awaitable<void> Pulse::look() {
    co_await asio::co_spawn(strand(), impl_->look(), asio::use_awaitable);
}

asio::awaitable<void> Pulse::run() {
    std::function<asio::awaitable<bool>()> work = [impl = impl_.get()] { return impl->attempt(); };
    co_await asio::co_spawn(strand(), impl_->rhythm.run(impl_->options.every, work), asio::use_awaitable);
}

asio::awaitable<void> Pulse::stop() {
    co_await asio::co_spawn(strand(), impl_->rhythm.stop(), asio::use_awaitable);
    if (ready()) co_await asio::co_spawn(strand(), impl_->save_all(), asio::use_awaitable);
}

asio::awaitable<void> Pulse::catch_up() const {
    co_await asio::co_spawn(strand(), impl_->rhythm.once_more(catch_up_most), asio::use_awaitable);
}

std::shared_ptr<const Catalogue> Pulse::catalogue() const {
    const std::lock_guard lock{impl_->mutex};
    return impl_->catalogue;
}

std::uint64_t Pulse::version() const {
    return impl_->version;
}
bool Pulse::ready() const {
    return impl_->ready;
}
const analytics::Board& Pulse::board() const {
    return impl_->board;
}
const Rhythm::Strand& Pulse::strand() const {
    return impl_->rhythm.strand();
}

}  // namespace outcry::live
