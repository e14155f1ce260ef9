// server/pages/sharing/feed_handlers.cpp: feeds, numbers as CSV, and what search engines and home screens ask
// for.
#include <algorithm>
#include <charconv>

#include "server/pages/csv.hpp"
#include "server/pages/gather.hpp"
#include "server/pages/respond.hpp"
#include "server/pages/sharing/feed.hpp"
#include "server/pages/sharing/sharing_handlers.hpp"
#include "server/pages/sharing/site_files.hpp"
#include "server/storage/incident_index.hpp"

namespace outcry::pages {
namespace {

using boost::asio::awaitable;
using storage::Transaction;

constexpr int feed_length = 50;
constexpr std::string_view xml_type = "application/xml; charset=utf-8";

http::Response nowhere(const Parts& parts, const http::Request& request) {
    return not_found(*parts.renderer, *parts.pulse.catalogue(), request, request.param("slug"));
}

Time founded(const live::Catalogue& catalogue, const storage::Service* service) {
    if (service) return service->created;
    Time first{};
    for (const auto& each : catalogue.services)
        if (first == Time{} || each.created < first) first = each.created;
    return first;
}

/// Of the whole site, or of the service that was asked for; nothing when there is no such service.
awaitable<std::optional<Feed>> feed_of(const Parts& parts, const http::Request& request) {
    const auto catalogue = parts.pulse.catalogue();
    const auto slug = request.param("slug");
    const auto* service = slug.empty() ? nullptr : catalogue->find(slug);
    if (!slug.empty() && !service) co_return std::nullopt;
    storage::IncidentFilter filter;
    filter.limit = feed_length;
    if (service) filter.service = service->id;
    const auto rows = co_await gather_incidents(parts, filter);
    co_return make_feed(service, rows, founded(*catalogue, service), parts.clock.now(),
                        renderer_for(parts, request));
}

http::Response csv(const http::Request& request, const std::string& name, std::string_view service,
                   const analytics::Columns& columns) {
    auto response = text(request, "text/csv; charset=utf-8; header=present", columns_csv(service, columns),
                         cached_by_others);
    response.set("content-disposition", "attachment; filename=\"" + name + ".csv\"");
    return for_others(std::move(response));
}

/// Everything but the incidents.
std::vector<SitemapEntry> fixed_entries(const live::Catalogue& catalogue) {
    std::vector<SitemapEntry> entries{{"/"}, {"/incidents"}, {"/about/method"}, {"/privacy"}, {"/developers"}};
    for (const auto& service : catalogue.services) entries.push_back({"/s/" + service.slug});
    return entries;
}

/// The `part`-th most_in_sitemap of all entries, the incidents after the rest.
awaitable<std::vector<SitemapEntry>> entries_of(const Parts& parts, std::size_t part) {
    auto entries = fixed_entries(*parts.pulse.catalogue());
    const auto fixed = entries.size(), first = part * most_in_sitemap;
    entries.erase(entries.begin(), entries.begin() + static_cast<long>(std::min(first, fixed)));
    if (entries.size() > most_in_sitemap) entries.resize(most_in_sitemap);
    const auto skip = first > fixed ? first - fixed : 0;
    const auto limit = static_cast<int>(most_in_sitemap - entries.size());
    const auto load = [&](Transaction& tx) { return storage::load_incident_index(tx, skip, limit); };
    const auto incidents = co_await parts.database.read(load);
    for (const auto& incident : incidents) entries.push_back({"/i/" + incident.id, incident.changed});
    co_return entries;
}

}  // namespace

Answer get_atom_feed(const Parts& parts, const http::Request& request) {
    const auto feed = co_await feed_of(parts, request);
    if (!feed) co_return nowhere(parts, request);
    co_return for_others(text(request, "application/atom+xml; charset=utf-8",
                              write_atom(*feed, parts.renderer->words()), cached_by_others));
}

Answer get_json_feed(const Parts& parts, const http::Request& request) {
    const auto feed = co_await feed_of(parts, request);
    if (!feed) co_return nowhere(parts, request);
    co_return for_others(text(request, "application/feed+json; charset=utf-8",
                              write_json_feed(*feed, parts.renderer->words()), cached_by_others));
}

Answer get_service_csv(const Parts& parts, const http::Request& request) {
    if (auto refused = refuse_look(request)) co_return std::move(*refused);
    const auto catalogue = parts.pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return nowhere(parts, request);
    const auto range = find_range(request.query_value("range").value_or(""));
    const auto view = co_await look_at_service(parts, *catalogue, *service, range);
    co_return csv(request, service->slug, service->name, view.columns);
}

Answer get_incident_csv(const Parts& parts, const http::Request& request) {
    const auto catalogue = parts.pulse.catalogue();
    const std::string id{request.param("id")};
    const auto view = co_await gather_incident(parts, *catalogue, id);
    if (!view) co_return nowhere(parts, request);
    co_return csv(request, view->row.slug + "-" + Words::stamp(view->row.record.incident.opened).substr(0, 10),
                  view->row.name, view->columns);
}

Answer get_sitemap(const Parts& parts, const http::Request& request) {
    const auto site = renderer_for(parts, request).site();
    const auto count = [](Transaction& tx) { return storage::count_incidents(tx); };
    const auto incidents = co_await parts.database.read(count);
    const auto all = fixed_entries(*parts.pulse.catalogue()).size() + incidents;
    if (all > most_in_sitemap)
        co_return text(request, std::string(xml_type),
                       write_sitemap_index((all + most_in_sitemap - 1) / most_in_sitemap, site),
                       cached_by_others);
    const auto entries = co_await entries_of(parts, 0);
    co_return text(request, std::string(xml_type), write_sitemap(entries, site), cached_by_others);
}

Answer get_sitemap_part(const Parts& parts, const http::Request& request) {
    constexpr std::size_t most_parts = 10'000;
    const auto asked = request.param("part");
    std::size_t part = 0;
    const auto [end, error] = std::from_chars(asked.data(), asked.data() + asked.size(), part);
    if (error != std::errc{} || end != asked.data() + asked.size() || part < 1 || part > most_parts)
        co_return nowhere(parts, request);
    const auto entries = co_await entries_of(parts, part - 1);
    if (entries.empty()) co_return nowhere(parts, request);
    co_return text(request, std::string(xml_type), write_sitemap(entries, renderer_for(parts, request).site()),
                   cached_by_others);
}

Answer get_robots(const Parts& parts, const http::Request& request) {
    co_return text(request, "text/plain; charset=utf-8", robots_text(renderer_for(parts, request).site()),
                   cached_by_others);
}

Answer get_manifest(const Parts& parts, const http::Request& request) {
    co_return text(request, "application/manifest+json", web_manifest(*parts.renderer), cached_by_others);
}

}  // namespace outcry::pages
