// server/operator/incidents/incident_page.cpp: one incident on the operators' side: what was done, and what can
// be.
#include "server/operator/form.hpp"
#include "server/operator/incidents/console.hpp"
#include "server/operator/incidents/fact.hpp"
#include "server/operator/incidents/incident_answer.hpp"
#include "server/operator/page.hpp"
#include "server/storage/acknowledgements.hpp"
#include "server/storage/audit.hpp"
#include "server/storage/incident_acts.hpp"
#include "web_operator_templates.hpp"

namespace outcry::operators {

using boost::asio::awaitable;
using http::Method;
using http::Request;
using http::Response;
using kainjow::mustache::list;
using pages::Data;

namespace {

constexpr int most_lines = 50;

struct DeskView {
    std::optional<storage::IncidentRecord> record;
    std::optional<storage::Acknowledgement> acknowledged;
    storage::IncidentActs acts;
    std::vector<storage::AuditLine> lines;
    std::vector<storage::IncidentRecord> others;  // open ones, that this could be a part of
    analytics::Standing standing;
};

/// What was typed into one of the forms, and why it was not taken.
struct Refused {
    Act act = Act::annotate;
    std::string why, error;
};

DeskView load(storage::Transaction& tx, const storage::IncidentId& id) {
    DeskView view;
    view.record = storage::load_incident(tx, id);
    if (!view.record) return view;
    view.acknowledged = storage::load_acknowledgement(tx, id);
    view.acts = storage::load_acts(tx, id);
    view.lines = storage::load_audit(tx, {.object = "incident " + id, .limit = most_lines});
    for (auto& other : storage::load_incidents(tx, {.open = true}))
        if (other.id != id) view.others.push_back(std::move(other));
    return view;
}

Response no_incident(const Request& request, const Actor& actor, const Parts& parts) {
    const auto& words = parts.renderer->words();
    const Notice notice{.heading = words.text("operator.act.no_incident"),
                        .text = words.text("operator.act.no_incident_text"),
                        .href = parts.renderer->site().path("/admin"),
                        .label = words.text("operator.refused.back")};
    return notice_page(request, *parts.renderer, actor, notice, 404);
}

/// The form of one act, with what was typed when it was refused.
Data form_of(Act act, const pages::Words& words, const std::optional<Refused>& refused) {
    const std::string name(to_string(act));
    Data form{Data::type::object};
    form.set("act", name);
    form.set("heading", words.text("operator.act." + name));
    form.set("hint", words.text("operator.act." + name + "_hint"));
    form.set("button", words.text("operator.act." + name + "_button"));
    form.set("label", words.text(act == Act::annotate      ? "operator.act.note"
                                 : act == Act::acknowledge ? "operator.act.why_optional"
                                                           : "operator.act.why"));
    form.set("merge", act == Act::merge);
    form.set("needs_reason", act != Act::acknowledge);
    if (!refused || refused->act != act) return form;
    form.set("why", refused->why);
    form.set("error", refused->error);
    return form;
}

list forms_of(const DeskView& view, const Actor& actor, const pages::Words& words,
              const std::optional<Refused>& refused) {
    list forms;
    if (!actor.may(Role::operator_)) return forms;
    const bool open = view.record->incident.phase == analytics::Phase::open;
    for (const auto each : all_acts) {
        if (each == Act::acknowledge && (!open || view.acknowledged)) continue;
        if (each == Act::close && (!open || view.acts.ends)) continue;
        if (each == Act::merge && (view.acts.into || view.others.empty())) continue;
        forms.push_back(form_of(each, words, refused));
    }
    return forms;
}

/// "incident.close" → "closed".
std::string did(const std::string& action, const pages::Words& words) {
    for (const auto each : all_acts)
        if (action == "incident." + std::string(to_string(each)))
            return words.text("operator.act.did." + std::string(to_string(each)));
    return action;
}

list lines_of(const DeskView& view, const pages::Words& words, Time now) {
    list lines;
    for (const auto& line : view.lines) {
        Data row{Data::type::object};
        row.set("when", words.when(line.at, now).html);
        row.set("actor", line.entry.actor);
        row.set("action", did(line.entry.action, words));
        row.set("why", line.entry.why);
        lines.push_back(std::move(row));
    }
    return lines;
}

list facts_of(const DeskView& view, const pages::Words& words, Time now) {
    const auto& incident = view.record->incident;
    const bool open = incident.phase == analytics::Phase::open;
    list facts;
    facts.push_back(fact(words.text("operator.console.opened"), words.clock(Time{incident.opened}),
                         words.day(Time{incident.opened})));
    if (open) {
        const auto& verdict = view.standing.verdict;
        facts.push_back(fact(words.text("operator.act.now"), words.number(verdict.observed),
                             words.text("operator.act.times", {{"times", words.times(verdict.ratio())}}),
                             "spike"));
    } else {
        facts.push_back(fact(words.text("operator.act.closed_at"), words.clock(Time{incident.closed}),
                             words.day(Time{incident.closed}), "normal"));
    }
    facts.push_back(
        fact(words.text("incidents.peak"), words.number(incident.peak), words.text("operator.act.reports")));
    const auto lasted = (open ? minute_of(now) : incident.closed) - incident.opened;
    facts.push_back(fact(words.text("incidents.lasted"), words.duration(std::max(lasted, decltype(lasted){})),
                         words.text(open ? "incidents.open" : "incidents.closed")));
    return facts;
}

Response render(const Request& request, const Actor& actor, const Parts& parts, const DeskView& view,
                const std::optional<Refused>& refused, unsigned status) {
    if (!view.record) return no_incident(request, actor, parts);
    const auto& words = parts.renderer->words();
    const auto& site = parts.renderer->site();
    const auto& incident = view.record->incident;
    const auto now = parts.clock.now();
    const bool open = incident.phase == analytics::Phase::open;
    const auto heading = words.text("operator.act.heading", {{"name", view.record->service_name}});
    Data data{Data::type::object};
    data.set("id", view.record->id);
    data.set("heading", heading);
    data.set("public_href", site.path("/i/" + view.record->id));
    data.set("statements_href", site.path("/admin/s/" + view.record->service_slug + "/statements"));
    data.set("tune_href", site.path("/admin/s/" + view.record->service_slug + "/tune"));
    data.set("tune_label", words.text("operator.act.tune", {{"name", view.record->service_name}}));
    data.set("facts", facts_of(view, words, now));
    if (view.acts.ends && open)
        data.set("ending",
                 words.text("operator.console.ending", {{"time", words.clock(Time{*view.acts.ends})}}));
    if (view.acknowledged)
        data.set("acknowledged",
                 words.text("operator.console.acknowledged", {{"name", view.acknowledged->by_whom}}));
    if (view.acts.into) data.set("into", site.path("/admin/incidents/" + *view.acts.into));
    list others;
    for (const auto& other : view.others) {
        Data option{Data::type::object};
        option.set("other", other.id);
        option.set("label", other.service_name + ", " + words.moment(Time{other.incident.opened}, now));
        others.push_back(std::move(option));
    }
    data.set("others", others);
    auto forms = forms_of(view, actor, words, refused);
    data.set("has_forms", !forms.empty());
    data.set("forms", forms);
    auto lines = lines_of(view, words, now);
    data.set("has_lines", !lines.empty());
    data.set("lines", lines);
    return operator_page(request, *parts.renderer, actor, {.title = heading, .here = "console"},
                         web::operator_templates::incident, data, status);
}

awaitable<Response> show(const Request& request, const Actor& actor, const Parts& parts,
                         std::optional<Refused> refused, unsigned status) {
    const auto id = std::string(request.param("id"));
    const auto read = [&](storage::Transaction& tx) { return load(tx, id); };
    auto view = co_await parts.database.read(read);
    const auto look = [&](const analytics::Board& board) { return board.standing(view.record->service); };
    if (view.record) view.standing = co_await parts.pulse.read(look);
    co_return render(request, actor, parts, view, refused, status);
}

awaitable<Response> post_form(Act what, const Request& request, const Actor& actor, const Parts& parts) {
    const auto form = read_form(request);
    auto deed = deed_of(what, request.param("id"), actor);
    deed.why = trimmed(form, "why");
    deed.into = trimmed(form, "into");
    const auto work = [&](storage::Transaction& tx) { return act(tx, deed, parts.clock.now()); };
    const auto outcome = co_await parts.database.transact(work);
    if (outcome == Outcome::done) {
        const bool from_console = trimmed(form, "back") == "console";
        co_return http::redirect(
            parts.renderer->site().path(from_console ? "/admin" : "/admin/incidents/" + deed.incident));
    }
    std::optional<Refused> refused;
    refused.emplace();
    refused->act = what;
    refused->why = deed.why;
    refused->error = in_words(outcome, parts.renderer->words());
    co_return co_await show(request, actor, parts, std::move(refused), status_of(outcome));
}

}  // namespace

std::vector<GuardedRoute> incident_routes(const Parts& parts) {
    std::vector<GuardedRoute> routes{
        {Method::get,
         "/admin/incidents/{id}",
         {Role::viewer, people_only},
         [parts](const Request& r, const Actor& a) { return show(r, a, parts, std::nullopt, 200); }}};
    for (const auto each : all_acts) {
        const auto name = std::string(to_string(each));
        routes.push_back(
            {Method::post,
             "/admin/incidents/{id}/" + name,
             {Role::operator_, people_only},
             [parts, each](const Request& r, const Actor& a) { return post_form(each, r, a, parts); }});
    }
    return routes;
}

}  // namespace outcry::operators
