// tests/integration/accounts_test.cpp: the first start, signing in and out, users, tokens, and what operators
// do to incidents, through the routes that are served, on a real database.
#include <catch2/catch.hpp>
#include <future>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "server/http/target.hpp"
#include "server/operator/account/link.hpp"
#include "server/operator/account/password.hpp"
#include "server/operator/account/session.hpp"
#include "server/operator/account/users.hpp"
#include "server/operator/routes.hpp"
#include "server/pages/routes.hpp"
#include "server/storage/acknowledgements.hpp"
#include "server/storage/audit.hpp"
#include "server/storage/incident_acts.hpp"
#include "server/storage/incidents.hpp"
#include "server/storage/reports.hpp"
#include "server/storage/services.hpp"
#include "server/storage/statements.hpp"
#include "tests/support/await.hpp"
#include "tests/support/bare_router.hpp"
#include "tests/support/private_postgres.hpp"

using namespace outcry;
using namespace std::chrono_literals;
using http::Method;

namespace {

const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};
const std::string good = "olive tractor quiet seven", better = "seven quiet tractors, olive";

using Form = std::vector<std::pair<std::string, std::string>>;

struct House {
    tests::PrivateDatabase place;
    storage::Database database{place.serving()};
    boost::asio::io_context context;
    live::Clock clock{noon, 0};
    live::EventHub hub;
    live::Pulse pulse{context.get_executor(), database, hub, clock};
    std::unique_ptr<http::Router> router;
    std::string cookie, client = "192.0.2.1";

    House() { start(); }

    /// The program as it is after a start, on the same database.
    void start() {
        auto routes = operators::routes({.pulse = pulse,
                                         .database = database,
                                         .clock = clock,
                                         .renderer = pages::make_renderers("", "").front()});
        router = tests::bare_router(std::move(routes));
    }

    http::Response ask(Method method, const std::string& target, const std::string& body = "") {
        http::Request request;
        request.method = method;
        request.target = target;
        request.body = body;
        request.client = boost::asio::ip::make_address(client);
        request.headers = {{"host", "localhost:8080"}, {"content-type", "application/x-www-form-urlencoded"}};
        if (!cookie.empty()) request.headers.emplace_back("cookie", "outcry_session=" + cookie);
        return tests::await(context, router->handle(std::move(request)));
    }
    http::Response get(const std::string& target) { return ask(Method::get, target); }

    /// Sent from a page of the session that stands, and its cookie is kept as a browser would.
    http::Response post(const std::string& target, Form form) {
        if (!cookie.empty()) form.emplace_back("csrf", operators::csrf_token(cookie));
        std::string body;
        for (const auto& [name, value] : form)
            body += (body.empty() ? "" : "&") + name + "=" + http::percent_encode(value);
        auto answer = ask(Method::post, target, body);
        const std::string set(answer.header("set-cookie"));
        const std::string start = "outcry_session=";
        if (set.starts_with(start)) cookie = set.substr(start.size(), set.find(';') - start.size());
        return answer;
    }

    std::string setup_link() {
        return database.run([&](storage::Transaction& tx) {
            return operators::make_setup_link(tx, "test", clock.now(), clock.now() + operators::link_lasts)
                .value_or("");
        });
    }
    std::string password_link(const std::string& name) {
        return database.run([&](storage::Transaction& tx) {
            return operators::make_password_link(tx, storage::find_user(tx, name)->id, clock.now(),
                                                 clock.now() + operators::link_lasts);
        });
    }
    void pass(std::chrono::milliseconds span) { clock = live::Clock{clock.now() + span, 0}; }

    /// Mara, the first admin, signed in.
    void set_up() {
        REQUIRE(post(setup_link(), {{"name", "Mara"}, {"password", good}, {"again", good}}).status == 303);
    }
    void add(const std::string& name, operators::Role role) {
        database.run(
            [&](storage::Transaction& tx) { operators::add_user(tx, "test", name, role, "", clock.now()); });
        const auto mine = std::exchange(cookie, "");
        REQUIRE(post(password_link(name), {{"password", better}, {"again", better}}).status == 303);
        cookie = mine;
    }
    http::Response sign_in(const std::string& name, const std::string& password) {
        cookie.clear();
        return post("/admin/sign-in", {{"name", name}, {"password", password}, {"next", "/admin/audit"}});
    }

    /// An open incident of a service of that name.
    std::string incident(const std::string& name) {
        storage::Service service;
        service.slug = service.name = name;
        return database.run([&](storage::Transaction& tx) {
            analytics::Transition opening;
            opening.service = storage::put_service(tx, service, noon - 24h);
            opening.at = minute_of(noon);
            opening.opened = true;
            opening.from = analytics::State::normal;
            opening.to = analytics::State::spike;
            auto& incident = opening.incident;
            incident.phase = analytics::Phase::open;
            incident.began = incident.peak_at = minute_of(noon) - 5min;
            incident.opened = minute_of(noon);
            incident.peak = 40;
            incident.total = 41;
            incident.reasons.state = analytics::State::spike;
            return storage::record_transition(tx, opening, 1, noon)->id;
        });
    }
};

bool says(const http::Response& response, std::string_view text) {
    return response.body && response.body->find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("the setup link makes the first admin, once") {
    House house;
    CHECK(says(house.get("/admin/sign-in"), "outcry init"));
    const auto first = house.setup_link(), second = house.setup_link();
    CHECK(house.get(first).status == 410);  // the newer one holds
    CHECK(house.get(second).status == 200);
    CHECK(house.get(second).header("referrer-policy") == "same-origin");
    CHECK(house.get("/admin/link/nonsense").status == 404);

    const auto answer = house.post(second, {{"name", "Mara"}, {"password", good}, {"again", good}});
    CHECK(answer.status == 303);
    CHECK(answer.header("location") == "/admin");
    CHECK(house.get("/admin").status == 200);
    CHECK(house.setup_link().empty());

    const auto again = house.get(second);
    CHECK(again.status == 410);
    CHECK(says(again, "This link has been used"));
    CHECK(says(again, "outcry init"));
    house.cookie.clear();
    CHECK(house.post(second, {{"name", "eve"}, {"password", good}, {"again", good}}).status == 410);
    CHECK(house.place.ask("select string_agg(name || ' ' || role, ',') from operator_user") == "mara admin");
    CHECK(house.place.ask("select count(*) from operator_link where position('" + second.substr(12) +
                          "' in encode(hash, 'escape')) > 0") == "0");
}

TEST_CASE("a link that is too old says what to type") {
    House house;
    const auto setup = house.setup_link();
    house.pass(operators::link_lasts - 1min);
    CHECK(house.get(setup).status == 200);
    house.pass(2min);
    CHECK(house.get(setup).status == 410);
    CHECK(house.post(setup, {{"name", "mara"}, {"password", good}, {"again", good}}).status == 410);
    house.set_up();
    const auto link = house.password_link("mara");
    house.pass(operators::link_lasts + 1min);
    CHECK(says(house.get(link), "outcry user passwd mara"));
}

TEST_CASE("a weak password is refused beside its field") {
    House house;
    const auto link = house.setup_link();
    struct Bad {
        std::string name, password, again, sentence;
    };
    for (const auto& [name, password, again, sentence] :
         std::initializer_list<Bad>{{"mara", "short", "short", "at least 12 characters"},
                                    {"mara", "password1234", "password1234", "tried first"},
                                    {"mara", "mara-mara-2026", "mara-mara-2026", "close to the name"},
                                    {"mara", good, better, "not the same"},
                                    {"ma ra", good, good, "A name is 1 to 64"}}) {
        INFO(password);
        const auto answer = house.post(link, {{"name", name}, {"password", password}, {"again", again}});
        CHECK(answer.status == 422);
        CHECK(says(answer, sentence));
        CHECK(says(answer, "aria-invalid"));
        CHECK_FALSE(says(answer, "value=\"" + password));
    }
    CHECK(house.place.ask("select count(*) from operator_user") == "0");
}

TEST_CASE("an unknown name and a wrong password are answered alike, and ever more slowly") {
    House house;
    house.set_up();
    const auto wrong = house.sign_in("mara", better), unknown = house.sign_in("nobody", better);
    CHECK(wrong.status == 401);
    CHECK(unknown.status == 401);
    CHECK(says(unknown, "The name or the password is wrong."));
    CHECK(wrong.body->size() - unknown.body->size() ==
          std::string_view("mara").size() - std::string_view("nobody").size());

    for (int i = 0; i < 4; ++i) CHECK(house.sign_in("mara", better).status == 401);
    const auto waiting = house.sign_in("mara", good);
    CHECK(waiting.status == 429);
    CHECK(waiting.header("retry-after") == "1");
    CHECK(says(waiting, "Wait 1 second,"));
    house.pass(1s);
    const auto right = house.sign_in("mara", good);
    CHECK(right.status == 303);
    CHECK(right.header("location") == "/admin/audit");
    CHECK(house.sign_in("mara", better).status == 401);  // and the count has begun afresh

    for (int i = 0; i < 20; ++i) house.sign_in("name" + std::to_string(i), good);
    CHECK(house.sign_in("jo", good).status == 429);  // one client, many names
    house.client = "192.0.2.2";
    CHECK(house.sign_in("jo", good).status == 401);
}

TEST_CASE("a restart or another node forgets no try, and the database tells nobody's name or address") {
    House house;
    house.set_up();
    for (int i = 0; i < 5; ++i) CHECK(house.sign_in("mara", better).status == 401);
    CHECK(house.sign_in("mara", good).status == 429);
    house.start();
    CHECK(house.sign_in("mara", good).status == 429);
    const auto rows = [&] { return house.place.ask("select count(*) from sign_in_tries"); };
    CHECK(rows() == "2");  // a name and a client
    // Neither is there in clear or as a hash that anybody could make, and the next day's key is another one.
    for (const auto* known : {"mara", "192.0.2.1"})
        for (const auto* label : {"", "account", "client"})
            for (const auto* between : {"", "\\000"})
                CHECK(house.place.ask("select count(*) from sign_in_tries where key = sha256('" +
                                      std::string(label) + between + known + "'::bytea)") == "0");
    CHECK(house.place.ask("select bool_and(length(key) = 32) from sign_in_tries") == "t");
    house.pass(1s);
    CHECK(house.sign_in("mara", good).status == 303);
    CHECK(rows() == "0");

    const auto keys = [&] {
        return house.place.ask("select string_agg(key::text, ' ' order by key) from sign_in_tries");
    };
    const auto clear = [&] {
        house.database.run([&](storage::Transaction& tx) { storage::retain(tx, house.clock.now()); });
    };
    house.sign_in("jo", better);
    const auto today = keys();
    house.pass(60min);
    clear();
    CHECK(keys() == today);
    house.pass(1min);
    clear();
    CHECK(rows() == "0");
    house.pass(24h - 61min);
    house.sign_in("jo", better);
    CHECK(rows() == "2");
    std::istringstream each(today);
    for (std::string key; each >> key;) CHECK(keys().find(key) == std::string::npos);
}

TEST_CASE("midnight forgets no try: a wait goes on, and so does the count") {
    House house;
    house.set_up();
    house.pass(12h - 1s);  // 23:59:59
    const auto must_wait = [&] { return house.sign_in("mara", good).header("retry-after"); };
    for (int i = 0; i < 5; ++i) CHECK(house.sign_in("mara", better).status == 401);
    CHECK(must_wait() == "1");
    house.pass(999ms);
    CHECK(must_wait() == "1");
    house.pass(1ms);  // midnight, and the wait is over
    CHECK(house.sign_in("mara", better).status == 401);
    CHECK(must_wait() == "2");
    house.pass(2s);
    CHECK(house.sign_in("mara", better).status == 401);
    CHECK(must_wait() == "4");
    // Of the name seven; of the client also the four that the name had to wait for.
    CHECK(house.place.ask("select string_agg(tries::text, ' ' order by tries) from sign_in_tries") == "7 11");
    house.pass(4s);
    CHECK(house.sign_in("mara", good).status == 303);
    CHECK(house.place.ask("select count(*) from sign_in_tries") == "0");
}

TEST_CASE("a wait that began before midnight is over when it says so, not at midnight") {
    House house;
    house.set_up();
    house.pass(12h - 1s);
    for (int i = 0; i < 5; ++i) house.sign_in("mara", better);
    house.pass(500ms);
    CHECK(house.sign_in("mara", good).status == 429);
    house.pass(500ms);
    house.sign_in("mara", better);  // at midnight: two seconds
    CHECK(house.sign_in("mara", good).header("retry-after") == "2");
}

TEST_CASE("nobody is sent elsewhere by a link to the sign-in page") {
    House house;
    house.set_up();
    for (const auto* next : {"//evil.example", "https://evil.example", "/\\evil.example", "/admin\r\nx: y",
                             "/administrator", ""}) {
        house.cookie.clear();
        const auto answer =
            house.post("/admin/sign-in", {{"name", "mara"}, {"password", good}, {"next", next}});
        CHECK(answer.header("location") == "/admin");
    }
}

TEST_CASE("signing out ends this session, signing out everywhere all of them") {
    House house;
    house.set_up();
    const auto first = house.cookie;
    house.sign_in("mara", good);
    const auto second = house.cookie;
    CHECK(first != second);
    house.post("/admin/sign-out", {});
    house.cookie = second;
    CHECK(house.get("/admin").status == 303);
    house.cookie = first;
    CHECK(house.get("/admin").status == 200);
    house.sign_in("mara", good);
    CHECK(says(house.get("/admin/account"), "In 2 browsers."));
    CHECK(house.post("/admin/sign-out-everywhere", {}).status == 303);
    house.cookie = first;
    CHECK(house.get("/admin").status == 303);
    CHECK(house.place.ask("select count(*) from operator_session") == "0");
}

TEST_CASE("a new password signs out everyone else, and needs the present one") {
    House house;
    house.set_up();
    const auto elsewhere = house.cookie;
    house.sign_in("mara", good);
    CHECK(house.post("/admin/account/password", {{"current", better}, {"password", better}}).status == 422);
    CHECK(house.post("/admin/account/password", {{"current", good}, {"password", better}}).status == 200);
    CHECK(house.get("/admin").status == 200);
    const auto here = std::exchange(house.cookie, elsewhere);
    CHECK(house.get("/admin").status == 303);
    CHECK(house.sign_in("mara", good).status == 401);
    CHECK(house.sign_in("mara", better).status == 303);
}

TEST_CASE("a password that is changed while it is being checked opens no session") {
    House house;
    house.set_up();
    std::promise<void> changing;
    std::thread other([&] {
        house.database.run([&](storage::Transaction& tx) {
            storage::lock_users(tx);
            const auto user = storage::find_user(tx, "mara");
            storage::set_password(tx, user->id, operators::keep_password(better));
            changing.set_value();
            std::this_thread::sleep_for(2s);  // longer than the check of a password takes
        });
    });
    changing.get_future().wait();
    CHECK(house.sign_in("mara", good).status == 401);
    other.join();
    CHECK(house.sign_in("mara", better).status == 303);
}

TEST_CASE("users are added by link, and one admin is always left") {
    House house;
    house.set_up();
    const auto added = house.post("/admin/users", {{"name", "Jo"}, {"role", "viewer"}});
    CHECK(added.status == 200);
    CHECK(says(added, "http://localhost:8080/admin/link/"));
    CHECK(house.post("/admin/users", {{"name", "jo"}, {"role", "viewer"}}).status == 422);
    const auto mara = house.place.ask("select id from operator_user where name = 'mara'");
    const auto refused = house.post("/admin/users/" + mara + "/disable", {});
    CHECK(refused.status == 409);
    CHECK(says(refused, "mara is the last admin"));
    CHECK(house.post("/admin/users/" + mara + "/role", {{"role", "viewer"}}).status == 409);
    house.post("/admin/users", {{"name", "kim"}, {"role", "admin"}});
    CHECK(house.post("/admin/users/" + mara + "/disable", {}).status == 409);  // kim has no password yet
    const auto mine = std::exchange(house.cookie, "");
    REQUIRE(house.post(house.password_link("kim"), {{"password", better}, {"again", better}}).status == 303);
    house.cookie = mine;
    CHECK(house.post("/admin/users/" + mara + "/disable", {}).status == 303);
    CHECK(house.get("/admin").status == 303);  // signed out with it
    CHECK(house.sign_in("mara", good).status == 401);
    CHECK(house.place.ask("select string_agg(action, ',' order by id) from audit where object = 'user mara'") ==
          "user.add,user.disable");
}

TEST_CASE("whoever changes users or tokens in the console may say why, and the audit log has it") {
    House house;
    house.set_up();
    const std::string long_reason(storage::longest_reason + 1, 'x');
    house.post("/admin/users", {{"name", "jo"}, {"role", "viewer"}, {"why", " night shift "}});
    const auto jo = "/admin/users/" + house.place.ask("select id from operator_user where name = 'jo'");
    house.post(jo + "/link", {{"why", "lost it"}});
    house.post(jo + "/role", {{"role", "operator"}, {"why", "trained"}});
    house.post(jo + "/disable", {{"why", "left"}});
    house.post(jo + "/enable", {});
    house.post("/admin/tokens", {{"name", "grafana"}, {"scope", "read"}, {"why", "graphs"}});
    house.post("/admin/tokens/revoke", {{"name", "grafana"}, {"why", "no graphs"}});
    const std::string lines =
        "select string_agg(action || ':' || why, ', ' order by id) from audit where actor = 'mara' and object "
        "in ('user jo', 'token grafana')";
    const auto written = house.place.ask(lines);
    CHECK(written ==
          "user.add:night shift, user.link:lost it, user.role:trained, user.disable:left, user.enable:, "
          "token.create:graphs, token.revoke:no graphs");

    const Form too_long{{"name", "kim"}, {"role", "admin"}, {"scope", "read"}, {"why", long_reason}};
    for (const auto& at : {std::string("/admin/users"), jo + "/link", jo + "/role", jo + "/disable",
                           std::string("/admin/tokens"), std::string("/admin/tokens/revoke")}) {
        INFO(at);
        const auto answer = house.post(at, too_long);
        CHECK(answer.status == 422);
        CHECK(says(answer, "at most 2,000 characters"));
    }
    CHECK(house.place.ask(lines) == written);
}

TEST_CASE("a link to set up the first operator is in the audit log, with whoever made it") {
    House house;
    house.setup_link();
    CHECK(house.place.ask("select actor || ' ' || action || ' ' || object from audit") ==
          "test setup.link first operator");
    house.set_up();
    CHECK(house.setup_link().empty());
    CHECK(house.place.ask("select count(*) from audit where action = 'setup.link'") == "2");
}

TEST_CASE("a token is shown once, and kept as a hash") {
    House house;
    house.set_up();
    CHECK(house.post("/admin/tokens", {{"name", "with space"}}).status == 422);
    const auto made = house.post("/admin/tokens", {{"name", "grafana"}, {"scope", "read"}});
    REQUIRE(made.status == 200);
    const auto at = made.body->find("outcry_", made.body->find("class=\"copy\""));
    REQUIRE(at != std::string::npos);
    const auto token = made.body->substr(at, 50);
    CHECK_FALSE(says(house.get("/admin/tokens"), token));
    http::Request request;
    request.target = "/admin/audit.ndjson?what=token";
    request.headers = {{"authorization", "Bearer " + token}};
    const auto answer = tests::await(house.context, house.router->handle(request));
    REQUIRE(answer.status == 200);
    const auto line = nlohmann::json::parse(*answer.body);
    CHECK(line["action"] == "token.create");
    CHECK(line["after"]["scopes"][0] == "read");
    house.post("/admin/tokens/revoke", {{"name", "grafana"}});
    CHECK(tests::await(house.context, house.router->handle(request)).status == 401);
}

TEST_CASE("what is done to an incident is done once, with its reason, and is in the audit log") {
    House house;
    house.set_up();
    const auto id = house.incident("mail"), other = house.incident("chat"), third = house.incident("store");
    const auto at = "/admin/incidents/" + id;
    CHECK(says(house.get("/admin"), "mail"));
    CHECK(house.get(at).status == 200);
    CHECK(house.get("/admin/incidents/nonsense").status == 404);
    CHECK(house.post(at + "/acknowledge", {{"back", "console"}}).header("location") == "/admin");
    CHECK(says(house.get("/admin"), "Acknowledged by mara"));
    CHECK(house.post(at + "/acknowledge", {}).status == 409);

    CHECK(house.post(at + "/annotate", {{"why", "  "}}).status == 422);
    CHECK(house.post(at + "/annotate", {{"why", std::string(2001, 'x')}}).status == 422);
    CHECK(house.post(at + "/annotate", {{"why", "The provider found <the> cause."}}).status == 303);
    CHECK(house.place.ask("select by_whom || ': ' || note from incident_annotation") ==
          "mara: The provider found <the> cause.");
    CHECK(says(house.get(at), "The provider found &lt;the&gt; cause."));

    CHECK(house.post(at + "/merge", {{"why", "one outage"}, {"into", id}}).status == 422);
    CHECK(house.post(at + "/merge", {{"why", "one outage"}, {"into", other}}).status == 303);
    CHECK(house.post("/admin/incidents/" + other + "/merge", {{"why", "no"}, {"into", third}}).status == 422);
    CHECK(house.post("/admin/incidents/" + third + "/false", {{"why", "a test of ours"}}).status == 303);
    CHECK(house.place.ask("select count(*) from alert_label where not real") == "1");

    CHECK(house.place.ask(
              "select string_agg(action, ',' order by id) from audit where action like 'incident.%'") ==
          "incident.acknowledge,incident.annotate,incident.merge,incident.false");
    const auto csv = house.get("/admin/audit.csv?what=incident");
    CHECK(says(csv, "\"one outage\""));
    CHECK(std::count(csv.body->begin(), csv.body->end(), '\n') == 5);
    CHECK(house.get("/admin/audit?from=yesterday").status == 422);
    CHECK_FALSE(says(house.get("/admin/audit?until=2026-01-21"), "incident.merge"));

    CHECK(house.post(at + "/close", {{"why", "over for us"}}).status == 303);
    CHECK(says(house.get("/admin"), "Closes at 12:00 UTC"));
    CHECK(house.post(at + "/close", {{"why", "again"}}).status == 409);

    house.place.ask("update incident set closed = revised, ending = 'calm' where id = '" + other +
                    "' returning 1");
    const auto under_it = house.post("/admin/incidents/" + third + "/merge", {{"why", "no"}, {"into", other}});
    CHECK(under_it.status == 422);
    CHECK(says(under_it, "That one is over, and this one is not"));

    house.add("vera", operators::Role::viewer);
    house.sign_in("vera", better);
    CHECK(house.get(at).status == 200);
    CHECK_FALSE(says(house.get(at), "<textarea"));
    CHECK(house.post(at + "/annotate", {{"why", "x"}}).status == 403);
}

TEST_CASE("the audit log is read page by page") {
    House house;
    house.set_up();
    for (int i = 0; i < 60; ++i)
        house.post("/admin/users", {{"name", "user" + std::to_string(i)}, {"role", "viewer"}});
    const auto first = house.get("/admin/audit?who=mara");
    const auto older = first.body->find("before=");
    REQUIRE(older != std::string::npos);
    const auto cursor = first.body->substr(older, first.body->find('"', older) - older);
    const auto second = house.get("/admin/audit?who=mara&" + cursor);
    CHECK(says(second, "user user0<"));
    CHECK_FALSE(says(second, "user user59<"));
    CHECK(says(first, "user user59<"));
}

TEST_CASE("the console tells of every open incident what was said last, who has seen it and what was decided") {
    House house;
    house.set_up();
    const auto quiet = house.incident("quiet"), told = house.incident("told"), seen = house.incident("seen"),
               ending = house.incident("ending");
    house.database.run([&](storage::Transaction& tx) {
        const auto say = [&](const storage::IncidentId& about, const std::string& id, Time at,
                             const std::string& status) {
            storage::Statement statement;
            statement.external_id = id;
            statement.at = at;
            statement.status = status;
            statement.text = "x";
            storage::add_statement(tx, storage::load_incident(tx, about)->service, statement, noon);
        };
        say(told, "b", noon - 30min, "identified");
        say(told, "a", noon - 30min, "investigating");
        say(told, "c", noon - 2h, "monitoring");
        say(quiet, "long before", noon - 7h, "identified");
        say(quiet, "later", noon + 1min, "identified");
        storage::acknowledge(tx, seen, {.by_whom = "jo", .note = "", .at = noon});
        storage::end_incident(tx, ending, "jo", noon);
    });
    const auto page = *house.get("/admin").body;
    const auto row = [&](const std::string& id) {
        const auto at = page.find("/admin/incidents/" + id);
        REQUIRE(at != std::string::npos);
        return page.substr(at, page.find("</tr>", at) - at);
    };
    const auto has = [&](const std::string& id, std::string_view words) {
        return row(id).find(words) != std::string::npos;
    };
    CHECK(has(told, "Cause found, 11:30"));
    CHECK(has(quiet, "nothing yet"));
    CHECK(has(seen, "nothing yet"));
    CHECK(has(seen, "Acknowledged by jo"));
    CHECK(has(ending, "Closes at 12:00"));
    CHECK_FALSE(has(told, "Acknowledged by"));
    CHECK_FALSE(has(quiet, "Closes at"));
}
