// tests/unit/api/shapes_test.cpp: the wire shapes and the small pure parts of the API.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "server/api/breakdown.hpp"
#include "server/api/csv.hpp"
#include "server/api/json.hpp"
#include "server/api/paging.hpp"
#include "server/api/query.hpp"
#include "server/api/span.hpp"
#include "server/api/timestamps.hpp"

using namespace outcry;
using namespace outcry::api;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

Time at(const std::string& text) {
    const auto time = parse_rfc3339(text);
    REQUIRE(time);
    return *time;
}

Minute minute_at(const std::string& text) {
    return minute_of(at(text));
}

http::Request asking(http::Fields query) {
    http::Request request;
    request.query = std::move(query);
    return request;
}

std::vector<std::string> pointers_of(const http::Response& response) {
    std::vector<std::string> pointers;
    const auto body = json::parse(*response.body);
    for (const auto& error : body["errors"]) pointers.push_back(error["pointer"]);
    return pointers;
}

Series three_columns() {
    Series series;
    auto& columns = series.columns;
    columns.from = minute_at("2026-01-22T19:00:00Z");
    columns.step = 15min;
    columns.reports = {3, 40, 7};
    columns.works = {0, 2, 9};
    columns.expected = {2.512, 2.6, 2.7};
    columns.low = {0, 0, 0};
    columns.high = {8, 8.25, 8.5};
    columns.complete = 2;
    series.complete_until = minute_at("2026-01-22T19:31:00Z");
    return series;
}

}  // namespace

TEST_CASE("instants are written and read as RFC 3339") {
    CHECK(to_rfc3339(at("2026-01-22T14:30:00Z")) == "2026-01-22T14:30:00Z");
    CHECK(to_rfc3339(at("2026-01-22T14:30:00.250Z")) == "2026-01-22T14:30:00.250Z");
    CHECK(at("2026-01-22T15:30:00+01:00") == at("2026-01-22T14:30:00Z"));
    CHECK(at("2026-01-22T09:00:00-05:30") == at("2026-01-22T14:30:00Z"));
    CHECK(at("2026-01-22T15:30:00 01:00") == at("2026-01-22T14:30:00Z"));
    CHECK(at("2026-01-22") == at("2026-01-22T00:00:00Z"));
    for (const auto* text : {"", "now", "2026", "2026-13-01", "2026-02-30T00:00:00Z", "2026-01-22T24:00:00Z",
                             "2026-01-22T14:30:00", "2026-01-22T14:30:00Zx", "2026-01-22T14:30:00.Z",
                             "1969-12-31", "99999-01-01", "2026-01-22T14:30:00+1"}) {
        INFO(text);
        CHECK_FALSE(parse_rfc3339(text));
    }
}

TEST_CASE("every parameter that does not fit is named in one refusal") {
    const auto request = asking(
        {{"limit", "0"}, {"state", "burning"}, {"since", "yesterday"}, {"colour", "red"}, {"limit", "7"}});
    Query query(request, {"limit", "state", "since"});
    query.number("limit", 50, 1, 200);
    query.choice("state", {"open", "closed"});
    query.time("since");
    const auto refusal = query.refusal();
    REQUIRE(refusal);
    CHECK(refusal->status == 400);
    CHECK(pointers_of(*refusal) == std::vector<std::string>{"?colour", "?limit", "?limit", "?state", "?since"});
}

TEST_CASE("parameters that fit are read") {
    const auto request = asking({{"limit", "7"}, {"state", "closed"}});
    Query query(request, {"limit", "state", "since"});
    CHECK(query.number("limit", 50, 1, 200) == 7);
    CHECK(query.choice("state", {"open", "closed"}) == std::size_t{1});
    CHECK_FALSE(query.time("since"));
    CHECK_FALSE(query.refusal());
}

TEST_CASE("a span is widened to full steps and ends no later than now") {
    const auto now = at("2026-01-22T19:07:30Z");
    const auto request = asking({{"from", "2026-01-22T18:10:00Z"}, {"to", "2026-01-22T18:50:00Z"}});
    Query query(request, {"from", "to"});
    const auto span = read_span(query, now, 15min, 24h);
    CHECK_FALSE(query.refusal());
    CHECK(span.from == minute_at("2026-01-22T18:00:00Z"));
    CHECK(span.to == minute_at("2026-01-22T19:00:00Z"));

    const auto nothing = asking({});
    Query defaults(nothing, {"from", "to"});
    const auto day = read_span(defaults, now, 15min, 24h);
    CHECK(day.to == minute_at("2026-01-22T19:15:00Z"));
    CHECK(day.to - day.from == 24h);
}

TEST_CASE("a span the wrong way round, in the future or too long is refused") {
    const auto now = at("2026-01-22T19:07:30Z");
    for (const auto& [from, to] :
         {std::pair{"2026-01-22T18:00:00Z", "2026-01-22T17:00:00Z"},
          std::pair{"2026-01-23T00:00:00Z", "2026-01-24T00:00:00Z"},
          std::pair{"2025-01-22T00:00:00Z", "2026-01-22T00:00:00Z"}, std::pair{"1970-01-01", "9999-12-31"}}) {
        INFO(from);
        const auto request = asking({{"from", from}, {"to", to}});
        Query query(request, {"from", "to"});
        read_span(query, now, 1min, std::chrono::days{31});
        CHECK(query.refusal());
    }
    const auto early = asking({{"to", "1970-01-01T00:00:00Z"}});
    Query query(early, {"from", "to"});
    read_span(query, now, 1min, std::chrono::days{31});
    CHECK(query.refusal());
}

TEST_CASE("a series in columns") {
    const auto body = json::parse(series_columns_json(three_columns()));
    CHECK(body ==
          json::parse(R"({"start":"2026-01-22T19:00:00Z","step_s":900,"reports":[3,40,7],"works":[0,2,9],
        "expected":[2.51,2.6,2.7],"low":[0.0,0.0,0.0],"high":[8.0,8.25,8.5],"complete_until":"2026-01-22T19:31:00Z"})"));
}

TEST_CASE("a series in rows and as CSV says which steps are complete") {
    const auto body = json::parse(series_rows_json(three_columns()));
    CHECK(body["data"][1] ==
          json::parse(R"({"time":"2026-01-22T19:15:00Z","reports":40,"works":2,"expected":2.6,"low":0.0,
                                             "high":8.25,"complete":true})"));
    CHECK(body["data"][2]["complete"] == false);
    CHECK(series_csv(three_columns()) ==
          "time,reports,works,expected,low,high,complete\r\n"
          "2026-01-22T19:00:00Z,3,0,2.51,0.00,8.00,true\r\n"
          "2026-01-22T19:15:00Z,40,2,2.60,0.00,8.25,true\r\n"
          "2026-01-22T19:30:00Z,7,9,2.70,0.00,8.50,false\r\n");
}

TEST_CASE("small counts of a part of a service are not told, zeros are") {
    auto series = three_columns();
    series.suppressed = true;
    series.has_expected = false;
    const auto body = json::parse(series_columns_json(series));
    CHECK(body["reports"] == json::parse("[null,40,7]"));
    CHECK(body["works"] == json::parse("[0,null,9]"));
    CHECK_FALSE(body.contains("expected"));
    CHECK(series_csv(series).find("19:00:00Z,,0,true") != std::string::npos);
}

TEST_CASE("small cells of a breakdown are put together, and not told when even their sum is small") {
    storage::Service service;
    service.categories = {{1, "login", "Signing in"}, {2, "mail", "Sending mail"}};
    const std::vector<storage::Share> shares{{"login", 60}, {"", 30}, {"mail", 5}, {"old", 4}, {"older", 3}};
    const auto told = suppress_small(shares, service, storage::BreakdownBy::category);
    const auto body = json::parse(breakdown_json(told));
    CHECK(body["by"] == "category");
    CHECK(body["total"] == 102);
    CHECK(body["not_said"] == 30);
    CHECK(body["other"] == 7);
    CHECK(body["suppressed"] == 2);
    CHECK(body["data"] == json::parse(R"([{"key":"login","label":"Signing in","count":60,"share":0.5882},
                                          {"key":"mail","label":"Sending mail","count":5,"share":0.049}])"));
    const auto few = suppress_small({{"login", 4}}, service, storage::BreakdownBy::category);
    CHECK(few.other == 0);
    CHECK(few.cells.empty());
}

TEST_CASE("places have what is usual beside them, largest excess first, small ones put together") {
    const auto told = suppress_small_places({{"US", 90}, {"CA", 60}, {"MX", 4}, {"BR", 3}, {"", 10}},
                                            {{"US", 800}, {"CA", 200}}, 100);
    const auto body = json::parse(breakdown_json(told));
    CHECK(body["data"] == json::parse(R"([{"key":"CA","label":"CA","count":60,"expected":20.0,"share":0.3593},
                                          {"key":"US","label":"US","count":90,"expected":80.0,"share":0.5389}])"));
    CHECK(body["other"] == 7);
    CHECK(body["not_said"] == 10);
    CHECK(body["total"] == 167);
    const auto unknown = json::parse(breakdown_json(suppress_small_places({{"US", 9}}, {}, 5)));
    CHECK(unknown["data"][0]["expected"] == nullptr);
}

TEST_CASE("the link to the next page keeps what was asked and stays relative") {
    const auto request = asking({{"q", "a b"}, {"cursor", "old"}, {"limit", "2"}});
    CHECK(link_to_next(request, "new/one") == "<?q=a%20b&limit=2&cursor=new%2Fone>; rel=\"next\"");
}

TEST_CASE("a service's line has the fields that clients are promised") {
    storage::Service service;
    service.slug = "acme";
    service.name = "Acme \xff";
    service.group = "Mail";
    ServiceLine line{&service, {}, {1, 2}};
    line.standing.verdict.state = analytics::State::spike;
    line.standing.verdict.since = minute_at("2026-01-22T19:12:00Z");
    line.standing.verdict.observed = 15'890;
    line.standing.verdict.expected = 25.2;
    const auto body = json::parse(services_json({line}, "acme"));
    CHECK(body["next"] == "acme");
    CHECK(body["data"][0]["name"] == "Acme \xef\xbf\xbd");
    CHECK(body["data"][0]["state"] == "spike");
    CHECK(body["data"][0]["since"] == "2026-01-22T19:12:00Z");
    CHECK(body["data"][0]["reports_15m"] == 15'890);
    CHECK(body["data"][0]["expected_15m"] == 25.2);
    CHECK(body["data"][0]["ratio"] == 630.56);
    CHECK(body["data"][0]["spark"] == json::parse("[1,2]"));
}
