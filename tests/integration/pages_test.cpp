// tests/integration/pages_test.cpp: what pages say of an incident that really happened, and go on saying.
#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "server/api/incidents.hpp"
#include "server/live/tally.hpp"
#include "server/pages/routes.hpp"
#include "server/storage/bins.hpp"
#include "server/storage/incident_acts.hpp"
#include "server/storage/incidents.hpp"
#include "server/storage/quiet.hpp"
#include "server/storage/statements.hpp"
#include "tests/support/await.hpp"
#include "tests/support/people.hpp"
#include "tests/support/private_postgres.hpp"

using namespace outcry;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

const Minute noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};
constexpr analytics::ServiceId mail = 1, calendar = 2;

/// Mail with its calendar, two ordinary weeks behind them, asked through the router.
struct House {
    tests::PrivateDatabase place;
    storage::Database database{place.serving()};
    boost::asio::io_context context;
    live::Clock clock{noon, 0};
    live::EventHub hub;
    live::Tally tally{context.get_executor(), database, clock};
    live::Pulse pulse{context.get_executor(), database, hub, clock};
    ingest::Admission admission;
    ingest::BatchWriter writer{context.get_executor(), [](auto) -> boost::asio::awaitable<void> { co_return; }};
    pages::Painter painter;
    std::unique_ptr<http::Router> router;
    std::mt19937 random{7};
    int people = 0;
    analytics::ServiceId reported = mail;
    storage::CategoryId category = 0;  // what is named, of mail

    House() {
        std::vector<storage::ServiceBin> history;
        for (const std::string slug : {"mail", "calendar"}) {
            storage::Service service;
            service.slug = service.name = slug;
            service.provider = "Example Corp";
            if (slug == "calendar") service.parent = mail;
            database.run([&](storage::Transaction& tx) { storage::put_service(tx, service, noon - 14 * 24h); });
        }
        for (Minute at = noon - 14 * 24h; at < noon; at += 4min)
            history.push_back({mail, {.minute = at, .reports = 1}});
        database.run([&](storage::Transaction& tx) { storage::import_bins(tx, history); });
        tests::await(context, tally.cycle());
        tests::await(context, pulse.load());
        const auto renderers = pages::make_renderers("", "https://outcry.example");
        const pages::Parts parts{.pulse = pulse,
                                 .database = database,
                                 .admission = admission,
                                 .writer = writer,
                                 .clock = clock,
                                 .painter = painter,
                                 .secrets = [] { return ingest::ReporterSecrets{}; },
                                 .renderer = renderers.front()};
        const auto fail = [](std::exception_ptr thrown, const http::Request&) -> http::Response {
            std::rethrow_exception(std::move(thrown));
        };
        router = std::make_unique<http::Router>(pages::routes(parts, renderers), fail,
                                                pages::error_page(renderers, pulse));
    }

    /// Minutes of the clock, each with so many reports.
    void pass(int minutes, int reports, const std::string& message = {}, const std::string& region = {}) {
        for (int minute = 0; minute < minutes; ++minute) {
            std::vector<ingest::Report> sent;
            for (int i = 0; i < reports; ++i) {
                auto report = tests::report_of(++people, reported, clock.now() + 10ms * i);
                if (reported == mail) report.category = category;
                report.message = message;
                report.region = region;
                sent.push_back(std::move(report));
            }
            if (!sent.empty()) tests::put_in_journal(database, sent);
            clock = live::Clock{clock.now() + 1min, 0};
            while (tests::await(context, tally.cycle())) {
            }
            tests::await(context, pulse.look());
        }
    }
    http::Response ask(std::string target) {
        http::Request request;
        request.method = http::Method::get;
        request.target = std::move(target);
        return tests::await(context, router->handle(std::move(request)));
    }
    std::string read(const std::string& target) {
        const auto answer = ask(target);
        INFO(target);
        REQUIRE(answer.status == 200);
        return *answer.body;
    }
    /// Everything that is told of one incident at addresses of its own.
    std::map<std::string, std::string> told(const std::string& id) {
        std::map<std::string, std::string> all;
        for (const std::string part : {"", "/data.csv", "/chart.svg", "/chart.png", "/preview.png"})
            all[part] = read("/i/" + id + part);
        http::Request request;
        request.params = {{"id", id}};
        const auto answer = tests::await(context, api::show_incident(request, pulse, database, clock.now()));
        REQUIRE(answer.status == 200);
        all["json"] = *answer.body;
        return all;
    }
    std::string incident() { return place.ask("select id from incident order by opened desc limit 1"); }
    template <class Work>
    auto write(Work work) {
        return database.run(std::move(work));
    }
};

}  // namespace

TEST_CASE("a closed incident's page stays the same to the byte, whatever is learned and counted later") {
    House house;
    house.pass(15, 40);
    const auto id = house.incident();
    CHECK_THAT(house.read("/i/" + id), Contains("Most reports so far"));
    house.pass(150, 0);
    const auto page = house.read("/i/" + id);
    CHECK_THAT(page, Contains("Incident closed"));
    CHECK_THAT(page, Contains("class=\"band\""));
    CHECK_THAT(page, Contains("Easing off"));
    const auto tag = std::string(house.ask("/i/" + id).header("etag"));

    // Another level, another outage, another day: the present baseline is no longer that of then.
    house.pass(30, 30);
    house.pass(60, 3);
    CHECK(house.read("/i/" + id) == page);
    CHECK(house.ask("/i/" + id).header("etag") == tag);

    house.write([&](storage::Transaction& tx) {
        return storage::add_annotation(tx, id, "A cable was cut.", "ana", house.clock.now());
    });
    house.pass(1, 0);
    CHECK_THAT(house.read("/i/" + id), Contains("A cable was cut."));
}

TEST_CASE("what becomes known after an incident was closed is added to its page and changes nothing of it") {
    House house;
    storage::Service mail_now;
    mail_now.slug = mail_now.name = "mail";
    mail_now.provider = "Example Corp";
    mail_now.categories = {{0, "login", "Signing in"}, {0, "sending", "Sending"}};
    const auto put = [&](const storage::Service& service) {
        house.write(
            [&](storage::Transaction& tx) { return storage::put_service(tx, service, house.clock.now()); });
    };
    const auto says = [&](storage::ServiceId service, const std::string& text, Time at) {
        const storage::Statement said{.external_id = text,
                                      .at = at,
                                      .status = "identified",
                                      .title = "",
                                      .text = text,
                                      .address = "",
                                      .by_whom = ""};
        house.write([&](storage::Transaction& tx) {
            return storage::add_statement(tx, service, said, house.clock.now());
        });
    };
    put(mail_now);
    house.category = std::stoi(house.place.ask("select id from category where key = 'login'"));
    house.reported = calendar;  // the larger one at first, still open when mail's is closed
    house.pass(10, 60);
    house.reported = mail;
    house.pass(15, 40);
    const auto id = house.place.ask("select id from incident where service_id = 1");
    says(mail, "We look into it.", house.clock.now() - 2min);
    house.reported = calendar;
    house.pass(110, 20);
    while (house.place.ask("select closed is null from incident where id = '" + id + "'") == "t")
        house.pass(5, 20);
    REQUIRE(house.place.ask("select count(*) from incident where service_id = 2 and closed is null") == "1");
    const auto before = house.told(id);
    const auto& page = before.at("");
    CHECK_THAT(page, Contains("Signing in"));
    CHECK_THAT(page, Contains("We look into it."));
    CHECK_THAT(page, Contains("/i/" + house.place.ask("select id from incident where service_id = 2")));
    CHECK_THAT(page, !Contains("Said later"));

    // Another peak beside it, other names, another family, a report of then that says more.
    house.pass(5, 300);
    mail_now.name = "Mail & More";
    mail_now.provider = "Another Corp";
    mail_now.categories = {{0, "login", "Getting in"}};
    put(mail_now);
    storage::Service alone;
    alone.slug = alone.name = "calendar";
    put(alone);
    house.place.ask("update bin_detail set reports = reports + 1000 where category_id is not null");
    house.pass(2, 20);
    for (const auto& [part, told] : house.told(id)) {
        INFO(part);
        CHECK(told == before.at(part));
    }
    CHECK_THAT(house.read("/s/mail"), Contains("Mail &amp; More"));

    // The provider speaks: of now, and of then.
    says(mail, "It was a cable.", house.clock.now());
    house.pass(1, 20);
    says(mail, "It began with a cable.", house.clock.now() - 3h);
    house.pass(2, 20);
    auto after = house.told(id);
    const auto from = after[""].find("<section class=\"stack\" aria-labelledby=\"later\">");
    REQUIRE(from != std::string::npos);
    const std::string end = "</section>";
    const auto added = after[""].substr(from, after[""].find(end, from) + end.size() - from);
    CHECK_THAT(added, Contains("It was a cable.") && Contains("It began with a cable.") &&
                          Contains("only after the incident was closed"));
    CHECK(added.find("It was a cable.") < added.find("It began with a cable."));  // as they came
    after[""].erase(from, added.size());
    const auto& json = after["json"];
    const auto later = json.find("\"official_later\":[{");
    REQUIRE(later != std::string::npos);
    const auto first = later + std::string("\"official_later\":[").size();
    after["json"].erase(first, json.find("],\"merged\"") - first);
    for (const auto& [part, told] : before) {
        INFO(part);
        CHECK(after[part] == told);
    }
}

TEST_CASE("an incident of a service that is taken off the list is closed, says why, and keeps its page") {
    House house;
    house.pass(15, 40);
    const auto id = house.incident();
    house.write([&](storage::Transaction& tx) { storage::archive_service(tx, "mail", house.clock.now()); });
    house.pass(2, 0);
    const auto page = house.read("/i/" + id);
    CHECK_THAT(page, Contains("taken off this site’s list, not because reports fell"));
    CHECK_THAT(page, Contains("class=\"band\""));
    CHECK(page.find("href=\"/s/mail\"") == std::string::npos);
    CHECK(house.ask("/s/mail").status == 404);
    CHECK_THAT(house.read("/incidents?state=closed"), Contains(id));
}

TEST_CASE("the page of a service tells what many write, from where, and what the provider says") {
    House house;
    house.pass(2, 12, "451 4.3.2 temporary server issue", "US-CA");
    house.pass(2, 10, "cannot log in <b>", "DE");
    house.pass(2, 9, "mine: 0171 2345678", "FR");
    house.pass(8, 30);
    auto page = house.read("/s/mail");
    CHECK_THAT(page, Contains("Users report more problems than usual"));
    CHECK_THAT(page, Contains("Not confirmed by Example Corp."));
    CHECK_THAT(page, Contains("<q>451 4.3.2 temporary server issue</q><b>24 ×</b>"));
    CHECK_THAT(page, Contains("<q>cannot log in &lt;b&gt;</q>"));
    CHECK(page.find("2345678") == std::string::npos);
    CHECK_THAT(page, Contains("<span>United States</span><b>24</b>"));
    CHECK_THAT(page, Contains("#DE\" class=\""));
    house.write([&](storage::Transaction& tx) {
        return storage::add_statement(tx, mail,
                                      {.external_id = "1",
                                       .at = house.clock.now(),
                                       .status = "investigating",
                                       .title = "",
                                       .text = "We look into it.",
                                       .address = "",
                                       .by_whom = "ana"},
                                      house.clock.now());
    });
    house.pass(2, 30);
    page = house.read("/s/mail");
    CHECK_THAT(page, Contains("Example Corp said at"));
    CHECK_THAT(page, Contains("Example Corp: investigating"));
    CHECK(page.find("Not confirmed") == std::string::npos);
    CHECK_THAT(house.read("/i/" + house.incident()), Contains("Users were first by"));
    CHECK_THAT(house.read("/de/s/mail"), Contains("<span>Vereinigte Staaten</span>"));
    CHECK_THAT(house.read("/s/mail?range=1y"), Contains("Reports per day"));
}

TEST_CASE("the archive finds by words, state and month, and refuses what it does not offer") {
    House house;
    house.pass(15, 40);
    const auto id = house.incident();
    for (const std::string found : {"", "?q=MAIL", "?q=example+corp", "?state=open", "?year=2026",
                                    "?year=2026&month=1", "?service=mail&state=open&q=mail"}) {
        INFO(found);
        CHECK_THAT(house.read("/incidents" + found), Contains("/i/" + id));
    }
    for (const std::string missed :
         {"?q=nothing", "?state=closed", "?year=2025", "?year=2026&month=2", "?service=calendar"}) {
        INFO(missed);
        CHECK_THAT(house.read("/incidents" + missed), Contains("No incident fits"));
    }
    for (const std::string refused : {"?state=x", "?year=x", "?month=13", "?before=x", "?service=nowhere"})
        CHECK(house.ask("/incidents" + refused).status == 404);
}

TEST_CASE("work on a service is shown on every page and picture of it, and so is what users report meanwhile") {
    House house;
    house.write([&](storage::Transaction& tx) {
        storage::add_maintenance(tx,
                                 {.service = mail,
                                  .starts = house.clock.now() + 20min,
                                  .ends = house.clock.now() + 60min,
                                  .title = "New <disks>",
                                  .by_whom = "mara"},
                                 house.clock.now());
        return storage::add_maintenance(tx,
                                        {.service = mail,
                                         .starts = house.clock.now() + 72h,
                                         .ends = house.clock.now() + 73h,
                                         .title = "More disks",
                                         .by_whom = "mara"},
                                        house.clock.now());
    });
    house.pass(2, 0);
    auto page = house.read("/s/mail");
    CHECK_THAT(page, Contains("New &lt;disks&gt;, from "));
    CHECK_THAT(page, Contains("More disks, from "));
    CHECK_THAT(page, !Contains("class=\"hero is-maintenance\""));

    house.pass(20, 0);
    page = house.read("/s/mail");
    CHECK_THAT(page, Contains("class=\"hero is-maintenance\""));
    CHECK_THAT(page, Contains("Is mail down? Planned maintenance"));
    CHECK_THAT(page, Contains("Maintenance is planned until "));
    CHECK_THAT(page, Contains("New &lt;disks&gt;. No more reports than usual"));
    CHECK_THAT(page, Contains("<rect class=\"work\"") && Contains("sw-work"));
    CHECK_THAT(house.read("/s/calendar"), Contains("class=\"hero is-maintenance\""));  // a part of it
    CHECK_THAT(house.read("/"), Contains("<h2 id=\"work\">Planned maintenance</h2>") &&
                                    Contains("New &lt;disks&gt;, until ") && Contains("is-maintenance"));
    CHECK_THAT(house.read("/s/mail/badge.svg"), Contains("mail: planned maintenance"));

    house.pass(15, 40);
    page = house.read("/s/mail");
    CHECK_THAT(page, Contains("class=\"hero is-maintenance\""));
    CHECK_THAT(page, Contains("#spike\"/></svg>Spike in reports"));
    CHECK_THAT(page, Contains("Users report more problems than usual: <strong>560 reports in 15 minutes"));
    CHECK_THAT(house.read("/"), Contains("<li class=\"tile is-maintenance") &&
                                    Contains("Planned maintenance · Spike in reports") &&
                                    Contains("Maintenance · "));
    CHECK_THAT(house.read("/s/mail/badge.svg"), Contains("mail: planned maintenance, spike in reports"));
    CHECK_THAT(house.read("/s/mail/badge.json"), Contains("\"planned maintenance, spike in reports\"") &&
                                                     Contains("\"62419a\"") && Contains("\"isError\":false"));
    CHECK_THAT(house.read("/embed/mail"), Contains("<main class=\"is-maintenance\">") &&
                                              Contains("Planned maintenance until 13:00 UTC") &&
                                              Contains("560 reports in 15 minutes"));
    CHECK_THAT(house.read("/s/mail/chart.svg"), Contains(".work{fill:#62419a") && Contains("class=\"work\""));
    CHECK_THAT(page, Contains("preview.png?v=maintenance-"));
    CHECK(house.ask("/s/mail/preview.png").status == 200);

    house.pass(30, 0);
    page = house.read("/s/mail");
    CHECK_THAT(page, !Contains("hero is-maintenance") && Contains("<rect class=\"work\""));
    CHECK_THAT(house.read("/"), !Contains("id=\"work\""));
}

TEST_CASE(
    "a merged incident is told as a part of the other: on its page, in the archive, the feeds and nowhere "
    "twice") {
    House house;
    house.pass(15, 40);
    const auto first = house.incident();
    house.pass(150, 0);
    house.pass(15, 40);
    const auto second = house.incident();
    REQUIRE(first != second);
    house.pass(150, 0);
    const auto page = house.read("/i/" + second), other = house.read("/i/" + first);
    CHECK_THAT(house.read("/"), Contains("/i/" + second));
    CHECK(house.write([&](storage::Transaction& tx) {
        return storage::merge_incident(tx, second, first, "mara", house.clock.now());
    }));
    house.pass(1, 0);

    // Nothing but the dated sentence and the list of parts is added.
    const auto without = [](std::string text, const std::string& from, const std::string& to) {
        const auto start = text.find(from);
        REQUIRE(start != std::string::npos);
        return text.erase(start, text.find(to, start) + to.size() - start);
    };
    const auto merged = house.read("/i/" + second);
    CHECK_THAT(merged,
               Contains("it is told as a part of <a href=\"/i/" + first + "\">the incident of mail</a>"));
    CHECK(without(merged, "<p>Since <time", "</p>") == page);
    const auto whole = house.read("/i/" + first);
    CHECK_THAT(whole, Contains("Told as parts of this incident"));
    CHECK(without(whole, "<section class=\"stack\" aria-labelledby=\"parts\">", "</section>") == other);

    const auto archive = house.read("/incidents");
    CHECK_THAT(archive, Contains("part of <a href=\"/i/" + first + "\">mail</a>") && Contains("with mail"));
    CHECK_THAT(house.read("/"), !Contains("/i/" + second) && Contains("/i/" + first));
    const auto feed = house.read("/feed.atom");
    CHECK_THAT(feed, Contains("(part of the incident of mail)</title>") && Contains("with mail."));
    CHECK_THAT(house.read("/feed.json"), Contains("(part of the incident of mail)"));
}
