// tests/integration/accounts_test.cpp: the first start, signing in and out, users and tokens, through the
// routes that are served, on a real database.
#include "tests/support/front_door.hpp"

#include <future>
#include <thread>

using namespace outcry;
using namespace outcry::tests;

TEST_CASE("the setup link makes the first admin, once") {
    FrontDoor house;
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
    FrontDoor house;
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
    FrontDoor house;
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
    FrontDoor house;
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
    FrontDoor house;
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
    FrontDoor house;
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
    FrontDoor house;
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
    FrontDoor house;
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
    FrontDoor house;
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
    FrontDoor house;
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
    FrontDoor house;
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
    FrontDoor house;
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
    FrontDoor house;
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
    FrontDoor house;
    house.setup_link();
    CHECK(house.place.ask("select actor || ' ' || action || ' ' || object from audit") ==
          "test setup.link first operator");
    house.set_up();
    CHECK(house.setup_link().empty());
    CHECK(house.place.ask("select count(*) from audit where action = 'setup.link'") == "2");
}

TEST_CASE("a token is shown once, and kept as a hash") {
    FrontDoor house;
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
