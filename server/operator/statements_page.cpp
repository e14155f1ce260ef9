// server/operator/statements_page.cpp: one page, two forms, no script.
#include "server/operator/statements_page.hpp"

#include "server/operator/form.hpp"
#include "server/operator/page.hpp"
#include "server/operator/statement_draft.hpp"
#include "server/operator/statements.hpp"
#include "server/operator/token.hpp"
#include "web_templates.hpp"

namespace outcry::operators {

using boost::asio::awaitable;
using http::Method;
using http::Request;
using http::Response;
using pages::Data;

namespace {

using namespace std::chrono_literals;

/// What was typed, given back with what is wrong about it.
struct Typed {
    StatementDraft draft;
    std::string source;
    std::vector<Wrong> wrong;
};

std::string path_of(const storage::Service& service) {
    return "/admin/s/" + service.slug + "/statements";
}

void set_wrong(Data& view, const std::vector<Wrong>& wrong, const pages::Words& words) {
    for (const auto& [field, why] : wrong)
        view.set(field + "_wrong", words.text("operator.statements.wrong." + why));
}

kainjow::mustache::list statuses(const std::string& chosen, const pages::Words& words) {
    kainjow::mustache::list list;
    for (const std::string key : {"investigating", "identified", "monitoring", "resolved", "other"}) {
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

awaitable<Response> not_here(const Parts& parts, const Request& request, const Actor& actor) {
    const auto& words = parts.renderer->words();
    co_return notice_page(request, *parts.renderer, actor,
                          {.heading = words.text("operator.statements.unknown"),
                           .text = words.text("operator.statements.unknown_text"),
                           .href = parts.renderer->site().path("/admin"),
                           .label = words.text("operator.refused.back")},
                          404);
}

awaitable<Response> show(const Parts& parts, const Request& request, const Actor& actor, Typed typed = {}) {
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
    if (!typed.source.empty()) view.set("source", typed.source);
    view.set("statuses", statuses(typed.draft.status, words));
    view.set("text", typed.draft.text);
    view.set("address", typed.draft.address);
    view.set("at", typed.draft.at);
    set_wrong(view, typed.wrong, words);
    view.set("has_rows", !said.empty());
    view.set("rows", rows_of(std::move(said), words, now));
    co_return operator_page(request, *parts.renderer, actor, {.title = heading, .here = "services"},
                            web::templates::operator_statements, view, typed.wrong.empty() ? 200 : 422);
}

awaitable<Response> add(const Parts& parts, const Request& request, const Actor& actor) {
    const auto catalogue = parts.pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return co_await not_here(parts, request, actor);
    const auto form = read_form(request);
    Typed typed;
    typed.draft = {.status = trimmed(form, "status"),
                   .text = trimmed(form, "text"),
                   .address = trimmed(form, "address"),
                   .at = trimmed(form, "at")};
    const auto now = parts.clock.now();
    const auto statement = check_statement(typed.draft, actor.audit_name(), now, typed.wrong);
    if (!typed.wrong.empty()) co_return co_await show(parts, request, actor, std::move(typed));
    const auto work = [&](storage::Transaction& tx) { write_down(tx, *service, statement, actor, now); };
    co_await parts.database.transact(work);
    co_return http::redirect(parts.renderer->site().path(path_of(*service)));
}

awaitable<Response> change_source(const Parts& parts, const Request& request, const Actor& actor) {
    const auto catalogue = parts.pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return co_await not_here(parts, request, actor);
    Typed typed;
    typed.source = trimmed(read_form(request), "source");
    if (auto why = check_source_address(typed.source); !why.empty()) {
        typed.wrong.push_back({"source", std::move(why)});
        co_return co_await show(parts, request, actor, std::move(typed));
    }
    const auto now = parts.clock.now();
    const auto work = [&](storage::Transaction& tx) { read_from(tx, *service, typed.source, actor, now); };
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
