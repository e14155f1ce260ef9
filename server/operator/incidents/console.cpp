// server/operator/incidents/console.cpp: open incidents, traffic that was not counted, how fresh the numbers
// are, and how the parts stand.
#include "server/operator/incidents/console.hpp"

#include <algorithm>
#include <filesystem>

#include "server/operator/page.hpp"
#include "server/pages/brief.hpp"
#include "server/storage/acknowledgements.hpp"
#include "server/storage/condition.hpp"
#include "server/storage/deliveries.hpp"
#include "server/storage/incident_acts.hpp"
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
constexpr std::chrono::minutes late{3};  // that the last complete minute may be old before it is said aloud

/// An open incident with what operators know of it.
struct OpenIncident {
    storage::IncidentRecord record;
    std::optional<storage::Acknowledgement> acknowledged;
    storage::IncidentActs acts;
    analytics::Standing standing;
};

struct ConsoleView {
    std::vector<OpenIncident> open;
    std::vector<storage::Traffic> traffic;
    std::vector<storage::DeliveryRecord> failed;  // of the last day, the newest ones
    storage::Condition condition;
    std::optional<std::uint64_t> disk_free, disk_size;
    Time now{};
};

ConsoleView load(storage::Transaction& tx, Time now) {
    ConsoleView view;
    view.now = now;
    for (auto& record : storage::load_incidents(tx, {.open = true, .limit = most_open})) {
        OpenIncident open{.record = std::move(record), .acknowledged = {}, .acts = {}, .standing = {}};
        open.acknowledged = storage::load_acknowledgement(tx, open.record.id);
        open.acts = storage::load_acts(tx, open.record.id);
        view.open.push_back(std::move(open));
    }
    view.traffic = storage::load_traffic(tx, minute_of(now) - std::chrono::hours{1}, most_traffic);
    for (auto& delivery : storage::load_deliveries(tx, {.state = "failed", .limit = most_failed}))
        if (delivery.settled && now - *delivery.settled < std::chrono::days{1})
            view.failed.push_back(std::move(delivery));
    view.condition = storage::load_condition(tx);
    return view;
}

void look_at_disk(ConsoleView& view, const std::string& folder) {
    std::error_code problem;
    const auto space = std::filesystem::space(folder, problem);
    if (folder.empty() || problem) return;
    view.disk_free = space.available;
    view.disk_size = space.capacity;
}

std::string gigabytes(std::uint64_t bytes, const Words& words) {
    constexpr std::uint64_t mega = 1'000'000, giga = 1'000'000'000;
    return bytes < 10 * giga ? words.text("operator.console.megabytes", {{"n", words.number(bytes / mega)}})
                             : words.text("operator.console.gigabytes", {{"n", words.number(bytes / giga)}});
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
    if (open.acts.ends)
        row.set("note", words.text("operator.console.ending", {{"time", words.clock(Time{*open.acts.ends})}}));
    else if (open.acts.into)
        row.set("note", words.text("operator.console.part"));
    else if (open.acknowledged)
        row.set("note", words.text("operator.console.acknowledged", {{"name", open.acknowledged->by_whom}}));
    else
        row.set("acknowledge", may_act);
    row.set("label", words.text("operator.console.acknowledge_of", {{"name", open.record.service_name}}));
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
        row.set("href", renderer.site().path("/admin/notifications/deliveries/" + std::to_string(delivery.id)));
        row.set("when", words.when(*delivery.settled, view.now).html);
        row.set("why", words.text(delivery.why.empty() ? "operator.deliveries.state.failed"
                                                       : "operator.deliveries.why." + delivery.why));
        rows.push_back(std::move(row));
    }
    return rows;
}

/// One labelled number of the head; `state` tints it.
Data fact(std::string label, std::string value, std::string note, std::string state = "insufficient_data") {
    Data data{Data::type::object};
    data.set("label", std::move(label));
    data.set("value", std::move(value));
    data.set("note", std::move(note));
    data.set("state", std::move(state));
    return data;
}

list facts_of(const ConsoleView& view, const Words& words) {
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
    const auto& until = view.condition.complete_until;
    const auto age = until ? std::chrono::floor<std::chrono::minutes>(view.now - Time{*until}) : late;
    facts.push_back(fact(
        say("fresh"), until ? words.clock(Time{*until}) : "-",
        words.text(view.condition.waiting ? "operator.console.fresh_waiting" : "operator.console.fresh_note",
                   {{"age", words.duration(std::max(age, std::chrono::minutes{0}))}}),
        age >= late ? "spike" : "normal"));
    if (view.disk_free) {
        constexpr std::uint64_t tight = 10;  // of a hundred
        const bool full = *view.disk_free < *view.disk_size / tight;
        facts.push_back(
            fact(say("disk"), gigabytes(*view.disk_free, words),
                 words.text("operator.console.disk_note", {{"size", gigabytes(view.condition.bytes, words)}}),
                 full ? "spike" : "normal"));
    } else {
        facts.push_back(fact(say("database"), gigabytes(view.condition.bytes, words), say("database_note")));
    }
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
    data.set("facts", facts_of(view, renderer.words()));
    data.set("has_open", !rows.empty());
    data.set("open", rows);
    data.set("has_traffic", !traffic.empty());
    data.set("traffic", traffic);
    auto failed = failed_rows(view, renderer);
    data.set("has_failed", !failed.empty());
    data.set("failed", failed);
    data.set("counted", renderer.words().text("operator.console.counted_now",
                                              {{"time", renderer.words().clock(view.now)}}));
    return operator_page(request, renderer, actor,
                         {.title = renderer.words().text("operator.console.title"), .here = "console"},
                         web::operator_templates::console, data);
}

awaitable<Response> get_console(const Request& request, const Actor& actor, const Parts& parts) {
    const auto now = parts.clock.now();
    const auto read = [&](storage::Transaction& tx) { return load(tx, now); };
    auto view = co_await parts.database.read(read);
    const auto look = [&](const analytics::Board& board) {
        for (auto& open : view.open) open.standing = board.standing(open.record.service);
        return true;
    };
    co_await parts.pulse.read(look);
    look_at_disk(view, parts.state_dir);
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
