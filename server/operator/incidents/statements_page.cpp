// server/operator/incidents/statements_page.cpp: one page, two forms, no script.
#include "server/operator/incidents/statements_page.hpp"

#include "server/operator/account/token.hpp"
#include "server/operator/form.hpp"
#include "server/operator/incidents/statement_draft.hpp"
#include "server/operator/incidents/statements.hpp"
#include "server/operator/page.hpp"
#include "web_operator_templates.hpp"

namespace outcry::operators {

using boost::asio::awaitable;
using http::Method;
using http::Request;
using http::Response;
using pages::Data;

namespace {

using namespace std::chrono_literals;

/// A form that could not be taken, given back with what is wrong about it.
struct Refused {
    http::Fields typed;
    Flaws of_statement, of_source;
};

std::string path_of(const storage::Service& service) {
    return "/admin/s/" + service.slug + "/statements";
}

kainjow::mustache::list statuses(const std::string& chosen, const pages::Words& words) {
    kainjow::mustache::list list;
    for (const auto status : statement_statuses) {
        const std::string key(status);
        Data item{Data::type::object};
        item.set("key", key);
        item.set("label", words.text("operator.statements.status." + key));
        item.set("chosen", key == (chosen.empty() ? "investigating" : chosen));
        list.push_back(std::move(item));
    }
    return list;
}

kainjow::mustache::list rows_of(std::vector<storage::Statement> said, const pages::Words& words, Time now) {
    kainjow::mustache::list rows;
    for (auto each = said.rbegin(); each != said.rend(); ++each) {
        Data row{Data::type::object};
        row.set("at", words.when(each->at, now).html);
        row.set("status", words.text("operator.statements.status." + each->status));
        row.set("title", each->title);
        row.set("text", each->text);
        if (!each->address.empty()) row.set("href", each->address);
        row.set("by", each->by_whom.empty() ? words.text("operator.statements.read")
                                            : words.text("operator.statements.by", {{"name", each->by_whom}}));
        rows.push_back(std::move(row));
    }
    return rows;
}

void set_source(Data& view, const std::optional<storage::StatementSource>& source, const pages::Words& words,
                Time now) {
    if (!source) return;
    view.set("source", source->address);
    if (!source->trouble.empty())
        view.set("trouble",
                 words.text("operator.statements.trouble",
                            {{"why", source->trouble}, {"at", words.moment(source->next_poll, now)}}));
    else if (source->answered)
        view.set("answered",
                 words.text("operator.statements.answered", {{"at", words.moment(*source->answered, now)}}));
    else
        view.set("answered", words.text("operator.statements.soon"));
}

/// Each field as it was typed, with the sentence beside it.
void set_refused(Data& view, const Refused& refused, const pages::Words& words) {
    const bool statement = !refused.of_statement.empty();
    view.set("statuses", statuses(statement ? trimmed(refused.typed, "status") : "", words));
    for (const std::string field : {"status", "text", "address", "at"}) {
        if (statement && field != "status") view.set(field, trimmed(refused.typed, field));
        if (const auto wrong = flaw_of(refused.of_statement, field); !wrong.empty())
            view.set(field + "_wrong", wrong);
    }
    if (refused.of_source.empty()) return;
    view.set("source", trimmed(refused.typed, "address"));
    view.set("source_wrong", flaw_of(refused.of_source, "address"));
}

awaitable<Response> not_here(const Parts& parts, const Request& request, const Actor& actor) {
    const auto& words = parts.renderer->words();
    co_return notice_page(request, *parts.renderer, actor,
                          {.heading = words.text("operator.statements.unknown"),
                           .text = words.text("operator.statements.unknown_text"),
                           .href = parts.renderer->site().path("/admin"),
                           .label = words.text("operator.refused.back")},
                          404);
}

awaitable<Response> show(const Parts& parts, const Request& request, const Actor& actor, Refused refused = {}) {
    const auto catalogue = parts.pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return co_await not_here(parts, request, actor);
    const auto now = parts.clock.now();
    std::optional<storage::StatementSource> source;
    const auto load = [&](storage::Transaction& tx) {
        source = storage::load_statement_source(tx, service->id);
        return storage::load_statements(tx, service->id, now - 30 * 24h, now + 1h);
    };
    auto said = co_await parts.database.read(load);

    const auto& words = parts.renderer->words();
    const auto heading = words.text("operator.statements.heading", {{"name", service->name}});
    Data view{Data::type::object};
    view.set("heading", heading);
    view.set("service_href", parts.renderer->site().service(service->slug));
    view.set("service_name", service->name);
    view.set("action", parts.renderer->site().path(path_of(*service)));
    view.set("may", actor.may(Role::operator_));
    set_source(view, source, words, now);
    set_refused(view, refused, words);
    view.set("has_rows", !said.empty());
    view.set("rows", rows_of(std::move(said), words, now));
    co_return operator_page(request, *parts.renderer, actor, {.title = heading, .here = "services"},
                            web::operator_templates::statements, view, refused.typed.empty() ? 200 : 422);
}

awaitable<Response> add(const Parts& parts, const Request& request, const Actor& actor) {
    const auto catalogue = parts.pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return co_await not_here(parts, request, actor);
    const auto now = parts.clock.now();
    Refused refused;
    const auto statement =
        read_statement(request, actor.audit_name(), now, parts.renderer->words(), refused.of_statement);
    if (!refused.of_statement.empty()) {
        refused.typed = read_form(request);
        co_return co_await show(parts, request, actor, std::move(refused));
    }
    const auto work = [&](storage::Transaction& tx) { write_down(tx, *service, statement, actor, now); };
    co_await parts.database.transact(work);
    co_return http::redirect(parts.renderer->site().path(path_of(*service)));
}

awaitable<Response> change_source(const Parts& parts, const Request& request, const Actor& actor) {
    const auto catalogue = parts.pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return co_await not_here(parts, request, actor);
    Refused refused;
    const auto address = read_source(request, parts.renderer->words(), refused.of_source);
    if (!refused.of_source.empty()) {
        refused.typed = read_form(request);
        co_return co_await show(parts, request, actor, std::move(refused));
    }
    const auto now = parts.clock.now();
    const auto work = [&](storage::Transaction& tx) { read_from(tx, *service, address, actor, now); };
    co_await parts.database.transact(work);
    co_return http::redirect(parts.renderer->site().path(path_of(*service)));
}

}  // namespace

std::vector<GuardedRoute> statement_pages(const Parts& parts) {
    const std::string address = "/admin/s/{slug}/statements";
    return {{Method::get,
             address,
             {Role::viewer, people_only},
             [parts](const Request& r, const Actor& a) { return show(parts, r, a); }},
            {Method::post,
             address,
             {Role::operator_, people_only},
             [parts](const Request& r, const Actor& a) { return add(parts, r, a); }},
            {Method::post,
             address + "/source",
             {Role::operator_, people_only},
             [parts](const Request& r, const Actor& a) { return change_source(parts, r, a); }}};
}

}  // namespace outcry::operators
