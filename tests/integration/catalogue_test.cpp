// tests/integration/catalogue_test.cpp: the catalogue changed by file, by program and by form, each step
// audited.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/use_future.hpp>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <thread>

#include "server/catalogue/import.hpp"
#include "server/http/listener.hpp"
#include "server/http/target.hpp"
#include "server/operator/account/secret.hpp"
#include "server/operator/account/session.hpp"
#include "server/operator/account/token.hpp"
#include "server/operator/routes.hpp"
#include "server/pages/routes.hpp"
#include "server/storage/sign_ins.hpp"
#include "starter_catalogue.hpp"
#include "tests/support/await.hpp"
#include "tests/support/bare_router.hpp"
#include "tests/support/premises.hpp"
#include "tests/unit/http/raw_client.hpp"

using namespace outcry;
using namespace std::chrono_literals;
using Catch::Contains;
using http::Method;
using nlohmann::json;

namespace {

const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};
const std::string whole = "/api/v1/admin/catalogue", mail = "/api/v1/admin/services/mail";

struct House : tests::Premises {
    std::shared_ptr<http::Router> router;
    std::string token = operators::make_token(), session = operators::make_secret();

    House() : Premises(noon) {
        database.run([&](storage::Transaction& tx) {
            storage::put_token(tx, {.name = "git",
                                    .hash = operators::hash_secret(token),
                                    .scopes = {std::string(operators::admin_scope)},
                                    .made = noon});
            const auto user = storage::add_user(tx, "mara", "operator", noon).value();
            storage::add_sign_in(tx, operators::hash_secret(session), user, noon);
            catalogue::import_file(tx,
                                   R"({"services":[{"slug":"suite","name":"Suite"},
                {"slug":"mail","name":"Mail","parent":"suite","aliases":["post"],"networks":[64496],
                 "categories":[{"key":"login","label":"Signing in"}]}]})",
                                   {.actor = "first start"}, noon);
        });
        router = tests::bare_router(operators::routes({.pulse = pulse,
                                                       .database = database,
                                                       .clock = clock,
                                                       .renderer = pages::make_renderers("", "").front()}));
    }

    http::Response ask(Method method, std::string target, http::Fields headers, std::string body = {}) {
        http::Request request;
        request.method = method;
        request.target = std::move(target);
        request.headers = std::move(headers);
        request.headers.emplace_back("host", "127.0.0.1");
        request.body = std::move(body);
        return tests::await(context, router->handle(std::move(request)));
    }
    http::Response send(Method method, const std::string& target, const std::string& body,
                        http::Fields headers = {}) {
        headers.emplace_back("authorization", "Bearer " + token);
        headers.emplace_back("content-type", "application/json");
        return ask(method, target, std::move(headers), body);
    }
    http::Response get(const std::string& target) { return send(Method::get, target, {}); }
    http::Response post(const std::string& target, const std::string& form) {
        return ask(
            Method::post, target,
            {{"cookie", "outcry_session=" + session}, {"content-type", "application/x-www-form-urlencoded"}},
            form + "&csrf=" + http::percent_encode(operators::csrf_token(session)));
    }
    http::Response look(const std::string& target) {
        return ask(Method::get, target, {{"cookie", "outcry_session=" + session}});
    }
    std::string audit() {
        return place.ask(
            "select coalesce(string_agg(actor || ' ' || action || ' ' || object, ', ' order by id), '') "
            "from audit where actor <> 'first start'");
    }
};

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    return text.replace(text.find(what), what.size(), with);
}

/// The same house behind a real socket: what a body may have is decided before it is read.
struct Served {
    House& house;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> until_stopped{
        house.context.get_executor()};
    http::Server server{house.context.get_executor(), on_any_port(), house.router};
    std::thread thread;

    explicit Served(House& served) : house(served) {
        house.context.restart();
        server.start();
        thread = std::thread([this] { house.context.run(); });
    }
    ~Served() {
        boost::asio::co_spawn(house.context, server.stop(1s), boost::asio::use_future).get();
        until_stopped.reset();
        thread.join();
    }

    static http::ServerOptions on_any_port() {
        http::ServerOptions options;
        options.port = 0;
        return options;
    }
    RawClient::Answer ask(const std::string& line, const std::string& who, const std::string& more = {},
                          const std::string& body = {}) {
        RawClient client(server.port());
        client.send(line + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + who + more +
                    "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
        return client.receive();
    }
};

}  // namespace

TEST_CASE("the catalogue that Outcry comes with goes out and in again over HTTP, and nothing changes") {
    House house;
    house.database.run([&](storage::Transaction& tx) {
        catalogue::import_file(tx, data::catalogue, {.actor = "first start"}, noon);
    });
    Served served(house);
    const auto program = "Authorization: Bearer " + house.token + "\r\n";
    const std::string is_json = "Content-Type: application/json\r\n", any = "If-Match: *\r\n";
    const auto out = served.ask("GET " + whole, program);
    REQUIRE(out.status == 200);
    REQUIRE(out.body.size() > http::usual_body_bytes);
    const auto at = out.head.find("etag: ") + 6;
    const auto etag = "If-Match: " + out.head.substr(at, out.head.find('\r', at) - at) + "\r\n";
    const auto in = served.ask("PUT " + whole, program, is_json + etag, out.body);
    CHECK(in.status == 200);
    CHECK(json::parse(in.body)["changes"].empty());

    const std::string nine_megabytes(9 * 1024 * 1024, ' ');
    const auto refused = served.ask("PUT " + whole, program, is_json + any, nine_megabytes);
    CHECK(refused.status == 413);
    CHECK_THAT(refused.body, Contains("8 MB") && Contains("outcry service import"));
    CHECK(served.ask("PUT " + whole, "", is_json + any, out.body).status == 401);
    CHECK(served.ask("PUT " + mail, program, is_json + any, out.body).status == 413);

    const auto person = "Cookie: outcry_session=" + house.session + "\r\n";
    const std::string is_form = "Content-Type: application/x-www-form-urlencoded\r\n";
    const auto form = [&](const std::string& file) {
        return "do=look&file=" + http::percent_encode(file) +
               "&csrf=" + http::percent_encode(operators::csrf_token(house.session));
    };
    const std::string import = "POST /admin/services/import";
    const auto looked = served.ask(import, person, is_form, form(out.body));
    CHECK(looked.status == 200);
    CHECK_THAT(looked.body, Contains("0 services would change"));
    const auto too_large = served.ask(import, person, is_form, form(std::string(9 * 1024 * 1024, 'x')));
    CHECK(too_large.status == 413);
    CHECK_THAT(too_large.body, Contains("8 MB") && Contains("outcry service import"));
    CHECK(served.ask(import, "", is_form, form(out.body)).status == 401);
    const auto far_too_large = served.ask(import, person, is_form, std::string(26 * 1024 * 1024, 'x'));
    CHECK(far_too_large.status == 413);
    CHECK_THAT(far_too_large.body, Contains("8 MB") && Contains("outcry service import"));
}

TEST_CASE("the whole catalogue goes out and in again; the same file twice changes nothing") {
    House house;
    const auto out = house.get(whole);
    REQUIRE(out.status == 200);
    const std::string etag(out.header("etag"));
    CHECK(house.send(Method::put, whole, *out.body).status == 428);
    CHECK(
        json::parse(*house.send(Method::put, whole, *out.body, {{"if-match", etag}}).body)["changes"].empty());
    CHECK(house.audit().empty());

    const auto changed = replaced(*out.body, "\"Mail\"", "\"Post\"");
    const auto look = house.send(Method::put, whole + "?dry_run=true", changed, {{"if-match", etag}});
    CHECK(json::parse(*look.body)["changes"] == json::parse(R"([{"slug":"mail","change":"name"}])"));
    CHECK(*house.get(whole).body == *out.body);
    CHECK(house.send(Method::put, whole, changed, {{"if-match", etag}}).status == 200);
    CHECK(house.audit() == "token git service.edit service mail");
    const auto late = house.send(Method::put, whole, changed, {{"if-match", etag}});
    CHECK(late.status == 412);
    CHECK(json::parse(*late.body)["current"]["services"].size() == 2);

    const std::string one = R"({"services":[{"slug":"suite","name":"Suite"}]})";
    CHECK(json::parse(*house.send(Method::put, whole, one, {{"if-match", "*"}}).body)["changes"].empty());
    const std::string orphan = R"({"services":[{"slug":"mail","name":"Mail","parent":"suite"}]})";
    const auto refused = house.send(Method::put, whole + "?prune=true", orphan, {{"if-match", "*"}});
    CHECK(refused.status == 422);
    CHECK_THAT(*refused.body, Contains("would be archived") && Contains("/services/0/parent"));
    const auto pruned = house.send(Method::put, whole + "?prune=true", one, {{"if-match", "*"}});
    CHECK(json::parse(*pruned.body)["changes"] == json::parse(R"([{"slug":"mail","change":"archived"}])"));
    CHECK(house.get(mail).status == 404);
    CHECK(house.send(Method::put, whole + "?prune=yes", one, {{"if-match", "*"}}).status == 400);
}

TEST_CASE("a mistake in the file is told with line, column and pointer, and nothing is changed") {
    House house;
    const auto before = *house.get(whole).body;
    struct Bad {
        std::string body, says;
    };
    for (const auto& [body, says] : std::initializer_list<Bad>{
             {"{\n\"services\": [{\"slug\":\"suite\",\"name\":\"S\",\"parent\":\"mail\"}]}",
              "line 2, column 41"},
             {"{\n\"services\": [{\"slug\":\"suite\",\"name\":\"S\",\"parent\":\"mail\"}]}",
              "suite → mail → suite"},
             {"{\"services\":[{\"slug\":\"new\",\"name\":\"N\"},\n{\"slug\":\"new\",\"name\":\"N\"}]}",
              "line 2, column 2, services[1] (new)"},
             {"{\"services\":[{\"slug\":\"new\",\"name\":\"N\",\n \"zone\":\"Europe/Berln\"}]}",
              "line 2, column 2"},
             {"{\"services\":[{\"slug\":\"new\",\"nme\":\"N\"}]}", "/services/0/nme"}}) {
        INFO(body);
        const auto answer = house.send(Method::put, whole, body, {{"if-match", "*"}});
        CHECK(answer.status == 422);
        CHECK_THAT(*answer.body, Contains(says));
        CHECK(*house.get(whole).body == before);
    }
    for (const auto& [address, body, says] : {std::tuple{whole, "{\n\"services\":[", "line 2, column 1"},
                                              std::tuple{mail, "{\n \"slug\": mail}", "line 2, column 1"}}) {
        const auto answer = house.send(Method::put, address, body, {{"if-match", "*"}});
        CHECK(answer.status == 400);
        CHECK_THAT(*answer.body, Contains("/api/problems/unreadable") && Contains(says));
    }
    CHECK(house.audit().empty());
}

TEST_CASE("a detector of the file changes what it names and nothing else") {
    House house;
    const auto put = [&](const std::string& detector) {
        const auto answer =
            house.send(Method::put, mail, R"({"slug":"mail","name":"Mail","detector":)" + detector + "}",
                       {{"if-match", "*"}});
        CHECK(answer.status == 200);
        return json::parse(*answer.body)["detector"];
    };
    put(R"({"least_reports":50,"clear_minutes":90})");
    const auto now = put(R"({"hold_minutes":5})");
    CHECK(now["least_reports"] == 50);
    CHECK(now["clear_minutes"] == 90);
    CHECK(now["hold_minutes"] == 5);
    CHECK(house
              .send(Method::put, mail, R"({"slug":"mail","name":"Mail","detector":{"hold_minutes":1e999}})",
                    {{"if-match", "*"}})
              .status == 422);
}

TEST_CASE("one service is put, edited and archived by a program that says what it saw") {
    House house;
    CHECK(house.send(Method::put, "/api/v1/admin/services/chat", R"({"slug":"chat","name":"Chat"})").status ==
          428);
    CHECK(house
              .send(Method::put, "/api/v1/admin/services/chat", R"({"slug":"chat","name":"Chat"})",
                    {{"if-none-match", "*"}})
              .status == 201);
    CHECK(house
              .send(Method::put, "/api/v1/admin/services/chat", R"({"slug":"chat","name":"Chat"})",
                    {{"if-none-match", "*"}})
              .status == 412);
    const auto stored = house.get(mail);
    const std::string etag(stored.header("etag"));
    CHECK(json::parse(*stored.body)["networks"] == json::array({64496}));
    CHECK(
        house.send(Method::put, mail, replaced(*stored.body, "64496", "64497"), {{"if-match", etag}}).status ==
        200);
    CHECK(house.send(Method::put, mail, *stored.body, {{"if-match", etag}}).status == 412);
    const auto other = house.send(Method::put, mail, R"({"slug":"post","name":"P"})", {{"if-match", "*"}});
    CHECK(other.status == 422);
    CHECK_THAT(*other.body, Contains("\"pointer\":\"/slug\""));
    CHECK(house.send(Method::delete_, mail, {}, {{"if-match", etag}}).status == 412);
    CHECK(house.send(Method::delete_, mail, {}, {{"if-match", "*"}}).status == 204);
    CHECK(house.send(Method::delete_, mail, {}, {{"if-match", "*"}}).status == 404);
    CHECK(house.audit() ==
          "token git service.add service chat, token git service.edit service mail, token git service.archive "
          "service mail");
}

TEST_CASE("one service is added, edited and archived by hand, each mistake beside its field") {
    House house;
    CHECK_THAT(*house.look("/admin/services").body, Contains("2 services") && Contains("/admin/s/mail/tune"));
    CHECK_THAT(*house.look("/admin/services/new").body, Contains("Add a service"));
    const auto form = house.look("/admin/s/mail");
    CHECK_THAT(*form.body, Contains("login = Signing in") && Contains("64496"));
    CHECK_THAT(*form.body, Contains("An open incident of it ends with it"));  // said before it is done
    const auto etag = http::percent_encode(std::string(house.get(mail).header("etag")));
    CHECK(
        house
            .post("/admin/s/mail", "etag=" + etag + "&name=Mail&zone=UTC&parent=suite&networks=AS64500%0a64496")
            .status == 303);
    CHECK(json::parse(*house.get(mail).body)["networks"] == json::array({64500, 64496}));
    CHECK(json::parse(*house.get(mail).body)["categories"].empty());
    CHECK_THAT(*house.post("/admin/s/mail", "etag=" + etag + "&name=Late").body,
               Contains("somebody changed this service"));
    const auto now = http::percent_encode(std::string(house.get(mail).header("etag")));
    CHECK_THAT(*house.post("/admin/s/mail", "etag=" + now + "&name=Mail&zone=Berlin").body,
               Contains("id=\"f-zone-e\""));
    CHECK_THAT(*house.post("/admin/s/mail", "etag=" + now + "&name=Mail&networks=many").body,
               Contains("id=\"f-networks-e\""));
    CHECK_THAT(*house.post("/admin/services", "slug=mail&name=Again").body, Contains("with this slug already"));
    CHECK(house.post("/admin/services", "slug=new-one&name=New&zone=UTC").status == 303);
    CHECK(house.post("/admin/s/mail/archive", "etag=" + now).status == 303);
    CHECK(house.get(mail).status == 404);
    const auto said =
        house.post("/admin/services/import",
                   "do=look&file=" + http::percent_encode(R"({"services":[{"slug":"x","name":"X"}]})"));
    CHECK_THAT(*said.body, Contains("1 service would change"));
    CHECK(house.get("/api/v1/admin/services/x").status == 404);
    CHECK(
        house.audit() ==
        "mara service.edit service mail, mara service.add service new-one, mara service.archive service mail");
}

TEST_CASE("a list of many services comes a hundred at a time and is searched in all of them, in any case") {
    House house;
    auto many = json{{"services", json::array()}};
    for (int i = 100; i < 248; ++i)
        many["services"].push_back(
            {{"slug", "many-" + std::to_string(i)}, {"name", "Ärzte " + std::to_string(i)}});
    house.database.run(
        [&](storage::Transaction& tx) { catalogue::import_file(tx, many.dump(), {.actor = "test"}, noon); });
    const auto shown = [&](const std::string& query) { return *house.look("/admin/services" + query).body; };
    const auto first = shown(""), second = shown("?page=2");
    CHECK_THAT(first, Contains("150 services") && Contains("1 to 100 of 150") && Contains("Ärzte 197") &&
                          !Contains("Ärzte 198") && Contains("href=\"/admin/services?page=2\"") &&
                          !Contains("rel=\"prev\""));
    CHECK_THAT(second, Contains("101 to 150 of 150") && Contains("Ärzte 198") && Contains("Ärzte 247") &&
                           Contains("rel=\"prev\" href=\"/admin/services\"") && !Contains("rel=\"next\""));
    CHECK_THAT(shown("?q=%C3%84RZTE+24"), Contains("8 services fit") && Contains("Ärzte 240"));
    CHECK_THAT(shown("?q=%C3%A4rzte&page=2"),
               Contains("href=\"/admin/services?q=%C3%A4rzte\"") && Contains("101 to 148 of 148"));
    CHECK_THAT(shown("?q=POST"), Contains("1 service fits") && Contains("/admin/s/mail/tune"));
    CHECK_THAT(shown("?q=%25"), Contains("No service fits"));
    CHECK_THAT(shown("?page=none"), Contains("1 to 100"));
    CHECK(house.look("/admin/services?page=9").header("location") == "/admin/services");
}

TEST_CASE("one draft is saved for many services, or for none of them") {
    House house;
    tests::await(house.context, house.pulse.load());
    CHECK_THAT(*house.look("/admin/tune?service=mail&service=suite").body, Contains("Save for 2 services"));
    const std::string draft = "&note=quieter&false_alarms_per_year=4&least_reports=9&hold=1&clear=20";
    const auto lost = house.post("/admin/tune", "version=mail/1&version=suite/7" + draft);
    CHECK(lost.status == 409);
    CHECK_THAT(*lost.body, Contains("somebody else has changed suite meanwhile"));
    CHECK(house.place.ask("select count(*) from detector_settings") == "2");
    CHECK(house.post("/admin/tune", "version=mail/1&version=suite/1" + draft).status == 303);
    CHECK(house.place.ask("select count(*) from detector_settings where version = 2 and by_whom = 'mara'") ==
          "2");
    CHECK(house.post("/admin/tune", "version=mail/2&version=suite/2&note=&hold=1").status == 422);
}
