// tests/unit/pages/page_test.cpp: what pages say, and that nothing anyone types can say more.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "server/pages/error_page.hpp"
#include "server/pages/home_page.hpp"
#include "server/pages/incident_page.hpp"
#include "server/pages/reading_page.hpp"
#include "server/pages/report_page.hpp"
#include "server/pages/search_page.hpp"
#include "server/pages/service_page.hpp"
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
    IncidentView view;
    view.row = {spike.incidents.front(), "Microsoft 365", "microsoft-365"};
    auto& incident = view.row.record.incident;
    incident.phase = analytics::Phase::closed;
    incident.closed = on_the_day(23, 45);
    incident.total = 175405;
    incident.reasons = brief("x", State::spike, 162, 15).verdict;
    incident.reasons.score = 268;
    incident.reasons.threshold = 11.2;
    view.now = on_the_day(23, 59);
    view.extent = incident_extent(incident, view.now);
    view.columns = columns(rising(1), 25);
    view.columns.from = view.extent.from;
    view.columns.complete = view.columns.size();
    view.problems = spike.problems;
    return view;
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
            {"service-recovering", render_service(recovering_service(), r)},
            {"service-quiet", render_service(quiet_service(), r)},
            {"report", render_thanks(mail_service(), {Step::counted, 0, {}, now}, r)},
            {"thanks", render_thanks(mail_service(), {Step::added, 61234, Time{on_the_day(19, 15)}, now}, r)},
            {"refused", render_refused(mail_service(), refused, r)},
            {"incident", render_incident(closed_incident(), r)},
            {"incidents", render_incidents({closed_incident().row}, "", now, r)},
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
    CHECK_THAT(page, Contains("Users report problems: <strong>15,890 reports in 15 minutes</strong>, about 640 "
                              "times the usual 25."));
    CHECK_THAT(page, Contains("not confirmed by Microsoft"));
    CHECK_THAT(page, Contains(">19:15</time> <span data-zone>UTC</span>"));
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
          "Users report problems: <strong>12 reports in 15 minutes</strong>, where fewer than 1 is usual.");
}

TEST_CASE("the last, running column is hatched with its count and is no point of the line") {
    const auto page = render_service(spike_service(), renderer());
    CHECK_THAT(page, Contains("data-count=\"1880\""));
    CHECK(count(page, "class=\"part\"") == 1);
}

TEST_CASE("a family is one tile") {
    const auto page = render_home(busy_home(), renderer());
    CHECK(count(page, "<li class=\"tile") == 3);
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
