// tests/unit/pages/sharing/sharing_test.cpp: feeds, cards, badges, oEmbed, sitemaps and CSV: complete, and the
// same whatever a service is called.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "server/pages/csv.hpp"
#include "server/pages/developers_page.hpp"
#include "server/pages/pictures/badge.hpp"
#include "server/pages/pictures/chart_picture.hpp"
#include "server/pages/pictures/preview_picture.hpp"
#include "server/pages/pictures/raster.hpp"
#include "server/pages/service_chart.hpp"
#include "server/pages/service_page.hpp"
#include "server/pages/sharing/embed_page.hpp"
#include "server/pages/sharing/feed.hpp"
#include "server/pages/sharing/oembed.hpp"
#include "server/pages/sharing/share_page.hpp"
#include "server/pages/sharing/site_files.hpp"
#include "server/pages/xml.hpp"
#include "tests/unit/pages/samples.hpp"

using namespace outcry;
using namespace outcry::pages;
using namespace outcry::pages::samples;
using Catch::Matchers::Contains;
using nlohmann::json;

namespace {

const Words& words() {
    return renderer().words();
}

/// The Big List of Naughty Strings where it is to be had, and the worst of them anyway.
std::vector<std::string> naughty_strings() {
    std::vector<std::string> all{"</title><script>alert(1)</script>",
                                 "\"' onload=alert(1) x='",
                                 "]]>&amp;&#0;",
                                 std::string("a\0b", 3),
                                 "\x01\x1f\x7f",
                                 "\xff\xfe\xc0\x80",
                                 "\xed\xa0\x80",
                                 "\xef\xbf\xbf",
                                 "‮evil‬",
                                 "👩‍👩‍👧 Ünïcödé 日本",
                                 "{{t.frame.name}} {name} *x* [y](z)",
                                 ""};
    std::ifstream in(std::filesystem::path(OUTCRY_SHARED_DIR) / "vectors/naughty-strings/blns.json");
    if (in)
        for (const auto& each : json::parse(in)) all.push_back(each.get<std::string>());
    return all;
}

ServiceView named(const std::string& name) {
    auto view = spike_service();
    view.name = view.provider = name;
    return view;
}

IncidentRow incident(const std::string& name, bool closed) {
    auto record = spike_service().incidents.front();
    if (closed) record.incident.phase = analytics::Phase::closed;
    record.incident.closed = on_the_day(23, 45);
    record.incident.reasons.expected = 25;
    return {std::move(record), name, "microsoft-365", {}};
}

Feed feed(const std::string& name, bool closed = true) {
    return make_feed(nullptr, {incident(name, closed)}, Time{on_the_day(0, 0)}, Time{on_the_day(23, 50)},
                     renderer());
}

}  // namespace

TEST_CASE("whatever a service is called, pictures stay pictures and JSON stays JSON, with the name in it") {
    const auto all = naughty_strings();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto& name = all[i];
        INFO(i << ": " << name);
        const auto view = named(name);
        const auto caption = caption_of(view, words());
        const auto badge = draw_badge({name, "spike"}, words());
        CHECK_NOTHROW(draw_png(badge, 20, 10));  // read by librsvg, which refuses what is not well-formed
        for (const auto& svg : {draw_chart_picture(caption, service_chart(view, words()), "https://x/" + name,
                                                   light_palette, words()),
                                draw_preview(caption, preview_curve(view.columns, true), words())}) {
            CHECK(svg.find("<script") == std::string::npos);
            if (i % 16 == 0) CHECK_NOTHROW(draw_png(svg, 16, 9));  // the whole list would take seconds
        }
        const auto shown = json::parse(badge_json({name, "spike"}, words()));
        const auto oembed = json::parse(oembed_json(name, name, "/s/x", "v", {}, renderer()));
        const auto items = json::parse(write_json_feed(feed(name), words())).at("items");
        if (escape_xml(name).find("\xef\xbf\xbd") == std::string::npos) {  // else some of it is no text at all
            CHECK(shown.at("label") == name);
            CHECK(oembed.at("title") == name);
            CHECK_THAT(items.at(0).at("title").get<std::string>(), Contains(name));
        }
        const auto card = render_embed({.caption = caption, .curve = {}, .path = "/s/x"}, renderer());
        CHECK(card.find("<script") == std::string::npos);
        const auto share = render_share(caption, "/s/x", true, "v", renderer());
        CHECK(share.find("<script>") == std::string::npos);
        CHECK_THAT(share, Contains(escape_html(name)));
    }
}

TEST_CASE("what XML cannot hold is replaced, what it can is kept byte for byte") {
    CHECK(escape_xml("a<b>&\"'") == "a&lt;b&gt;&amp;&quot;&#39;");
    CHECK(escape_xml("日本 👩‍👧 \t\n") == "日本 👩‍👧 \t\n");
    CHECK(escape_xml(std::string("a\0b\x1b", 4)) ==
          "a\xef\xbf\xbd"
          "b\xef\xbf\xbd");
    CHECK(escape_xml("\xc3(") == "\xef\xbf\xbd(");
    CHECK(escape_xml("\xf0\x9f\x98") == "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

TEST_CASE("a cell that would be a formula is text") {
    for (const std::string start : {"=", "+", "-", "@", "\t", "\r"}) {
        INFO(start);
        CHECK(csv_text(start + "1+1") == "\"'" + start + "1+1\"");
    }
    CHECK(csv_text("Microsoft 365") == "Microsoft 365");
    CHECK(csv_text("a-b=c") == "a-b=c");
    CHECK(csv_text("Ben, \"Jerry\"\n") == "\"Ben, \"\"Jerry\"\"\n\"");
    CHECK(csv_text("=\"x\"") == "\"'=\"\"x\"\"\"");
    CHECK(csv_text("").empty());
}

TEST_CASE("the CSV of a chart has a line for each column, and says which one is still counting") {
    const auto csv = columns_csv("=cmd()", columns({24, 15890, 7}, 25));
    CHECK_THAT(csv,
               Catch::Matchers::StartsWith("\xef\xbb\xbfservice,from_utc,minutes,reports,works_for_me,usual,"
                                           "usual_low,usual_high,complete\r\n"));
    CHECK_THAT(csv, Contains("\"'=cmd()\",2026-01-22 15:15,15,15890,567,25.0,13.2,36.8,yes\r\n"));
    CHECK_THAT(csv, Catch::Matchers::EndsWith("36.8,no\r\n"));
}

TEST_CASE("a feed changes when an incident does, and its entries keep their ids wherever the site lives") {
    const auto open = feed("Mail", false), closed = feed("Mail");
    CHECK(open.entries.front().updated == Time{on_the_day(20, 45)});  // its peak
    CHECK(closed.entries.front().updated == Time{on_the_day(23, 45)});
    CHECK(closed.updated == closed.entries.front().updated);
    CHECK(closed.entries.front().id == "urn:uuid:019be6f2-77aa-7000-8000-000000000001");
    const auto empty = make_feed(nullptr, {}, Time{on_the_day(0, 0)}, Time{on_the_day(9, 0)}, renderer());
    CHECK(empty.updated == Time{on_the_day(0, 0)});
    CHECK_THAT(closed.entries.front().sentence, Contains("Incident closed") && Contains("15,890 reports"));
}

TEST_CASE("an address of this site can be quoted, any other cannot") {
    const auto& site = renderer().site();
    CHECK(quotable_path("https://outcry.example/s/outlook", site) == "/s/outlook");
    CHECK(quotable_path("http://outcry.example/s/outlook/?range=7d#c", site) == "/s/outlook");
    CHECK(quotable_path("https://outcry.example/i/019be6f2", site) == "/i/019be6f2");
    for (const auto* other : {"https://evil.example/s/outlook", "https://outcry.example/", "/s/outlook",
                              "https://outcry.example/s/", "https://outcry.example/s/a/share", "javascript:x",
                              "https://outcry.example.evil.example/s/outlook", ""}) {
        INFO(other);
        CHECK_FALSE(quotable_path(other, site));
    }
    CHECK_FALSE(quotable_path("https:///s/x", Site{}));  // a site that does not know its own name
}

TEST_CASE("oEmbed has every field of its type and is never larger than was wished for") {
    const auto whole = json::parse(oembed_json("Mail", "Is Mail down?", "/s/mail", "v1", {}, renderer()));
    for (const auto* field : {"type", "version", "title", "provider_name", "provider_url", "cache_age", "html",
                              "width", "height", "thumbnail_url", "thumbnail_width", "thumbnail_height"})
        CHECK(whole.contains(field));
    CHECK(whole["type"] == "rich");
    CHECK_THAT(whole["html"].get<std::string>(), Contains("src=\"https://outcry.example/embed/mail\""));
    const auto small = json::parse(oembed_json("Mail", "x", "/s/mail", "v1", {300, 200}, renderer()));
    CHECK(small["width"] == 300);
    CHECK(small["height"] == 200);
    CHECK_FALSE(small.contains("thumbnail_url"));
}

TEST_CASE("a badge has a word, a mark and a width for each state") {
    for (const std::string state :
         {"normal", "possible", "spike", "recovering", "insufficient_data", "maintenance"}) {
        INFO(state);
        CHECK_THAT(draw_badge({"Mail", state}, words()), Contains("Mail: " + words().text("badge." + state)));
        const auto shields = json::parse(badge_json({"Mail", state}, words()));
        CHECK(shields["schemaVersion"] == 1);
        CHECK(shields["message"] == words().text("badge." + state));
    }
}

TEST_CASE("during work a caption says until when in words, and in a picture no more than fits") {
    auto view = named("Mail");
    view.work = storage::Maintenance{.id = 1,
                                     .service = 1,
                                     .starts = Time{view.counted_until} - std::chrono::hours{1},
                                     .ends = Time{view.counted_until} + std::chrono::hours{48},
                                     .title = "New disks",
                                     .by_whom = "mara"};
    const auto caption = caption_of(view, words());
    CHECK(caption.state == "maintenance");
    CHECK_THAT(caption.sentence(words()), Contains("Mail: Planned maintenance until ") &&
                                              Contains(caption.count) && Contains(caption.compare));
    const auto picture = draw_preview(caption, preview_curve(view.columns, true), words());
    CHECK_THAT(picture, Contains(">Planned maintenance</text>") && Contains(caption.count));
    CHECK_THAT(draw_badge({"Mail", "maintenance", "spike"}, words()),
               Contains("Mail: planned maintenance, spike in reports"));
}

TEST_CASE("a sitemap names whole addresses; more than one may hold makes an index") {
    const std::vector<SitemapEntry> entries{{"/"}, {"/i/1", Time{on_the_day(12, 0)}}};
    const auto map = write_sitemap(entries, renderer().site());
    CHECK_THAT(
        map,
        Contains("<url><loc>https://outcry.example/i/1</loc><lastmod>2026-01-22T12:00:00Z</lastmod></url>"));
    CHECK_THAT(write_sitemap_index(2, renderer().site()),
               Contains("<loc>https://outcry.example/sitemap/2</loc>"));
    CHECK_THAT(robots_text(renderer().site()), Contains("Allow: /api/docs\n"));
    CHECK_THAT(robots_text(renderer().site()), Contains("Sitemap: https://outcry.example/sitemap.xml"));
}

TEST_CASE("an icon is a picture that old browsers take") {
    const auto png = draw_png(icon_svg(false), 48, 48);
    const auto ico = as_ico(png, 48);
    CHECK(ico.substr(0, 8) == std::string("\0\0\1\0\1\0\x30\x30", 8));
    CHECK(ico.substr(22) == png);
    CHECK(icon_svg(true).find("rx=") == std::string::npos);
    CHECK(json::parse(web_manifest(renderer())).at("icons").size() == 3);
}

TEST_CASE("a page says what a link to it shows, with whole addresses") {
    const auto page = render_service(spike_service(), renderer());
    for (
        const auto* part :
        {R"(<link rel="canonical" href="https://outcry.example/s/microsoft-365">)",
         R"(<meta property="og:image" content="https://outcry.example/s/microsoft-365/preview.png?v=spike-202601222045">)",
         R"(<meta property="og:description" content="Microsoft 365: Spike in reports. 15,890 reports in 15 minutes, about 640 times the usual 25.">)",
         R"(<meta name="twitter:card" content="summary_large_image">)",
         R"(href="https://outcry.example/oembed?format=json&amp;url=https%3A%2F%2Foutcry.example%2Fs%2Fmicrosoft-365">)",
         R"(type="application/atom+xml" title="Incidents" href="https://outcry.example/s/microsoft-365/feed.atom">)"})
        CHECK_THAT(page, Contains(part));
}

TEST_CASE("the page for developers gives examples that name a service there is") {
    live::Catalogue catalogue;
    CHECK_THAT(render_developers(catalogue, renderer()), Contains("/api/v1/services/example"));
    storage::Service service;
    service.slug = "mail";
    service.categories = {{1, "sending", "Sending"}};
    catalogue.services.push_back(service);
    CHECK_THAT(
        render_developers(catalogue, renderer()),
        Contains("curl https://outcry.example/api/v1/services/mail") && Contains("\"category\": \"sending\""));
}
