// server/operator/page.cpp: see the header.
#include "server/operator/page.hpp"

#include <array>

#include "server/pages/respond.hpp"
#include "web_operator_templates.hpp"

namespace outcry::operators {
namespace {

using pages::Data;

/// The navigation: what there is, for whom; its words are operator.nav.{key}.
struct Place {
    std::string_view key, path;
    Role least;
};
constexpr std::array<Place, 8> places{{
    {"console", "/admin", Role::viewer},
    {"services", "/admin/services", Role::viewer},
    {"tune", "/admin/tune", Role::viewer},
    {"notifications", "/admin/notifications", Role::viewer},
    {"quiet", "/admin/quiet", Role::viewer},
    {"audit", "/admin/audit", Role::viewer},
    {"users", "/admin/users", Role::admin},
    {"tokens", "/admin/tokens", Role::admin},
}};

kainjow::mustache::list navigation(const pages::Renderer& renderer, const Actor& actor, std::string_view here) {
    kainjow::mustache::list items;
    for (const auto& [key, path, least] : places) {
        if (!actor.may(least)) continue;
        Data item{Data::type::object};
        item.set("href", renderer.site().path(path));
        item.set("label", renderer.words().text("operator.nav." + std::string(key)));
        item.set("here", key == here);
        items.push_back(std::move(item));
    }
    return items;
}

}  // namespace

http::Response operator_page(const http::Request& request, const pages::Renderer& renderer, const Actor& actor,
                             const Sheet& sheet, std::string_view body_template, Data& view, unsigned status) {
    Data outer{Data::type::object};
    outer.set("title", renderer.words().text("operator.title", {{"page", sheet.title}}));
    outer.set("styles", renderer.site().asset(sheet.styles));
    if (!actor.name.empty()) {
        outer.set("user", actor.name);
        outer.set("csrf", actor.csrf);
        outer.set("places", navigation(renderer, actor, sheet.here));
    }
    view.set("csrf", actor.csrf);
    auto page = renderer.page_in(web::operator_templates::layout, outer, body_template, view);
    return pages::html(request, std::move(page), pages::never_stored, status);
}

http::Response notice_page(const http::Request& request, const pages::Renderer& renderer, const Actor& actor,
                           const Notice& notice, unsigned status) {
    Data view{Data::type::object};
    view.set("heading", notice.heading);
    view.set("text", notice.text);
    if (!notice.command.empty()) view.set("command", notice.command);
    if (!notice.href.empty()) {
        view.set("href", notice.href);
        view.set("label", notice.label);
    }
    return operator_page(request, renderer, actor, {.title = notice.heading}, web::operator_templates::notice,
                         view, status);
}

}  // namespace outcry::operators
