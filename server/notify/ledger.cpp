// server/notify/ledger.cpp: plans put into rows, and rows into messages.
#include "server/notify/ledger.hpp"

#include <algorithm>

#include "server/live/zones.hpp"
#include "server/notify/schedule.hpp"
#include "server/storage/audit.hpp"
#include "server/storage/new_id.hpp"

namespace outcry::notify {

using namespace std::chrono_literals;
using storage::News;
using storage::Transaction;

namespace {

constexpr std::size_t most_news = 200;
constexpr auto merge_again = 1min;  // until what is told under another incident is looked at again

Rules load_rules(Transaction& tx, Time now) {
    Rules rules;
    rules.routes = storage::load_alert_routes(tx);
    rules.targets = storage::load_targets(tx);
    rules.quiet.maintenances = storage::load_maintenances(tx, now);
    rules.quiet.silences = storage::load_silences(tx, now);
    rules.quiet.offset = [](const std::string& zone, Time at) {
        const auto offsets = live::load_zone(zone, at);
        return offsets ? offsets->offset(at) : std::chrono::seconds{0};
    };
    return rules;
}

std::string why_failed(Attempted::Result result) {
    if (result == Attempted::Result::gone) return "gone";
    return result == Attempted::Result::failed ? "exhausted" : "refused";
}

}  // namespace

Ledger::Ledger(Services services, Phrase phrase, Addresses addresses, std::int32_t node)
    : services_(std::move(services)),
      phrase_(std::move(phrase)),
      site_(std::move(addresses.site)),
      console_(std::move(addresses.console)),
      node_(node) {}

Subject Ledger::subject(std::optional<storage::ServiceId> id, const std::string& region,
                        double severity) const {
    Subject subject{.service = id, .region = region, .severity = severity};
    const auto catalogue = services_();
    if (const auto* service = id ? catalogue->find_even_archived(*id) : nullptr) {
        subject.parent = service->parent;
        subject.group = service->group;
    }
    return subject;
}

Spread Ledger::spread(Transaction& tx, Time now) const {
    // Two nodes at once would each see none of what the other tells: an end would find nobody who was told.
    if (!storage::lock_telling(tx)) return {};
    const auto all = storage::take_outbox(tx, most_news, now);
    Spread spread{.all = all.size() < most_news};
    if (all.empty()) return spread;
    const auto rules = load_rules(tx, now);
    for (const auto& news : all) {
        const bool ends = news.kind == "incident.closed";
        spread.ended = spread.ended || ends;
        if (ends) storage::cancel_over(tx, *news.incident, now);
        storage::tell(tx, news, plan(news, subject(news.service, news.region, news.severity), rules, now));
    }
    return spread;
}

void Ledger::watch(Transaction& tx, Time now) const {
    const auto rules = load_rules(tx, now);
    storage::cancel_acknowledged(tx, now);
    release_held(tx, rules, now);
    for (const auto& incident : storage::load_unfinished(tx)) {
        if (incident.alone_since) storage::cancel_unsaid_merge(tx, incident.id, now);
        const auto whole = subject(incident.whole, incident.whole_region, incident.whole_severity);
        const auto about = subject(incident.service, incident.region, incident.severity);
        for (auto& [news, telling] :
             notify::watch(incident, about, rules, now, incident.whole ? &whole : nullptr)) {
            news.id = storage::new_id(now);
            storage::tell(tx, news, {telling});
        }
    }
}

/// What held it back has ended, or a line has changed; something else may hold it now.
void Ledger::release_held(Transaction& tx, const Rules& rules, Time now) const {
    for (const auto& held : storage::load_held_due(tx, now)) {
        const auto& news = held.news;
        const auto about = subject(news.service, news.region, news.severity);
        if (news.kind != "incident.closed" && !is_let_through(held.target, news.kind, about, rules)) {
            storage::cancel_delivery(tx, held.id, "line", now);
            continue;
        }
        auto still = still_held(held.target, news.kind, about, rules, now);
        // Nobody is paged twice for one outage; when what they were told of is over, this one goes out.
        const bool opening = news.kind == "incident.opened";
        if (!still && (opening || news.kind == "incident.escalated") &&
            storage::is_told_by_merge(tx, *news.incident, held.target, opening))
            still = Hold{.by = "merge", .until = now + merge_again};
        storage::hold(tx, held.id, still ? still->by : "", still ? still->until : now);
    }
}

Facts Ledger::facts(Transaction& tx, const News& news) const {
    Facts facts;
    facts.news = news;
    if (news.incident) {
        facts.incident = storage::load_incident(tx, *news.incident);
        facts.acknowledged = storage::load_acknowledgement(tx, *news.incident);
    }
    if (facts.incident) {
        facts.slug = facts.incident->service_slug;
        facts.name = facts.incident->service_name;
    }
    const auto catalogue = services_();
    if (const auto* service = news.service ? catalogue->find_even_archived(*news.service) : nullptr)
        facts.group = service->group;
    if (site_.empty()) return facts;
    if (!facts.slug.empty()) facts.service_url = site_ + "/s/" + facts.slug;
    if (facts.incident) facts.incident_url = site_ + "/i/" + facts.incident->id;
    if (facts.incident && facts.incident->merged)
        facts.whole_url = site_ + "/i/" + facts.incident->merged->into;
    const bool ended = facts.incident && facts.incident->incident.phase == analytics::Phase::closed;
    if (!facts.incident || ended || news.kind == "incident.merged" || console_.empty()) return facts;
    if (!facts.acknowledged) facts.acknowledge_url = console_ + "/admin/incidents/" + facts.incident->id;
    facts.silence_url = console_ + "/admin/quiet";
    return facts;
}

std::vector<Job> Ledger::claim(Transaction& tx, Time now, Time until, int most, bool failing_too) const {
    auto claimed = storage::claim_deliveries(
        tx, {.now = now, .until = until, .node = node_, .most = most, .failing_too = failing_too});
    if (claimed.empty()) return {};
    const auto targets = storage::load_targets(tx);
    std::vector<Job> jobs;
    for (auto& one : claimed) {
        const auto is = [&](const storage::Target& target) { return target.id == one.target; };
        const auto target = std::find_if(targets.begin(), targets.end(), is);
        if (target == targets.end()) continue;  // removed this moment; its deliveries have failed with it
        auto body = one.body;
        if (!body) {
            const auto known = facts(tx, one.news);
            body = compose_body(target->kind, known, phrase_(known));
            storage::keep_body(tx, one.id, *body,
                               known.incident ? std::optional{known.incident->incident.peak} : std::nullopt);
        }
        jobs.push_back({std::move(one), *target, std::move(*body)});
    }
    return jobs;
}

std::optional<SwitchedOff> Ledger::settle(Transaction& tx, const Job& job, const Attempted& done,
                                          Time now) const {
    using Result = Attempted::Result;
    const auto& [claimed, target, body] = job;
    const auto pause = pause_after(claimed.attempts + 1);
    storage::Settlement settlement{.state = "delivered", .why = {}, .due = now, .now = now};
    if (done.result != Result::arrived) {
        const bool again = done.result == Result::failed && pause;
        settlement.state = again ? "waiting" : "failed";
        settlement.why = again ? "" : why_failed(done.result);
        if (again) settlement.due = now + std::max<std::chrono::milliseconds>(*pause, done.asked.value_or(0ms));
    }
    if (!storage::settle(tx, claimed, node_, settlement)) return std::nullopt;
    storage::add_attempt(tx, claimed.id, done.attempt);
    if (done.result == Result::arrived) {
        storage::count_success(tx, target.id);
        return std::nullopt;
    }
    storage::count_failure(tx, target.id, now);
    if (done.asked) storage::ask_to_wait(tx, target.id, now + *done.asked);
    const std::string why = done.result == Result::gone               ? "gone"
                            : done.result == Result::failed && !pause ? "failing"
                                                                      : "";
    if (why.empty()) return std::nullopt;
    const auto name = storage::switch_off(tx, target.id, why, now);
    if (!name) return std::nullopt;
    storage::write_audit(tx,
                         {.actor = "outcry",
                          .action = "target.switch_off",
                          .object = "target " + *name,
                          .before = R"({"off":""})",
                          .after = R"({"off":")" + why + R"("})"},
                         now);
    return SwitchedOff{*name, why};
}

}  // namespace outcry::notify
