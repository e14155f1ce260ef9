// server/operator/incidents/console.cpp: open incidents, traffic that was not counted, messages that failed,
// how fresh the numbers are, and how the parts stand.
#include "server/operator/incidents/console.hpp"

#include <algorithm>

#include "server/operator/incidents/fact.hpp"
#include "server/operator/incidents/health.hpp"
#include "server/operator/page.hpp"
#include "server/operator/telling/addresses.hpp"
#include "server/pages/brief.hpp"
#include "server/storage/acknowledgements.hpp"
#include "server/storage/deliveries.hpp"
#include "server/storage/incident_acts.hpp"
#include "server/storage/statements.hpp"
#include "web_operator_templates.hpp"

namespace outcry::operators {

using boost::asio::awaitable;
using http::Request;
using http::Response;
using kainjow::mustache::list;
using pages::Data;
using pages::Words;

namespace {

constexpr int most_open = 200, most_traffic = 8, most_failed = 8;

/// An open incident with what operators know of it.
struct OpenIncident {
    storage::IncidentRecord record;
    std::optional<storage::Acknowledgement> acknowledged;
    storage::IncidentActs acts;
    std::optional<storage::Statement> official;  // the latest one
    analytics::Standing standing;
};

struct ConsoleView {
    std::vector<OpenIncident> open;
    std::vector<storage::Traffic> traffic;
    std::vector<storage::DeliveryRecord> failed;  // of the last day, the newest ones
    Health health;
    Time now{};
};

/// As many queries however many there are: the console is for the hour in which everything fails.
std::vector<OpenIncident> load_open(storage::Transaction& tx, Time now) {
    auto records = storage::load_incidents(tx, {.open = true, .limit = most_open});
    std::vector<storage::IncidentId> ids;
    for (const auto& record : records) ids.push_back(record.id);
    const auto acknowledged = storage::load_acknowledgements(tx, ids);
    const auto acts = storage::load_acts(tx, ids);
    const auto official = storage::load_latest_statements(tx, records, now);
    std::vector<OpenIncident> all;
    for (auto& record : records) {
        OpenIncident open{
            .record = std::move(record), .acknowledged = {}, .acts = {}, .official = {}, .standing = {}};
        const auto& id = open.record.id;
        if (const auto given = acknowledged.find(id); given != acknowledged.end())
            open.acknowledged = given->second;
        open.acts = acts.at(id);
        if (const auto said = official.find(id); said != official.end()) open.official = said->second;
        all.push_back(std::move(open));
    }
    return all;
}

ConsoleView load(storage::Transaction& tx, const live::Clock& clock) {
    ConsoleView view;
    const auto now = view.now = clock.now();
    view.open = load_open(tx, now);
    view.traffic = storage::load_traffic(tx, minute_of(now) - std::chrono::hours{1}, most_traffic);
    for (auto& delivery : storage::load_deliveries(tx, {.state = "failed", .limit = most_failed}))
        if (delivery.settled && now - *delivery.settled < std::chrono::days{1})
            view.failed.push_back(std::move(delivery));
    view.health = load_health(tx, clock);
    return view;
}

std::string official_of(const OpenIncident& open, const Words& words, Time now) {
    if (!open.official) return words.text("operator.console.nothing_said");
    return words.text("operator.statements.status." + open.official->status) + ", " +
           words.moment(open.official->at, now);
}

Data row_of(const OpenIncident& open, const pages::Renderer& renderer, Time now, bool may_act) {
    const auto& words = renderer.words();
    const auto& verdict = open.standing.verdict;
    const bool recovering = verdict.state == analytics::State::recovering;
    const std::string state = recovering ? "recovering" : "spike";
    Data row{Data::type::object};
    row.set("id", open.record.id);
    row.set("href", renderer.site().path("/admin/incidents/" + open.record.id));
    row.set("name", open.record.service_name);
    row.set("state", state);
    row.set("state_text", words.text("state." + state));
    row.set("observed", words.number(verdict.observed));
    row.set("times", words.times(verdict.ratio()));
    row.set("opened", words.when(Time{open.record.incident.opened}, now).html);
    row.set("official", official_of(open, words, now));
    if (open.acts.ends)
        row.set("note", words.text("operator.console.ending", {{"time", words.clock(Time{*open.acts.ends})}}));
    else if (open.acts.into)
        row.set("note", words.text("operator.console.part"));
    else if (open.acknowledged)
        row.set("note", words.text("operator.console.acknowledged", {{"name", open.acknowledged->by_whom}}));
    else
        row.set("acknowledge", may_act);
    row.set("label", words.text("operator.console.acknowledge_of", {{"name", open.record.service_name}}));
    row.set("act_label", words.text("operator.console.act_of", {{"name", open.record.service_name}}));
    return row;
}

list traffic_rows(const ConsoleView& view, const live::Catalogue& catalogue, const pages::Renderer& renderer) {
    list rows;
    const auto& words = renderer.words();
    for (const auto& traffic : view.traffic) {
        const auto* service = catalogue.find(traffic.service);
        if (!service) continue;
        Data row{Data::type::object};
        row.set("name", service->name);
        row.set("href", renderer.site().service(service->slug));
        row.set("counted", words.number(traffic.counted));
        row.set("repeated", words.number(traffic.repeated));
        row.set("limited", words.number(traffic.limited));
        rows.push_back(std::move(row));
    }
    return rows;
}

list failed_rows(const ConsoleView& view, const pages::Renderer& renderer) {
    list rows;
    const auto& words = renderer.words();
    for (const auto& delivery : view.failed) {
        Data row{Data::type::object};
        row.set("target", delivery.target_name);
        row.set("href", renderer.site().path(delivery_path(delivery.id)));
        row.set("when", words.when(*delivery.settled, view.now).html);
        row.set("why", words.text(delivery.why.empty() ? "operator.deliveries.state.failed"
                                                       : "operator.deliveries.why." + delivery.why));
        rows.push_back(std::move(row));
    }
    return rows;
}

list facts_of(const ConsoleView& view, const live::Clock& clock, const Words& words) {
    const auto waiting = static_cast<std::uint64_t>(
        std::count_if(view.open.begin(), view.open.end(), [](const auto& open) { return !open.acknowledged; }));
    std::uint64_t limited = 0;
    for (const auto& traffic : view.traffic) limited += traffic.limited;
    const auto say = [&](std::string key) { return words.text("operator.console." + key); };
    list facts;
    facts.push_back(fact(say("open"), words.number(view.open.size()),
                         words.plural("operator.console.unacknowledged", waiting),
                         view.open.empty() ? "normal" : "spike"));
    facts.push_back(fact(say("suspect"), words.number(limited),
                         words.plural("operator.console.limited_at", view.traffic.size()),
                         limited > 0 ? "possible" : "normal"));
    const auto& sending = view.health.sending;
    facts.push_back(fact(say("failed"), words.number(sending.failed),
                         words.plural("operator.console.failed_of", sending.settled),
                         sending.failed > 0 ? "possible" : "normal"));
    const auto& until = view.health.condition.complete_until;
    const auto age =
        until ? std::chrono::floor<std::chrono::minutes>(view.now - Time{*until}) : std::chrono::minutes{0};
    facts.push_back(fact(say("fresh"), until ? words.clock(Time{*until}) : words.text("operator.tune.none"),
                         words.text("operator.console.fresh_note",
                                    {{"age", words.duration(std::max(age, std::chrono::minutes{0}))}}),
                         is_late(view.health, clock) ? "spike" : "normal"));
    return facts;
}

Response render(const Request& request, const Actor& actor, const Parts& parts, const ConsoleView& view) {
    const auto& renderer = *parts.renderer;
    const bool may_act = actor.may(Role::operator_);
    list rows;
    for (const auto& open : view.open) rows.push_back(row_of(open, renderer, view.now, may_act));
    const auto catalogue = parts.pulse.catalogue();
    auto traffic = traffic_rows(view, *catalogue, renderer);
    Data data{Data::type::object};
    data.set("facts", facts_of(view, parts.clock, renderer.words()));
    data.set("has_open", !rows.empty());
    data.set("open", rows);
    data.set("has_traffic", !traffic.empty());
    data.set("traffic", traffic);
    auto failed = failed_rows(view, renderer);
    data.set("has_failed", !failed.empty());
    data.set("failed", failed);
    data.set("parts", part_rows(view.health, parts.clock, renderer.words()));
    data.set("counted", renderer.words().text("operator.console.counted_now",
                                              {{"time", renderer.words().clock(view.now)}}));
    return operator_page(request, renderer, actor,
                         {.title = renderer.words().text("operator.console.title"), .here = "console"},
                         web::operator_templates::console, data);
}

awaitable<Response> get_console(const Request& request, const Actor& actor, const Parts& parts) {
    const auto read = [&](storage::Transaction& tx) { return load(tx, parts.clock); };
    auto view = co_await parts.database.read(read);
    const auto look = [&](const analytics::Board& board) {
        for (auto& open : view.open) open.standing = board.standing(open.record.service);
        return board.complete_until();
    };
    view.health.judged_until = co_await parts.pulse.read(look);
    look_at_disk(view.health, parts.state_dir);
    co_return render(request, actor, parts, view);
}

}  // namespace

std::vector<GuardedRoute> console_routes(const Parts& parts) {
    return {
        {http::Method::get, "/admin", {Role::viewer, people_only}, [parts](const Request& r, const Actor& a) {
             return get_console(r, a, parts);
         }}};
}

}  // namespace outcry::operators
