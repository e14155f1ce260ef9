// tests/unit/api/post_report_test.cpp: what becomes of a posted report, from its bytes to the journal's.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "ingest/journal_batch.hpp"
#include "ingest/report_id.hpp"
#include "server/api/reports.hpp"

using namespace outcry;
using namespace std::chrono_literals;
using nlohmann::json;
namespace asio = boost::asio;
namespace fs = std::filesystem;

namespace {

const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};

std::shared_ptr<const live::Catalogue> acme_only() {
    auto catalogue = std::make_shared<live::Catalogue>();
    storage::Service acme;
    acme.id = 7;
    acme.slug = "acme";
    acme.name = "Acme";
    acme.categories = {{1, "login", "Signing in"}, {2, "mail", "Sending mail"}};
    catalogue->services = {acme};
    catalogue->by_slug = {{"acme", 0}};
    catalogue->by_id = {{7, 0}};
    return catalogue;
}

/// A door whose journal is a vector; everything before it is the real thing.
struct Door {
    asio::io_context io;
    std::vector<ingest::Report> stored;
    std::function<void()> before_commit = [] {};
    ingest::Admission admission;
    ingest::BatchWriter writer;
    Time now = noon;

    explicit Door(ingest::BatchLimits batch = {}, ingest::AdmissionLimits limits = {})
        : admission(limits),
          writer(
              io.get_executor(), [this](std::shared_ptr<const std::string> bytes) { return commit(bytes); },
              batch) {}

    asio::awaitable<void> commit(std::shared_ptr<const std::string> bytes) {
        before_commit();
        for (auto& report : ingest::decode_batch(*bytes)) stored.push_back(std::move(report));
        co_return;
    }
    http::Response post(std::string body, http::Fields extra = {}, std::string slug = "acme") {
        http::Request request;
        request.method = http::Method::post;
        request.params = {{"slug", std::move(slug)}};
        request.headers = {{"content-type", "application/json"}};
        for (auto& field : extra) {
            if (field.first == "content-type") request.headers.clear();
            request.headers.push_back(std::move(field));
        }
        request.body = std::move(body);
        request.client = asio::ip::make_address("203.0.113.9");
        io.restart();
        auto answer = asio::co_spawn(
            io, api::post_report(request, acme_only(), admission, writer, ingest::ReporterSecrets{}, now),
            asio::use_future);
        io.run();
        return answer.get();
    }
};

json body_of(const http::Response& response) {
    return json::parse(*response.body);
}

std::optional<fs::path> vectors(const std::string& name) {
    const char* set = std::getenv("OUTCRY_SHARED_DIR");
    const auto path = fs::path(set ? set : OUTCRY_SHARED_DIR) / "vectors" / name;
    if (fs::exists(path)) return path;
    WARN("not run: there is no " << path);
    return std::nullopt;
}

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a report is acknowledged with its id once it is in the journal") {
    Door door;
    const auto answer = door.post(R"({"category":"login","message":"451 4.3.2","region":"us-ca"})");
    CHECK(answer.status == 202);
    CHECK(answer.header("cache-control") == "no-store");
    CHECK(answer.header("access-control-allow-origin") == "*");
    REQUIRE(door.stored.size() == 1);
    const auto& report = door.stored.front();
    CHECK(body_of(answer) == json{{"id", ingest::to_text(report.id)}});
    CHECK(ingest::time_of(report.id) == noon);
    CHECK(report.at == noon);
    CHECK(report.service == 7);
    CHECK(report.category == 1);
    CHECK(report.region == "US-CA");
    CHECK(report.message == "451 4.3.2");
    CHECK_FALSE(report.works);
}

TEST_CASE("an empty object is a report, and works-for-me is one of its own kind") {
    Door door;
    CHECK(door.post("{}").status == 202);
    CHECK(door.post(R"({"works":true})").status == 202);
    REQUIRE(door.stored.size() == 2);
    CHECK(door.stored[0].category == 0);
    CHECK(door.stored[1].works);
    CHECK(door.stored[0].reporter == door.stored[1].reporter);
}

TEST_CASE("whoever reports again is answered in the same shape") {
    Door door;
    const auto first = door.post("{}"), again = door.post("{}");
    CHECK(first.status == again.status);
    CHECK(first.headers.size() == again.headers.size());
    CHECK(body_of(first).size() == body_of(again).size());
}

TEST_CASE("every bad report is a 4xx problem that names the place, and nothing is stored") {
    struct Bad {
        std::string body;
        unsigned status;
        std::string pointer;
    };
    const std::vector<Bad> bad{
        {"", 400, ""},
        {"{", 400, ""},
        {"{\"message\":\"\xff\"}", 400, ""},
        {std::string("{\"message\":\"a\0b\"}", 17), 400, ""},
        {"[]", 422, ""},
        {"null", 422, ""},
        {"7", 422, ""},
        {R"({"category":7})", 422, "/category"},
        {R"({"category":"colour"})", 422, "/category"},
        {R"({"message":["a"]})", 422, "/message"},
        {R"({"message":"a\u0000b"})", 422, "/message"},
        {R"({"message":")" + std::string(501, 'x') + "\"}", 422, "/message"},
        {R"({"region":"ZZ-1"})", 422, "/region"},
        {R"({"works":"yes"})", 422, "/works"},
        {R"({"colour":"red"})", 422, "/colour"},
    };
    Door door;
    for (const auto& each : bad) {
        INFO(each.body);
        const auto answer = door.post(each.body);
        CHECK(answer.status == each.status);
        CHECK(answer.header("content-type") == "application/problem+json");
        const auto problem = body_of(answer);
        REQUIRE(problem["errors"].size() >= 1);
        CHECK(problem["errors"][0]["pointer"] == each.pointer);
        CHECK_FALSE(problem["errors"][0]["detail"].get<std::string>().empty());
    }
    CHECK(door.stored.empty());
}

TEST_CASE("an unknown category is told the known ones") {
    Door door;
    const auto answer = door.post(R"({"category":"colour"})");
    CHECK(body_of(answer)["errors"][0]["detail"].get<std::string>().find("login, mail") != std::string::npos);
}

TEST_CASE("an unknown service, another type of content and an impossible Accept are refused") {
    Door door;
    CHECK(door.post("{}", {}, "nobody").status == 404);
    for (const auto* type :
         {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""}) {
        INFO(type);
        const auto answer = door.post("{}", {{"content-type", type}});
        CHECK(answer.status == 415);
        CHECK(answer.header("accept-post") == "application/json");
    }
    CHECK(door.post("{}", {{"content-type", "Application/JSON; charset=utf-8"}}).status == 202);
    CHECK(door.post("{}", {{"accept", "text/html"}}).status == 406);
    CHECK(door.stored.size() == 1);
}

TEST_CASE("an Idempotency-Key makes the same request the same report") {
    Door door;
    const auto own = ingest::to_text(ingest::make_report_id(noon - 1min));
    const auto id = body_of(door.post("{}", {{"idempotency-key", own}}))["id"];
    CHECK(body_of(door.post("{}", {{"idempotency-key", own}}))["id"] == id);
    const auto first = door.post("{}", {{"idempotency-key", "tap-1"}});
    const auto again = door.post("{}", {{"idempotency-key", "tap-1"}});
    CHECK(*first.body == *again.body);
    CHECK(door.stored.size() == 4);
    for (const auto& key : {std::string(), std::string("two words"), std::string(256, 'k')}) {
        CHECK(door.post("{}", {{"idempotency-key", key}}).status == 400);
    }
    CHECK(door.post("{}", {{"idempotency-key", "a"}, {"idempotency-key", "b"}}).status == 400);
    CHECK(door.stored.size() == 4);
}

TEST_CASE("a network that sends too much is told when to go on") {
    ingest::AdmissionLimits limits;
    limits.per_address_burst = 2;
    limits.per_address_per_minute = 6;
    Door door({}, limits);
    const auto first = door.post("{}");
    CHECK(first.status == 202);
    CHECK(first.header("ratelimit-policy") == "\"reports\";q=2;w=20");
    CHECK(first.header("ratelimit") == "\"reports\";r=1");
    CHECK(door.post("{}").status == 202);
    const auto refused = door.post("{}");
    CHECK(refused.header("ratelimit") == "\"reports\";r=0;t=10");
    CHECK(refused.status == 429);
    CHECK(refused.header("retry-after") == "10");
    door.now += 10s;
    CHECK(door.post("{}").status == 202);
}

TEST_CASE("a report that cannot be made durable is not acknowledged") {
    ingest::BatchLimits impatient;
    impatient.ride_out = 0ms;
    Door door(impatient);
    door.before_commit = [] { throw std::runtime_error("no database"); };
    const auto answer = door.post("{}");
    CHECK(answer.status == 503);
    CHECK_FALSE(answer.header("retry-after").empty());
    ingest::BatchLimits tiny;
    tiny.queue_reports = 0;
    Door full(tiny);
    CHECK(full.post("{}").status == 503);
}

TEST_CASE(
    "JSONTestSuite: what is no JSON is 400, what is JSON is taken or 422, and nothing is ever our fault") {
    const auto folder = vectors("json-test-suite/test_parsing");
    if (!folder) return;
    Door door;
    std::map<char, int> seen;
    for (const auto& file : fs::directory_iterator(*folder)) {
        const auto name = file.path().filename().string();
        INFO(name);
        const auto status = door.post(read(file.path())).status;
        switch (name[0]) {
            case 'n':
                CHECK(status == 400);
                break;
            case 'y':
                CHECK((status == 202 || status == 422));
                break;
            default:
                CHECK((status == 202 || status == 400 || status == 422));
        }
        ++seen[name[0]];
    }
    CHECK(seen['n'] == 188);
    CHECK(seen['y'] == 95);
    CHECK(seen['i'] == 35);
}

TEST_CASE("naughty strings are stored as they were sent, or refused with the reason") {
    const auto file = vectors("naughty-strings/blns.json");
    if (!file) return;
    Door door;
    int stored = 0, refused = 0;
    for (const std::string text : json::parse(read(*file))) {
        INFO(text);
        const auto answer = door.post(json{{"message", text}}.dump());
        if (answer.status == 202) {
            ++stored;
            // Only white space at the ends and characters that turn the direction of text are taken out.
            CHECK(text.find(door.stored.back().message.substr(0, 4)) != std::string::npos);
        } else {
            ++refused;
            CHECK(answer.status == 422);
            CHECK(body_of(answer)["errors"][0]["pointer"] == "/message");
        }
    }
    CHECK(stored > 450);
    CHECK(stored + refused == 515);
}
