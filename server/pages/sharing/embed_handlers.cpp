// server/pages/sharing/embed_handlers.cpp: cards for other sites, the page that offers them, and oEmbed.
#include <charconv>

#include "server/http/problem.hpp"
#include "server/pages/gather.hpp"
#include "server/pages/respond.hpp"
#include "server/pages/sharing/embed_page.hpp"
#include "server/pages/sharing/oembed.hpp"
#include "server/pages/sharing/share_page.hpp"
#include "server/pages/sharing/sharing_handlers.hpp"

namespace outcry::pages {
namespace {

using boost::asio::awaitable;

/// What is shown elsewhere of the service or the incident at `path`.
struct Shown {
    Card card;
    std::string version;  // of its preview
    std::string title;    // what its page is called
};

awaitable<std::optional<Shown>> show_service(const Parts& parts, std::string_view slug) {
    const auto catalogue = parts.pulse.catalogue();
    const auto* service = catalogue->find(slug);
    if (!service) co_return std::nullopt;
    const auto view = co_await look_at_service(parts, *catalogue, *service, find_range("6h"));
    const auto& words = parts.renderer->words();
    const bool band = view.verdict.state != analytics::State::insufficient_data;
    Shown shown{.card = {caption_of(view, words), preview_curve(view.columns, band), "/s/" + service->slug,
                         Time{view.counted_until}},
                .version = {},
                .title = {}};
    shown.version = preview_version(shown.card.caption.state, shown.card.at);
    shown.title = words.text("service.title." + shown.card.caption.state, {{"name", view.name}});
    co_return shown;
}

awaitable<std::optional<Shown>> show_incident(const Parts& parts, std::string_view asked) {
    const std::string id{asked};
    const auto catalogue = parts.pulse.catalogue();
    const auto view = co_await gather_incident(parts, *catalogue, id);
    if (!view) co_return std::nullopt;
    const auto& words = parts.renderer->words();
    const auto& incident = view->row.record.incident;
    const bool over = incident.phase == analytics::Phase::closed;
    Shown shown{.card = {caption_of(view->row, words, view->now), preview_curve(view->columns, true),
                         "/i/" + id, over ? Time{incident.closed} : view->now},
                .version = {},
                .title = {}};
    shown.version = preview_version(over ? "closed" : "open", shown.card.at);
    shown.title =
        words.text("incident.heading", {{"name", view->row.name}, {"day", words.day(incident.opened)}});
    co_return shown;
}

http::Response nowhere(const Parts& parts, const http::Request& request) {
    return not_found(*parts.renderer, *parts.pulse.catalogue(), request, request.param("slug"));
}

http::Response card(const Parts& parts, const http::Request& request, std::optional<Shown> shown) {
    if (auto refused = refuse_look(request)) return std::move(*refused);
    if (!shown) return nowhere(parts, request);
    shown->card.theme = std::string(request.query_value("theme").value_or(""));
    auto response = html(request, render_embed(shown->card, renderer_for(parts, request)), cached_by_others);
    response.set("content-security-policy", embed_policy);
    return response;
}

http::Response offer(const Parts& parts, const http::Request& request, const std::optional<Shown>& shown,
                     bool is_service) {
    if (!shown) return nowhere(parts, request);
    return html(request,
                render_share(shown->card.caption, shown->card.path, is_service, shown->version,
                             renderer_for(parts, request)),
                cached);
}

/// A whole number of pixels; 0 when nothing was said, nothing when it cannot be read.
std::optional<int> pixels(const http::Request& request, std::string_view name) {
    const auto given = request.query_value(name);
    if (!given) return 0;
    int value = 0;
    const auto [end, error] = std::from_chars(given->data(), given->data() + given->size(), value);
    if (error != std::errc{} || end != given->data() + given->size() || value < 1) return std::nullopt;
    return value;
}

http::Response refused(unsigned status, std::string title, std::vector<http::FieldError> errors) {
    return for_others(http::problem(status, status == 404 ? "not-found" : "validation", std::move(title), "",
                                    std::move(errors)));
}

}  // namespace

Answer get_service_embed(const Parts& parts, const http::Request& request) {
    auto shown = co_await show_service(parts, request.param("slug"));
    co_return card(parts, request, std::move(shown));
}

Answer get_incident_embed(const Parts& parts, const http::Request& request) {
    auto shown = co_await show_incident(parts, request.param("id"));
    co_return card(parts, request, std::move(shown));
}

Answer get_service_share(const Parts& parts, const http::Request& request) {
    const auto shown = co_await show_service(parts, request.param("slug"));
    co_return offer(parts, request, shown, true);
}

Answer get_incident_share(const Parts& parts, const http::Request& request) {
    const auto shown = co_await show_incident(parts, request.param("id"));
    co_return offer(parts, request, shown, false);
}

Answer get_oembed(const Parts& parts, const http::Request& request) {
    const auto format = request.query_value("format").value_or("json");
    if (format != "json")
        co_return refused(501, "Only JSON is written here", {{"?format", "Take json, or leave it out."}});
    const auto address = request.query_value("url");
    if (!address)
        co_return refused(400, "Which page?",
                          {{"?url", "Give the address of a service or an incident of this site."}});
    const auto width = pixels(request, "maxwidth"), height = pixels(request, "maxheight");
    if (!width || !height)
        co_return refused(400, "The size cannot be read",
                          {{!width ? "?maxwidth" : "?maxheight", "Give a whole number of pixels, 1 or more."}});
    const auto renderer = renderer_for(parts, request);
    const auto path = quotable_path(*address, renderer.site());
    std::optional<Shown> shown;
    const auto name = path ? std::string_view(*path).substr(3) : std::string_view{};
    if (path && path->starts_with("/s/")) shown = co_await show_service(parts, name);
    if (path && path->starts_with("/i/")) shown = co_await show_incident(parts, name);
    if (!shown)
        co_return refused(404, "Nothing here can be shown elsewhere",
                          {{"?url", "Give the address of a service or an incident of this site."}});
    co_return for_others(text(request, "application/json",
                              oembed_json(shown->card.caption.name, shown->title, shown->card.path,
                                          shown->version, {*width, *height}, renderer),
                              cached_by_others));
}

}  // namespace outcry::pages
