// server/operator/telling/quiet_pages.cpp: maintenance announced, silences kept, both with an end.
#include "server/operator/moment.hpp"
#include "server/operator/page.hpp"
#include "server/operator/telling/notification_api.hpp"
#include "server/operator/telling/notification_pages.hpp"
#include "server/operator/telling/notification_view.hpp"
#include "server/operator/telling/quiet_changes.hpp"
#include "web_operator_templates.hpp"

namespace outcry::operators {

using boost::asio::awaitable;
using http::Method;
using http::Request;
using http::Response;
using pages::Data;
using storage::Transaction;

namespace {

const std::string home = "/admin/quiet";

struct Typed {
    Input work, silence;
    Flaws work_flaws, silence_flaws;
};

void set_flaws(Data& view, const std::string& prefix, const Flaws& flaws) {
    for (const auto* field : {"service", "starts", "ends", "title", "minutes", "reason"})
        if (auto sentence = flaw_of(flaws, field); !sentence.empty())
            view.set(prefix + field + "_wrong", std::move(sentence));
}

Rows window_rows(const std::vector<storage::Maintenance>& windows, const live::Catalogue& catalogue,
                 const pages::Renderer& renderer, Time now) {
    Rows rows;
    for (const auto& window : windows) {
        Data row{Data::type::object};
        const auto* service = catalogue.find(window.service);
        row.set("id", std::to_string(window.id));
        row.set("href", renderer.site().service(service ? service->slug : ""));
        row.set("service", service ? service->name : std::string{});
        row.set("work", window.title);
        row.set("starts", renderer.words().when(window.starts, now).html);
        row.set("ends", renderer.words().when(window.ends, now).html);
        row.set("by", window.by_whom);
        row.set("running", window.starts <= now);
        rows.push_back(std::move(row));
    }
    return rows;
}

Rows silence_rows(const std::vector<storage::Silence>& silences, const live::Catalogue& catalogue,
                  const pages::Words& words, Time now) {
    Rows rows;
    for (const auto& silence : silences) {
        Data row{Data::type::object};
        const auto* service = silence.service ? catalogue.find(*silence.service) : nullptr;
        row.set("id", std::to_string(silence.id));
        row.set("of", service                  ? service->name
                      : !silence.group.empty() ? silence.group
                                               : words.text("operator.quiet.all"));
        row.set("reason", silence.reason);
        row.set("ends", words.when(silence.ends, now).html);
        row.set("by", silence.by_whom);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<Choice> spans(const pages::Words& words) {
    std::vector<Choice> all;
    for (const long minutes : {30, 60, 240, 480, 1440, 4320, 10080})
        all.push_back({std::to_string(minutes), words.duration(std::chrono::minutes{minutes})});
    return all;
}

awaitable<Response> show(const Parts& parts, const Request& request, const Actor& actor, Typed typed) {
    const auto now = parts.clock.now();
    std::vector<storage::Maintenance> windows;
    std::vector<storage::Silence> silences;
    const auto load = [&](Transaction& tx) {
        windows = storage::load_maintenances(tx, now);
        silences = storage::load_silences(tx, now);
    };
    co_await parts.database.read(load);
    const auto catalogue = parts.pulse.catalogue();
    const auto& words = parts.renderer->words();
    Data view{Data::type::object};
    view.set("may", actor.may(Role::operator_));
    view.set("has_windows", !windows.empty());
    view.set("windows", window_rows(windows, *catalogue, *parts.renderer, now));
    view.set("has_silences", !silences.empty());
    view.set("silences", silence_rows(silences, *catalogue, words, now));
    view.set("m_services", choices(services_of(*catalogue), typed.work.text("service")));
    for (const std::string field : {"starts", "ends", "title"}) view.set("m_" + field, typed.work.text(field));
    if (!typed.work.has("starts")) view.set("m_starts", moment_text(now));
    view.set("s_services", choices(services_of(*catalogue), typed.silence.text("service")));
    view.set("s_spans", choices(spans(words), typed.silence.text("minutes")));
    view.set("s_reason", typed.silence.text("reason"));
    set_flaws(view, "m_", typed.work_flaws);
    set_flaws(view, "s_", typed.silence_flaws);
    const bool well = typed.work_flaws.empty() && typed.silence_flaws.empty();
    co_return operator_page(request, *parts.renderer, actor,
                            {.title = words.text("operator.quiet.title"), .here = "quiet"},
                            web::operator_templates::quiet, view, well ? 200 : 422);
}

awaitable<Response> announce(const Parts& parts, const Request& request, const Actor& actor) {
    Typed typed;
    const auto catalogue = parts.pulse.catalogue();
    const auto& words = parts.renderer->words();
    const auto now = parts.clock.now();
    auto& flaws = typed.work_flaws;
    typed.work = Input::read(request, maintenance_fields, flaws);
    const auto window = read_maintenance(typed.work, *catalogue, words, now, flaws);
    const auto work = [&](Transaction& tx) { add_maintenance(tx, window, actor, words, now, flaws); };
    if (flaws.empty()) co_await parts.database.transact(work);
    if (!flaws.empty()) co_return co_await show(parts, request, actor, std::move(typed));
    co_return http::redirect(parts.renderer->site().path(home));
}

awaitable<Response> silence(const Parts& parts, const Request& request, const Actor& actor) {
    Typed typed;
    const auto catalogue = parts.pulse.catalogue();
    const auto now = parts.clock.now();
    auto& flaws = typed.silence_flaws;
    typed.silence = Input::read(request, silence_fields, flaws);
    const auto wanted = read_silence(typed.silence, *catalogue, parts.renderer->words(), now, flaws);
    if (!flaws.empty()) co_return co_await show(parts, request, actor, std::move(typed));
    const auto work = [&](Transaction& tx) { add_silence(tx, wanted, actor, now); };
    co_await parts.database.transact(work);
    co_return http::redirect(parts.renderer->site().path(home));
}

template <class End>
awaitable<Response> end(const Parts& parts, const Request& request, const Actor& actor, End finish) {
    const auto work = [&](Transaction& tx) {
        finish(tx, static_cast<std::int32_t>(id_of(request)), actor, parts.clock.now());
    };
    co_await parts.database.transact(work);
    co_return http::redirect(parts.renderer->site().path(home));
}

}  // namespace

std::vector<GuardedRoute> quiet_pages(const Parts& parts) {
    const Rule see{Role::viewer, people_only}, act{Role::operator_, people_only};
    return {
        {Method::get, home, see, [parts](const Request& r, const Actor& a) { return show(parts, r, a, {}); }},
        {Method::post, home + "/maintenances", act,
         [parts](const Request& r, const Actor& a) { return announce(parts, r, a); }},
        {Method::post, home + "/maintenances/{id}/end", act,
         [parts](const Request& r, const Actor& a) { return end(parts, r, a, end_maintenance); }},
        {Method::post, home + "/silences", act,
         [parts](const Request& r, const Actor& a) { return silence(parts, r, a); }},
        {Method::post, home + "/silences/{id}/end", act,
         [parts](const Request& r, const Actor& a) { return end(parts, r, a, end_silence); }}};
}

}  // namespace outcry::operators
