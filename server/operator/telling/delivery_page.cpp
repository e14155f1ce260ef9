// server/operator/telling/delivery_page.cpp: one message: what was sent, what was answered, and sending it
// again.
#include "server/operator/page.hpp"
#include "server/operator/telling/addresses.hpp"
#include "server/operator/telling/notification_api.hpp"
#include "server/operator/telling/notification_json.hpp"
#include "server/operator/telling/notification_pages.hpp"
#include "server/operator/telling/notification_view.hpp"
#include "server/operator/telling/target_changes.hpp"
#include "web_operator_templates.hpp"

namespace outcry::operators {

using boost::asio::awaitable;
using http::Method;
using http::Request;
using http::Response;
using pages::Data;
using storage::Transaction;

namespace {

Rows try_rows(const std::vector<storage::Attempt>& attempts, const pages::Words& words, Time now) {
    Rows rows;
    for (auto one = attempts.rbegin(); one != attempts.rend(); ++one) {
        Data row{Data::type::object};
        row.set("number", std::to_string(one->number));
        row.set("at", words.when(one->at, now).html);
        row.set("outcome", one->trouble.empty() ? words.text("operator.deliveries.status",
                                                             {{"status", std::to_string(one->status)},
                                                              {"ms", std::to_string(one->took.count())}})
                                                : answer_of(one->status, one->trouble, words));
        if (!one->detail.empty()) row.set("cause", readable(one->detail));
        if (!one->request.empty()) row.set("request", readable(one->request));
        if (!one->answer.empty()) row.set("answer", readable(one->answer));
        row.set("cut", one->cut);
        rows.push_back(std::move(row));
    }
    return rows;
}

awaitable<Response> show(const Parts& parts, const Request& request, const Actor& actor) {
    const auto& words = parts.renderer->words();
    const auto& site = parts.renderer->site();
    const auto id = id_of(request);
    std::vector<storage::Attempt> attempts;
    bool has_target = false;  // it may have been removed since
    const auto load = [&](Transaction& tx) {
        attempts = storage::load_attempts(tx, id);
        auto found = storage::load_deliveries(tx, {.id = id, .limit = 1});
        has_target = !found.empty() && storage::load_target(tx, found[0].target);
        return found;
    };
    const auto found = co_await parts.database.read(load);
    if (found.empty())
        co_return notice_page(request, *parts.renderer, actor,
                              {.heading = words.text("operator.deliveries.unknown"),
                               .text = words.text("operator.deliveries.unknown_text"),
                               .href = site.path(notifications_home),
                               .label = words.text("operator.targets.title")},
                              404);
    const auto& delivery = found[0];
    const auto now = parts.clock.now();
    const auto standing = standing_of(delivery, words, now);
    Data view{Data::type::object};
    const auto kind = kind_of(delivery.news, words);
    const auto heading =
        delivery.service_name.empty()
            ? kind
            : words.text("operator.deliveries.heading", {{"kind", kind}, {"service", delivery.service_name}});
    view.set("heading", heading);
    view.set("href", site.path(delivery_path(id)));
    view.set("state", standing.text);
    view.set("bad", standing.bad);
    view.set("message", delivery.news.id);
    view.set("target", delivery.target_name);
    if (has_target) view.set("target_href", site.path(target_path(delivery.target)));
    view.set("made", words.when(delivery.made, now).html);
    set_about(view, delivery, site);
    if (!delivery.body.empty()) view.set("body", readable(delivery.body));
    view.set("has_tries", !attempts.empty());
    view.set("tries", try_rows(attempts, words, now));
    view.set("may", actor.may(Role::operator_));
    co_return operator_page(request, *parts.renderer, actor, {.title = heading, .here = "notifications"},
                            web::operator_templates::delivery, view);
}

awaitable<Response> again(const Parts& parts, const Request& request, const Actor& actor) {
    const auto id = id_of(request);
    const auto work = [&](Transaction& tx) { redeliver(tx, id, actor, parts.clock.now()); };
    co_await parts.database.transact(work);
    co_return http::redirect(parts.renderer->site().path(delivery_path(id)));
}

}  // namespace

std::vector<GuardedRoute> delivery_pages(const Parts& parts) {
    return {{Method::get,
             notifications_home + "/deliveries/{id}",
             {Role::viewer, people_only},
             [parts](const Request& r, const Actor& a) { return show(parts, r, a); }},
            {Method::post,
             notifications_home + "/deliveries/{id}/redeliver",
             {Role::operator_, people_only},
             [parts](const Request& r, const Actor& a) { return again(parts, r, a); }}};
}

}  // namespace outcry::operators
