// tests/unit/pages/view_test.cpp: what pages show of a board that has really watched a catalogue.
#include <catch2/catch.hpp>
#include <numeric>

#include "server/pages/home_view.hpp"
#include "server/pages/service_view.hpp"
#include "tests/unit/pages/world.hpp"

using namespace outcry;
using namespace outcry::pages;
using samples::World;
using namespace std::chrono_literals;
using analytics::State;

namespace {

const HomeView::Group& group(const HomeView& view, const std::string& name) {
    for (const auto& candidate : view.groups)
        if (candidate.name == name) return candidate;
    throw std::out_of_range(name);
}

}  // namespace

TEST_CASE("on a calm day nothing rises, and every service stands in its group") {
    const World world;
    const auto view = make_home_view(world.board, world.catalogue, {});
    CHECK(view.services == 5);
    CHECK(view.unusual == 0);
    CHECK(view.rising.empty());
    CHECK(view.easing.empty());
    CHECK(group(view, "Mail and office").services.size() == 3);
    CHECK(view.counted_until == world.outage);
}

TEST_CASE("of recent incidents the home page tells one for each outage, the largest of the newest day first") {
    const World world;
    const auto incident = [&](const std::string& id, storage::ServiceId service, std::chrono::hours ago,
                              std::chrono::hours lasted, std::uint32_t peak) {
        storage::IncidentRecord record{.id = id, .service = service, .incident = {}};
        record.incident.phase = analytics::Phase::closed;
        record.incident.opened = world.outage - ago;
        record.incident.closed = record.incident.opened + lasted;
        record.incident.peak = peak;
        return record;
    };
    const auto view = make_home_view(
        world.board, world.catalogue,
        {incident("small", World::bank, 1h, 1h, 40), incident("part", World::chat, 2h, 9h, 700),
         incident("whole", World::mail, 3h, 9h, 900), incident("part, before", World::chat, 20h, 1h, 60),
         incident("long ago", World::mail, 90h, 1h, 5000),
         incident("of an archived service", 999, 2h, 1h, 8000)});
    std::vector<std::string> told;
    for (const auto& recent : view.recent) told.push_back(recent.id);
    CHECK(told == std::vector<std::string>{"whole", "part, before", "small", "long ago"});
}

TEST_CASE("parts that rise with their parent are in its tile, the others are not") {
    World world;
    world.rise(60, 20);
    const auto view = make_home_view(world.board, world.catalogue, {});
    REQUIRE(view.rising.size() == 1);
    const auto& tile = view.rising.front();
    CHECK(tile.head.slug == "mail");
    CHECK(tile.head.verdict.state == State::spike);
    REQUIRE(tile.parts.size() == 1);
    CHECK(tile.parts.front().slug == "chat");
    CHECK(view.unusual == 2);
    REQUIRE(tile.spark.size() == 24);
    CHECK(tile.spark.back() == tile.head.verdict.observed);
}

TEST_CASE("the page of a service has its sentence's number as the newest quarter hour") {
    World world;
    world.rise(60, 20);
    const auto view = make_service_view(world.board, world.catalogue, world.service(World::mail), {}, {});
    CHECK(view.verdict.observed == 15 * 60);
    CHECK(view.open());
    CHECK(view.range.name == "6h");
    CHECK(view.range_is_default);
    CHECK(view.columns.size() == 24);  // 18:30 to 00:30, the last one running
    CHECK(view.columns.running());
    CHECK(view.columns.reports.back() == 5 * 60);
    CHECK(view.columns.reports[view.columns.size() - 2] == 15 * 60);
    CHECK(view.columns.works.back() == 5);
}

TEST_CASE("without an incident the chart shows a day, and 30 days when asked, in hours") {
    const World world;
    const auto& bank = world.service(World::bank);
    CHECK(make_service_view(world.board, world.catalogue, bank, {}, {}).range.name == "24h");

    std::vector<analytics::Bin> hours;  // as storage has them
    for (auto at = world.start; at < world.outage; at += 1h) hours.push_back({.minute = at, .reports = 60});
    const auto month = make_service_view(world.board, world.catalogue, bank, find_range("30d"), hours);
    CHECK_FALSE(month.range_is_default);
    CHECK(month.columns.step == 60min);
    const auto total = std::accumulate(month.columns.reports.begin(), month.columns.reports.end(), 0u);
    CHECK(total ==
          72 * 60);  // older hours and the board's minutes meet without a gap and without counting twice
}

TEST_CASE("a year is shown by days, and the days of the board and of storage meet once") {
    const World world;
    const auto& bank = world.service(World::bank);
    std::vector<analytics::Bin> days;
    for (auto at = world.start; at < world.outage; at += 24h)
        days.push_back({.minute = at, .reports = 24 * 60});
    const auto year = make_service_view(world.board, world.catalogue, bank, find_range("1y"), days);
    CHECK(year.columns.step == 24 * 60min);
    CHECK(year.columns.size() <= 365);
    const auto total = std::accumulate(year.columns.reports.begin(), year.columns.reports.end(), 0u);
    const auto stored = static_cast<std::uint32_t>((world.outage - world.start) / 24h) * 24 * 60;
    CHECK(total == stored);
}

TEST_CASE("places are told by country when there are three of them, else by region, else not at all") {
    using Counts = std::vector<analytics::PlaceCount>;
    const Counts three{{"US-CA", 9}, {"DE", 8}, {"FR-75", 7}, {"IT", 4}, {"", 99}};
    const auto where = make_where(three, {}, 0);
    CHECK(where.countries);
    REQUIRE(where.places.size() == 3);  // of Italy there are too few to be told
    CHECK(where.places[0].key == "US");
    const Counts one_country{{"DE-BE", 9}, {"DE-BY", 8}, {"DE-HH", 7}};
    CHECK_FALSE(make_where(one_country, {}, 0).countries);
    CHECK(make_where(one_country, {}, 0).places.size() == 3);
    CHECK(make_where({{"DE-BE", 90}, {"DE-BY", 80}}, {}, 0).places.empty());
    CHECK(make_where({{"US", 100}, {"DE", 9}, {"FR", 9}}, {{"US", 1000}}, 200).places.empty());
}

TEST_CASE("a range that nobody offers is none") {
    CHECK_FALSE(find_range("1000y").has_value());
    CHECK_FALSE(find_range("").has_value());
    CHECK(find_range("7d")->step == 60min);
}

TEST_CASE("a service shows its family: parts below a parent, parent and siblings beside a part") {
    const World world;
    const auto mail = make_service_view(world.board, world.catalogue, world.service(World::mail), {}, {});
    CHECK_FALSE(mail.has_parent);
    CHECK(mail.family.size() == 2);
    const auto chat = make_service_view(world.board, world.catalogue, world.service(World::chat), {}, {});
    CHECK(chat.has_parent);
    CHECK(chat.family_head == "Mail");
    CHECK(chat.family.size() == 2);  // mail and calendar
    CHECK(make_service_view(world.board, world.catalogue, world.service(World::bank), {}, {}).family.empty());
}

TEST_CASE("what was said becomes shares of what was said") {
    const World world;
    const auto problems = make_problems(
        name_problems(world.service(World::mail), {{"", 50}, {"login", 30}, {"other", 5}, {"retired-key", 5}}));
    REQUIRE(problems.size() == 3);
    CHECK(problems[0].label == "Signing in");
    CHECK(problems[0].share == Approx(0.75));
    CHECK(problems[2].label == "retired-key");
    CHECK(make_problems(name_problems(world.service(World::mail), {{"", 50}})).empty());
}

TEST_CASE("what fewer than five people said is not told") {
    const World world;
    const auto problems =
        make_problems(name_problems(world.service(World::mail), {{"login", 12}, {"other", 4}}));
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].share == Approx(0.75));
}
