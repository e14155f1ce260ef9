// tests/integration/console_test.cpp: what operators do to incidents, and what the console and the audit log
// tell of it.
#include "tests/support/front_door.hpp"

using namespace outcry;
using namespace outcry::tests;

TEST_CASE("what is done to an incident is done once, with its reason, and is in the audit log") {
    FrontDoor house;
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
    FrontDoor house;
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
    FrontDoor house;
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
