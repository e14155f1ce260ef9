// tests/unit/pages/page_test.cpp: what pages say, and that nothing anyone types can say more.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "server/pages/archive_page.hpp"
#include "server/pages/error_page.hpp"
#include "server/pages/home_page.hpp"
#include "server/pages/incident_page.hpp"
#include "server/pages/reading_page.hpp"
#include "server/pages/report_page.hpp"
#include "server/pages/search_page.hpp"
#include "server/pages/service_page.hpp"
#include "server/pages/service_sentence.hpp"
#include "tests/unit/pages/samples.hpp"

using namespace outcry;
using namespace outcry::pages;
using namespace outcry::pages::samples;
using Catch::Matchers::Contains;

namespace {

storage::Service mail_service() {
    storage::Service service;
    service.slug = "microsoft-365";
    service.name = "Microsoft 365";
    service.provider = "Microsoft";
    service.status_page = "https://status.cloud.microsoft/overview";
    service.categories = {
        {1, "sending", "Sending or receiving"}, {2, "login", "Signing in"}, {3, "other", "Something else"}};
    return service;
}

IncidentView closed_incident() {
    auto spike = spike_service();
    IncidentView view{.row = {}};
    view.provider = "Microsoft";
    view.row = {spike.incidents.front(), "Microsoft 365", "microsoft-365"};
    auto& incident = view.row.record.incident;
    incident.phase = analytics::Phase::closed;
    incident.closed = on_the_day(23, 45);
    incident.total = 175405;
    incident.reasons = brief("x", State::spike, 162, 15).verdict;
    incident.reasons.score = 268;
    incident.reasons.threshold = 11.2;
    view.row.record.ending = storage::Ending::calm;
    view.now = on_the_day(23, 59);
    const auto span = analytics::incident_span(incident, {});
    view.extent = {span.from, span.to};
    using Kind = storage::IncidentEvent::Kind;
    view.events = {{on_the_day(19, 24), Kind::opened, State::spike, 162, 15},
                   {on_the_day(22, 0), Kind::state, State::recovering, 7900, 25},
                   {on_the_day(23, 45), Kind::closed, State::normal, 24, 25}};
    view.settings = analytics::DetectorSettings{};
    view.columns = columns(rising(1), 25);
    view.columns.from = view.extent.from;
    view.columns.complete = view.columns.size();
    view.problems = spike.problems;
    return view;
}

/// With what the provider said, what else happened, and a note.
IncidentView official_incident() {
    auto view = closed_incident();
    view.official = {
        {Time{on_the_day(19, 37)}, "investigating", "Looks into a possible problem with several services."},
        {Time{on_the_day(20, 10)}, "identified", "Part of the infrastructure does not process traffic."}};
    auto other = view.row;
    other.name = "Outlook";
    other.record.incident.peak = 11918;
    view.related = {{other, true}, {{other.record, "Example ISP", "example-isp"}, false}};
    view.notes = {
        {Time{on_the_day(23, 50)}, "ana", "Two reports of a test were counted.\nThey are in the total."}};
    return view;
}

ArchiveView archive() {
    return {.rows = {closed_incident().row},
            .query = {.text = "mail", .service = "microsoft-365", .state = "closed", .year = 2026, .month = 1},
            .service_name = "Microsoft 365",
            .years = {2026, 2025},
            .older = "019be6f2-77aa-7000-8000-000000000001",
            .now = Time{on_the_day(23, 59)}};
}

/// Every page there is, by the name of its file.
std::vector<std::pair<std::string, std::string>> all_pages() {
    const auto& r = renderer();
    const Time now{on_the_day(20, 47)};
    const RefusedReport refused{
        .category = "login",
        .message = "x",
        .errors = {{"message", "Shorten the message to at most 500 characters; it has 612."}}};
    return {{"index", render_home(busy_home(), r)},
            {"index-calm", render_home(calm_home(), r)},
            {"index-first", render_home({}, r)},
            {"service-normal", render_service(calm_service(), r)},
            {"service-spike", render_service(spike_service(), r)},
            {"service-official", render_service(official_service(), r)},
            {"service-recovering", render_service(recovering_service(), r)},
            {"service-quiet", render_service(quiet_service(), r)},
            {"report", render_thanks(mail_service(), {Step::counted, 0, {}, now}, r)},
            {"thanks", render_thanks(mail_service(), {Step::added, 61234, Time{on_the_day(19, 15)}, now}, r)},
            {"refused", render_refused(mail_service(), refused, r)},
            {"incident", render_incident(closed_incident(), r)},
            {"incident-official", render_incident(official_incident(), r)},
            {"incidents", render_archive(archive(), r)},
            {"incidents-none", render_archive({.rows = {}, .query = {.text = "x"}}, r)},
            {"search", render_search("outluk", {brief("Outlook", State::spike, 11918, 24)}, false, 212, r)},
            {"404", render_not_found("outluk", {{"outlook", "Outlook"}}, 212, r)},
            {"error", render_error({.trouble = Trouble::report_unsaved,
                                    .again = "/s/x",
                                    .service_slug = "x",
                                    .service_name = "X",
                                    .request_id = "19be6f2"},
                                   r)},
            {"method", render_reading("method", r)},
            {"privacy", render_reading("privacy", r)}};
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
    return n;
}

}  // namespace

TEST_CASE(
    "every page has one heading, one main part, a title, and nothing inline that the policy would block") {
    const auto* folder =
        std::getenv("OUTCRY_PREVIEW");  // to look at them: OUTCRY_PREVIEW=build/preview unit_pages
    if (folder) std::filesystem::create_directories(folder);
    for (const auto& [name, page] : all_pages()) {
        INFO(name);
        if (folder) std::ofstream(std::filesystem::path(folder) / (name + ".html")) << page;
        CHECK(count(page, "<h1") == 1);
        CHECK(count(page, "<main") == 1);
        CHECK(count(page, "<title>") >= 1);
        CHECK(page.find(" style=") == std::string::npos);
        CHECK(page.find("<style") == std::string::npos);
        CHECK(page.find(" onclick=") == std::string::npos);
        CHECK(page.find("{{") == std::string::npos);
        CHECK(count(page, "<script") == 1);
    }
}

TEST_CASE("the sentence says how many, and how many times the usual") {
    const auto page = render_service(spike_service(), renderer());
    CHECK_THAT(page,
               Contains("Users report more problems than usual: <strong>15,890 reports in 15 minutes</strong>, "
                        "640 times the usual 25, since <time"));
    CHECK_THAT(page, Contains("Not confirmed by Microsoft."));
    CHECK_THAT(page, Contains(">19:15</time> <span data-zone>UTC</span>"));
}

TEST_CASE("an outage of one region says where, on the service's page and on the incident's") {
    auto view = spike_service();
    auto past = closed_incident();
    const std::string sentence = "Most of the excess comes from <strong>Germany, BY</strong>.";
    CHECK(render_service(view, renderer()).find("excess") == std::string::npos);
    view.incident.region = past.row.record.incident.region = analytics::region_key("DE-BY");
    CHECK_THAT(render_service(view, renderer()), Contains(sentence));
    CHECK_THAT(render_incident(past, renderer()), Contains(" " + sentence));
}

TEST_CASE("a service nobody reports is not said to work: we cannot tell") {
    auto view = quiet_service();
    CHECK_THAT(render_service(view, renderer()), Contains("<strong>1 report in 24 hours</strong>"));
    view.day_reports = 0;
    CHECK_THAT(render_service(view, renderer()), Contains("yours may be the first"));
}

TEST_CASE("where next to nothing is usual, no multiple of it is claimed") {
    auto view = spike_service();
    view.verdict.expected = 0.02;
    view.verdict.observed = 12;
    const auto sentence = service_sentence(view, renderer().words()).html;
    CHECK(sentence ==
          "Users report more problems than usual: <strong>12 reports in 15 minutes</strong>, where fewer than "
          "1 is "
          "usual, since <time datetime=\"2026-01-22T19:15:00Z\">19:15</time> <span data-zone>UTC</span>. Not "
          "confirmed "
          "by Microsoft.");
}

TEST_CASE("the last, running column is hatched with its count and is no point of the line") {
    const auto page = render_service(spike_service(), renderer());
    CHECK_THAT(page, Contains("data-count=\"1880\""));
    CHECK(count(page, "class=\"part\"") == 1);
}

TEST_CASE("a family is one tile") {
    const auto page = render_home(busy_home(), renderer());
    CHECK(count(page, "<li class=\"tile") == 3);
    CHECK_THAT(page, Contains("Looks collateral to Microsoft 365 · since <time"));
    CHECK_THAT(page, Contains("Outlook <b>11,918</b>"));
}

TEST_CASE("names and messages stay text") {
    const std::string hostile = "\"><script>alert(1)</script>{{t.frame.name}}'&";
    auto service = mail_service();
    service.name = hostile;
    service.categories.front().label = hostile;
    auto view = spike_service();
    view.name = view.provider = view.family_head = hostile;
    view.problems.front().label = hostile;
    view.family.front().name = hostile;
    const RefusedReport refused{.category = "", .message = hostile, .errors = {{"message", hostile}}};
    for (const auto& page : {render_service(view, renderer()), render_refused(service, refused, renderer()),
                             render_thanks(service, {Step::added, 5, {}, {}}, renderer()),
                             render_search(hostile, {}, false, 1, renderer())}) {
        CHECK(page.find("<script>alert") == std::string::npos);
        CHECK_THAT(page, Contains("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{t.frame.name}}&#39;&amp;"));
    }
}

TEST_CASE("a link that is no address of the web is not offered") {
    auto view = calm_service();
    CHECK_THAT(render_service(view, renderer()), Contains("https://status.cloud.microsoft"));
    view.status_page = "javascript:alert(1)";
    CHECK(render_service(view, renderer()).find("javascript:") == std::string::npos);
}

TEST_CASE("an open incident lasts until now, a closed one until it was closed") {
    auto view = closed_incident();
    CHECK_THAT(render_incident(view, renderer()), Contains("4 h 21 min"));
    view.row.record.incident.phase = analytics::Phase::open;
    const auto page = render_incident(view, renderer());
    CHECK_THAT(page, Contains("4 h 35 min"));
    CHECK_THAT(page, Contains("still open"));
}

TEST_CASE("addresses to quote are those of the site, or else of whoever asks") {
    const Renderer nameless{Words(web::text::en), Site{"/status"}};
    CHECK(nameless.seen_at("http://localhost:8080").site().address("/i/1") ==
          "http://localhost:8080/status/i/1");
    CHECK(renderer().seen_at("http://evil.example").site().address("/i/1") == "https://outcry.example/i/1");
    http::Request request;
    request.headers = {{"host", "status.example:8443"}};
    CHECK(request.origin() == "http://status.example:8443");
    request.secure = true;
    CHECK(request.origin() == "https://status.example:8443");
}

TEST_CASE("under a sub-path every address of ours begins with it") {
    const Renderer below{Words(web::text::en), Site{"/status"}};
    const auto page = render_service(spike_service(), below);
    for (const std::string start :
         {" href=\"/", " src=\"/", " action=\"/", "data-events=\"/", "data-report=\"/", "data-series=\"/"}) {
        INFO(start);
        CHECK(count(page, start) == count(page, start + "status/"));
    }
}

TEST_CASE(
    "the timeline of an incident tells what users did and, beside it, what the provider said, and how much "
    "later") {
    const auto page = render_incident(official_incident(), renderer());
    CHECK(count(page, "<li class=\"off\">") == 2);
    CHECK(count(page, "class=\"lead-time\"") == 1);
    CHECK_THAT(page, Contains("Microsoft: investigating"));
    CHECK_THAT(page, Contains("Easing off"));
    CHECK_THAT(page, Contains("Incident closed"));
    CHECK_THAT(page, Contains("Users were first by"));
    CHECK_THAT(page, Contains("13 min"));
    CHECK(count(page, "class=\"told\"") == 2);
    CHECK_THAT(page, Contains("Microsoft’s first word <tspan data-t=\"2026-01-22T19:37:00Z\">19:37</tspan>"));
    CHECK_THAT(page, Contains("They are in the total."));
    CHECK_THAT(page, Contains("same family, peak 11,918 in 15 min"));
}

TEST_CASE("without a word of the provider there is no second side, and no diamond") {
    const auto page = render_incident(closed_incident(), renderer());
    CHECK(page.find("class=\"sides\"") == std::string::npos);
    CHECK(page.find("class=\"told\"") == std::string::npos);
    CHECK(page.find("Users were first") == std::string::npos);
}

TEST_CASE("an incident from before events were kept still tells when it began, opened, peaked and closed") {
    auto record = closed_incident().row.record;
    const auto story = make_story(record, {}, {});
    REQUIRE(story.size() == 4);
    CHECK(story[0].what == Moment::What::rise);
    CHECK(story[1].what == Moment::What::opened);
    CHECK(story[2].what == Moment::What::peak);
    CHECK(story[3].what == Moment::What::closed);
    record.ending = storage::Ending::archived;
    CHECK(make_story(record, {}, {}).back().what == Moment::What::archived);
}

TEST_CASE("the link to older incidents repeats the filter, and the form shows it") {
    const auto page = render_archive(archive(), renderer());
    CHECK_THAT(
        page,
        Contains("?q=mail&amp;service=microsoft-365&amp;state=closed&amp;year=2026&amp;month=1&amp;before="
                 "019be6f2-77aa-7000-8000-000000000001"));
    CHECK_THAT(page, Contains("<option value=\"closed\" selected>"));
    CHECK_THAT(page, Contains("Only Microsoft 365."));
    CHECK_THAT(render_archive({.rows = {}, .query = {.text = "x"}}, renderer()), Contains("No incident fits"));
    CHECK_THAT(render_archive({}, renderer()), Contains("None so far"));
}

TEST_CASE("what several people wrote alike stands with its count, as text") {
    auto view = spike_service();
    view.messages.front().example = "<a href=https://evil.example>click</a>";
    const auto page = render_service(view, renderer());
    CHECK_THAT(page, Contains("<q>&lt;a href=https://evil.example&gt;click&lt;/a&gt;</q><b>312 ×</b>"));
    CHECK(render_service(calm_service(), renderer()).find("class=\"says\"") == std::string::npos);
}

TEST_CASE(
    "places are named and ranked by what is above usual; the map shades them and is hidden from readers") {
    const auto page = render_service(spike_service(), renderer());
    CHECK_THAT(page, Contains("<span>United States</span><b>44,510</b>"));
    CHECK_THAT(page, Contains("#US\" class=\"q4\""));
    CHECK_THAT(page, Contains("class=\"map\" viewBox=\"0 0 720 340\" aria-hidden=\"true\""));
    auto view = spike_service();
    view.where = {.countries = false, .places = {{"US-CA", 50, 1.0}, {"US-NY", 40, 1.0}, {"DE-BE", 9, 1.0}}};
    const auto regions = render_service(view, renderer());
    CHECK_THAT(regions, Contains("<span>United States, CA</span>"));
    CHECK(regions.find("class=\"map\"") == std::string::npos);
}

TEST_CASE("once the provider has spoken, both sides stand on one rail and its words are marked in the chart") {
    const auto page = render_service(official_service(), renderer());
    CHECK_THAT(page, Contains("Users and Microsoft, side by side"));
    CHECK_THAT(page, Contains("Microsoft said at <time"));
    CHECK(count(page, "class=\"told\"") == 2);
    CHECK(page.find("Not confirmed") == std::string::npos);
    CHECK(render_service(spike_service(), renderer()).find("side by side") == std::string::npos);
}

TEST_CASE("what looks collateral says to what, and that it is a guess") {
    auto view = spike_service();
    view.cause = brief("Microsoft Azure", State::spike, 90000, 40);
    view.near.front().collateral = true;
    const auto page = render_service(view, renderer());
    CHECK_THAT(page, Contains("This looks collateral to <a href=\"/s/microsoft-azure\">Microsoft Azure</a>"));
    CHECK_THAT(page, Contains("It is a guess"));
    CHECK_THAT(page, Contains("Looks collateral</span>"));
}
