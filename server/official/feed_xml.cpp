// server/official/feed_xml.cpp: pugixml reads the XML; it fetches and expands no entities.
#include "server/official/feed_xml.hpp"

#include <pugixml.hpp>

#include "server/official/said.hpp"
#include "server/official/status_page.hpp"

namespace outcry::official {
namespace {

std::string first_of(const pugi::xml_node& node, std::initializer_list<const char*> names) {
    for (const auto* name : names)
        if (const std::string text = node.child(name).text().as_string(); !text.empty()) return text;
    return {};
}

std::string link_of(const pugi::xml_node& entry) {
    for (const auto& link : entry.children("link")) {
        const std::string rel = link.attribute("rel").as_string("alternate");
        if (rel == "alternate" && link.attribute("href")) return link.attribute("href").as_string();
    }
    return entry.child("link").text().as_string();
}

/// Feeds have one entry for each outage, rewritten as it goes on: each version is a statement of its own.
void read_entry(const pugi::xml_node& entry, const std::string& said_at,
                std::vector<storage::Statement>& statements) {
    const auto at = time_said(said_at);
    auto id = first_of(entry, {"id", "guid"});
    const auto link = link_of(entry);
    if (id.empty()) id = link;
    if (!at || id.empty()) return;
    const auto title = without_tags(first_of(entry, {"title"}));
    const auto text = without_tags(first_of(entry, {"content", "summary", "description"}));
    auto status = status_said(title);  // "[RESOLVED] …" in a title counts; the text tells the whole past
    if (status == "other") status = status_said(text);
    statements.push_back({.external_id = id + " " + said_at,
                          .at = *at,
                          .status = std::move(status),
                          .title = title,
                          .text = text,
                          .address = link,
                          .by_whom = {}});
}

}  // namespace

std::vector<storage::Statement> read_feed(std::string_view xml) {
    pugi::xml_document document;
    const auto parsed = document.load_buffer(xml.data(), xml.size(), pugi::parse_default, pugi::encoding_utf8);
    const auto atom = document.child("feed");
    const auto rss = document.child("rss").child("channel");
    if (!parsed)
        throw UnreadablePage("the answer is no well-formed feed: " + std::string(parsed.description()));
    if (!atom && !rss) throw UnreadablePage("this XML is neither Atom nor RSS");
    std::vector<storage::Statement> statements;
    for (const auto& entry : atom.children("entry"))
        read_entry(entry, first_of(entry, {"updated", "published"}), statements);
    for (const auto& item : rss.children("item"))
        read_entry(item, first_of(item, {"pubDate", "dc:date"}), statements);
    return statements;
}

}  // namespace outcry::official
