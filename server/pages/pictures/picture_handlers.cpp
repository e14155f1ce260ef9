// server/pages/pictures/picture_handlers.cpp: charts, previews, badges and icons.
#include <algorithm>

#include "server/http/problem.hpp"
#include "server/pages/gather.hpp"
#include "server/pages/pictures/badge.hpp"
#include "server/pages/pictures/chart_picture.hpp"
#include "server/pages/pictures/preview_picture.hpp"
#include "server/pages/respond.hpp"
#include "server/pages/service_chart.hpp"
#include "server/pages/service_page.hpp"
#include "server/pages/sharing/sharing_handlers.hpp"
#include "server/pages/sharing/site_files.hpp"

namespace outcry::pages {
namespace {

using analytics::State;
using boost::asio::awaitable;

constexpr std::string_view svg_type = "image/svg+xml; charset=utf-8";
constexpr std::string_view cached_for_a_day = "public, max-age=86400";

/// A picture that is ready to be sent or painted; without a document when there is nothing to draw.
struct Picture {
    std::string svg{}, policy{};
    bool whole = true;  // false: something could not be asked, so it must not be kept
    std::string_view caching() const { return whole ? cached_by_others : never_stored; }
};

const Palette& palette_of(const http::Request& request) {
    return request.query_value("theme") == "dark" ? dark_palette : light_palette;
}

Answer sent(const http::Request& request, Picture picture) {
    auto response = text(request, std::string(svg_type), std::move(picture.svg), picture.caching());
    if (!picture.policy.empty()) response.set("content-security-policy", std::move(picture.policy));
    co_return for_others(std::move(response));
}

Answer painted(const Parts& parts, Picture picture, int width, int height) {
    const auto png = co_await parts.painter.paint(std::move(picture.svg), width, height);
    if (!png) {
        auto busy = http::problem(503, "unavailable", "Too many pictures are being drawn",
                                  "The same request will do in a few seconds.");
        busy.set("retry-after", "2");
        co_return busy;
    }
    http::Response response;
    response.set("content-type", "image/png");
    response.set("cache-control", std::string(picture.caching()));
    response.body = png;
    co_return for_others(std::move(response));
}

awaitable<std::optional<Picture>> service_chart_of(const Parts& parts, const http::Request& request) {
    const auto catalogue = parts.pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return std::nullopt;
    const auto range = find_range(request.query_value("range").value_or(""));
    const auto gathered = co_await gather_service(parts, *catalogue, *service, range);
    const auto renderer = renderer_for(parts, request);
    const auto& palette = palette_of(request);
    co_return Picture{
        draw_chart_picture(caption_of(gathered.view, renderer.words()),
                           service_chart(gathered.view, renderer.words()),
                           renderer.site().page_address("/s/" + service->slug), palette, renderer.words()),
        chart_picture_policy(palette), gathered.whole};
}

awaitable<std::optional<Picture>> incident_chart_of(const Parts& parts, const http::Request& request) {
    const auto catalogue = parts.pulse.catalogue();
    const std::string id{request.param("id")};
    const auto view = co_await gather_incident(parts, *catalogue, id);
    if (!view) co_return std::nullopt;
    const auto renderer = renderer_for(parts, request);
    const auto& palette = palette_of(request);
    co_return Picture{draw_chart_picture(caption_of(view->row, renderer.words(), view->now),
                                         incident_chart(*view, renderer.words()),
                                         renderer.site().page_address("/i/" + id), palette, renderer.words()),
                      chart_picture_policy(palette)};
}

http::Response nowhere(const Parts& parts, const http::Request& request) {
    return not_found(*parts.renderer, *parts.pulse.catalogue(), request, request.param("slug"));
}

/// Of the service that was asked for; nothing when there is none.
awaitable<std::optional<Badge>> badge_of(const Parts& parts, const http::Request& request) {
    const auto catalogue = parts.pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return std::nullopt;
    const auto look = [&](const analytics::Board& board) {
        return make_brief(*service, board.standing(service->id),
                          catalogue->work.under_way(*service, board.complete_until()));
    };
    const auto brief = co_await parts.pulse.read(look);
    const auto by_reports = brief.verdict.state;
    Badge badge{service->name, brief.state()};
    if (brief.work && is_elevated(by_reports)) badge.also = std::string(analytics::to_string(by_reports));
    co_return badge;
}

using ChartOf = awaitable<std::optional<Picture>>(const Parts&, const http::Request&);

Answer chart_as_svg(const Parts& parts, const http::Request& request, ChartOf& chart_of) {
    if (auto refused = refuse_look(request)) co_return std::move(*refused);
    auto picture = co_await chart_of(parts, request);
    if (!picture) co_return nowhere(parts, request);
    co_return co_await sent(request, std::move(*picture));
}

Answer chart_as_png(const Parts& parts, const http::Request& request, ChartOf& chart_of) {
    if (auto refused = refuse_look(request)) co_return std::move(*refused);
    auto picture = co_await chart_of(parts, request);
    if (!picture) co_return nowhere(parts, request);
    co_return co_await painted(parts, std::move(*picture), 2 * chart_size.width, 2 * chart_size.height);
}

}  // namespace

std::optional<http::Response> refuse_look(const http::Request& request) {
    std::vector<http::FieldError> errors;
    const auto range = request.query_value("range");
    if (range && !find_range(*range)) {
        std::string known;
        for (const auto& each : all_ranges()) known += (known.empty() ? "" : ", ") + std::string(each.name);
        errors.push_back({"?range", "Take one of " + known + "."});
    }
    const auto theme = request.query_value("theme");
    if (theme && theme != "light" && theme != "dark") errors.push_back({"?theme", "Take light or dark."});
    if (errors.empty()) return std::nullopt;
    return for_others(http::problem(400, "validation", "The address asks for something that is not drawn", "",
                                    std::move(errors)));
}

Answer get_service_chart_svg(const Parts& parts, const http::Request& request) {
    co_return co_await chart_as_svg(parts, request, service_chart_of);
}

Answer get_service_chart_png(const Parts& parts, const http::Request& request) {
    co_return co_await chart_as_png(parts, request, service_chart_of);
}

Answer get_service_preview(const Parts& parts, const http::Request& request) {
    const auto catalogue = parts.pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return nowhere(parts, request);
    const auto view = co_await look_at_service(parts, *catalogue, *service, find_range("6h"));
    const auto& words = parts.renderer->words();
    const bool band = view.verdict.state != State::insufficient_data;
    Picture picture{draw_preview(caption_of(view, words), preview_curve(view.columns, band), words)};
    co_return co_await painted(parts, std::move(picture), preview_size.width, preview_size.height);
}

Answer get_incident_chart_svg(const Parts& parts, const http::Request& request) {
    co_return co_await chart_as_svg(parts, request, incident_chart_of);
}

Answer get_incident_chart_png(const Parts& parts, const http::Request& request) {
    co_return co_await chart_as_png(parts, request, incident_chart_of);
}

Answer get_incident_preview(const Parts& parts, const http::Request& request) {
    const auto catalogue = parts.pulse.catalogue();
    const std::string id{request.param("id")};
    const auto view = co_await gather_incident(parts, *catalogue, id);
    if (!view) co_return nowhere(parts, request);
    const auto& words = parts.renderer->words();
    Picture picture{
        draw_preview(caption_of(view->row, words, view->now), preview_curve(view->columns, true), words)};
    co_return co_await painted(parts, std::move(picture), preview_size.width, preview_size.height);
}

Answer get_badge_svg(const Parts& parts, const http::Request& request) {
    const auto badge = co_await badge_of(parts, request);
    if (!badge) co_return nowhere(parts, request);
    Picture picture{draw_badge(*badge, parts.renderer->words())};
    co_return co_await sent(request, std::move(picture));
}

Answer get_badge_json(const Parts& parts, const http::Request& request) {
    const auto badge = co_await badge_of(parts, request);
    if (!badge) co_return nowhere(parts, request);
    co_return for_others(
        text(request, "application/json", badge_json(*badge, parts.renderer->words()), cached_by_others));
}

Answer get_icon(const Parts& parts, const http::Request&, int size, bool square) {
    Picture picture{icon_svg(square)};
    auto response = co_await painted(parts, std::move(picture), size, size);
    if (response.status == 200) response.set("cache-control", std::string(cached_for_a_day));
    co_return response;
}

Answer get_favicon(const Parts& parts, const http::Request& request) {
    constexpr int size = 48;
    auto response = co_await get_icon(parts, request, size, false);
    if (response.status != 200) co_return response;
    response.set("content-type", "image/x-icon");
    response.body = std::make_shared<const std::string>(as_ico(*response.body, size));
    co_return response;
}

}  // namespace outcry::pages
