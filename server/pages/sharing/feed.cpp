// server/pages/sharing/feed.cpp: see the header.
#include "server/pages/sharing/feed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/pages/pictures/caption.hpp"
#include "server/pages/xml.hpp"

namespace outcry::pages {
namespace {

Feed::Entry entry_of(const IncidentRow& row, Time now, const Renderer& renderer) {
    const auto& words = renderer.words();
    const auto& incident = row.record.incident;
    const bool over = incident.phase == analytics::Phase::closed;
    Time changed{over ? incident.closed : std::max(incident.opened, incident.peak_at)};
    auto title = words.text("incident.heading", {{"name", row.name}, {"day", words.day(incident.opened)}});
    auto sentence = caption_of(row, words, now).sentence(words);
    if (const auto& merged = row.record.merged) {
        changed = std::max(changed, merged->at);
        title = words.text("feed.part_of", {{"title", title}, {"name", merged->name}});
    }
    for (const auto& part : row.parts) changed = std::max(changed, part.merged->at);
    if (!row.parts.empty())
        sentence += ' ' + words.text("incidents.with", {{"names", names_of(row.parts)}}) + '.';
    return {.id = "urn:uuid:" + row.record.id,
            .address = renderer.site().page_address("/i/" + row.record.id),
            .title = std::move(title),
            .sentence = std::move(sentence),
            .published = incident.opened,
            .updated = changed};
}

std::string element(std::string_view name, std::string_view text) {
    return fmt::format("<{0}>{1}</{0}>\n", name, escape_xml(text));
}

std::string link(std::string_view relation, std::string_view type, std::string_view address) {
    return fmt::format("<link rel=\"{}\" type=\"{}\" href=\"{}\"/>\n", relation, type, escape_xml(address));
}

}  // namespace

Feed make_feed(const storage::Service* service, const std::vector<IncidentRow>& rows, Time founded, Time now,
               const Renderer& renderer) {
    const auto& words = renderer.words();
    const auto& site = renderer.site();
    const std::string below = service ? "/s/" + service->slug : "";
    Feed feed{
        .title = service ? words.text("feed.title", {{"name", service->name}}) : words.text("feed.title_all"),
        .subtitle = words.text("feed.subtitle"),
        .language = words.text("meta.language"),
        .atom = site.page_address(below + "/feed.atom"),
        .json = site.page_address(below + "/feed.json"),
        .home = site.page_address(service ? below : "/"),
        .icon = site.address("/icon-512.png"),
        .updated = founded};
    for (const auto& row : rows) {
        feed.entries.push_back(entry_of(row, now, renderer));
        feed.updated = std::max(feed.updated, feed.entries.back().updated);
    }
    return feed;
}

std::string write_atom(const Feed& feed, const Words& words) {
    auto out = fmt::format(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
        "xml:lang=\"{}\">\n",
        escape_xml(feed.language));
    out += element("id", feed.atom) + element("title", feed.title) + element("subtitle", feed.subtitle) +
           element("updated", Words::stamp(feed.updated)) + link("self", "application/atom+xml", feed.atom) +
           link("alternate", "text/html", feed.home) + element("icon", feed.icon) + "<author>" +
           element("name", words.text("frame.name")) + "</author>\n" +
           element("generator", words.text("frame.name"));
    for (const auto& entry : feed.entries)
        out += "<entry>\n" + element("id", entry.id) + element("title", entry.title) +
               element("updated", Words::stamp(entry.updated)) +
               element("published", Words::stamp(entry.published)) +
               link("alternate", "text/html", entry.address) + element("summary", entry.sentence) +
               "</entry>\n";
    return out + "</feed>\n";
}

std::string write_json_feed(const Feed& feed, const Words& words) {
    using Json = nlohmann::ordered_json;
    auto items = Json::array();
    for (const auto& entry : feed.entries)
        items.push_back({{"id", entry.id},
                         {"url", entry.address},
                         {"title", entry.title},
                         {"content_text", entry.sentence},
                         {"date_published", Words::stamp(entry.published)},
                         {"date_modified", Words::stamp(entry.updated)}});
    const Json all{{"version", "https://jsonfeed.org/version/1.1"},
                   {"title", feed.title},
                   {"description", feed.subtitle},
                   {"home_page_url", feed.home},
                   {"feed_url", feed.json},
                   {"icon", feed.icon},
                   {"language", feed.language},
                   {"authors", Json::array({Json{{"name", words.text("frame.name")}}})},
                   {"items", std::move(items)}};
    return all.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace outcry::pages
