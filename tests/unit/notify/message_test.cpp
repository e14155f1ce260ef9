// tests/unit/notify/message_test.cpp: the shapes that docs/notifications.md promises.
#include "server/notify/message.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace outcry;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

const Minute noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};

notify::Facts facts(const std::string& kind, bool closed = false) {
    notify::Facts known;
    known.news.id = "0191";
    known.news.kind = kind;
    known.news.incident = "abc";
    known.news.at = noon + 5min;
    storage::IncidentRecord record{.id = "abc", .service = 1, .incident = {}};
    record.incident.phase = closed ? analytics::Phase::closed : analytics::Phase::open;
    record.incident.began = noon;
    record.incident.opened = noon + 4min;
    record.incident.closed = noon + 64min;
    record.incident.peak = 412;
    record.incident.peak_at = noon + 20min;
    record.incident.total = 5123;
    record.incident.reasons.observed = 112;
    record.incident.reasons.expected = 3.14159;
    known.incident = record;
    known.slug = "outlook";
    known.name = "Outlook <&>";
    known.group = "Mail and office";
    known.service_url = "https://status.example.org/s/outlook";
    known.incident_url = "https://status.example.org/i/abc";
    return known;
}

const notify::Wording wording{.subject = "Outlook <&>: users report problems",
                              .text = "Many.",
                              .look = "See it",
                              .acknowledge = "Acknowledge it",
                              .silence = "Silence it"};

json body(const std::string& kind, const notify::Facts& known) {
    return json::parse(notify::compose_body(kind, known, wording));
}

}  // namespace

TEST_CASE("a webhook says what happened, to which service, and how the incident stands") {
    const auto sent = body("webhook", facts("incident.opened"));
    CHECK(sent["type"] == "incident.opened");
    CHECK(sent["timestamp"] == "2026-01-22T12:05:00Z");
    CHECK(sent["data"]["service"]["slug"] == "outlook");
    CHECK(sent["data"]["service"]["name"] == "Outlook <&>");
    const auto& incident = sent["data"]["incident"];
    CHECK(incident["id"] == "abc");
    CHECK(incident["state"] == "open");
    CHECK(incident["closed"].is_null());
    CHECK(incident["peak_15m"] == 412);
    CHECK(incident["total"] == 5123);
    CHECK(incident["why"]["expected_15m"] == 3.14);
    CHECK(incident["acknowledged"].is_null());
    CHECK(body("webhook", facts("incident.closed", true))["data"]["incident"]["closed"] ==
          "2026-01-22T13:04:00Z");
}

TEST_CASE("without a public address there are no links, and a test has no incident") {
    auto known = facts("incident.opened");
    known.service_url.clear();
    known.incident_url.clear();
    CHECK(body("webhook", known)["data"]["incident"]["url"].is_null());
    CHECK(body("slack", known)["text"].get<std::string>().find('|') == std::string::npos);
    notify::Facts test;
    test.news.kind = "test";
    CHECK(body("webhook", test)["data"]["incident"].is_null());
    CHECK(body("webhook", test)["data"]["service"].is_null());
    CHECK(body("pagerduty", test)["payload"]["severity"] == "info");
}

TEST_CASE("what a name holds is no markup to Slack") {
    const auto text = body("slack", facts("incident.opened"))["text"].get<std::string>();
    CHECK(text ==
          "*Outlook &lt;&amp;&gt;: users report problems*\nMany.\n<https://status.example.org/i/abc|See it>");
}

TEST_CASE(
    "PagerDuty is triggered and resolved under one key, which the routing key joins on the way out alone") {
    const auto trigger = body("pagerduty", facts("incident.opened"));
    const auto resolve = body("pagerduty", facts("incident.closed", true));
    CHECK(trigger["event_action"] == "trigger");
    CHECK(resolve["event_action"] == "resolve");
    CHECK(trigger["dedup_key"] == resolve["dedup_key"]);
    CHECK(trigger["payload"]["summary"] == wording.subject);
    CHECK(trigger["payload"]["source"] == "outlook");
    CHECK(trigger["payload"]["severity"] == "error");
    CHECK_FALSE(trigger.contains("routing_key"));
    CHECK(json::parse(notify::with_routing_key(trigger.dump(), "R0"))["routing_key"] == "R0");
    CHECK(body("pagerduty", facts("incident.reminder"))["event_action"] == "trigger");
}

TEST_CASE("whoever is on call finds in the message where to acknowledge and where to silence") {
    auto known = facts("incident.opened");
    known.acknowledge_url = "https://status.example.org/admin/incidents/abc";
    known.silence_url = "https://status.example.org/admin/quiet";
    CHECK(body("webhook", known)["data"]["incident"]["acknowledge_url"] == known.acknowledge_url);
    CHECK_THAT(body("slack", known)["text"].get<std::string>(),
               Catch::Matchers::EndsWith(
                   "|See it> · <https://status.example.org/admin/incidents/abc|Acknowledge it> · "
                   "<https://status.example.org/admin/quiet|Silence it>"));
    const auto links = body("pagerduty", known)["links"];
    REQUIRE(links.size() == 3);
    CHECK(links[0]["href"] == known.incident_url);
    CHECK(links[1] == json{{"href", known.acknowledge_url}, {"text", "Acknowledge it"}});
    CHECK(links[2]["href"] == known.silence_url);
    CHECK_THAT(notify::compose_body("mail", known, wording),
               Catch::Matchers::EndsWith("Acknowledge it: https://status.example.org/admin/incidents/abc\n"
                                         "Silence it: https://status.example.org/admin/quiet\n"));
    known.acknowledge_url.clear();
    CHECK(body("pagerduty", known)["links"].size() == 2);
}

TEST_CASE("a merge ends the page of the part") {
    auto known = facts("incident.merged");
    known.incident->merged =
        storage::Merge{.at = noon, .into = "def", .slug = "office", .name = "Office", .opened = noon};
    known.whole_url = "https://status.example.org/i/def";
    CHECK(body("pagerduty", known)["event_action"] == "resolve");
    CHECK(body("webhook", known)["data"]["incident"]["merged_into"] ==
          json{{"id", "def"}, {"url", known.whole_url}, {"service", "office"}});
}

TEST_CASE("a mail has its subject first, then the text and the way to look") {
    const auto [subject, text] =
        notify::split_mail(notify::compose_body("mail", facts("incident.opened"), wording));
    CHECK(subject == wording.subject);
    CHECK(text == "Many.\n\nSee it: https://status.example.org/i/abc\n");
}
