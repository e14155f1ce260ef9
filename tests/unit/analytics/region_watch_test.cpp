// tests/unit/analytics/region_watch_test.cpp: regions of one service: found, named, and never taught by an
// outage.
#include "analytics/region_watch.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "analytics/monitor.hpp"
#include "tests/unit/analytics/synthetic.hpp"

namespace outcry::analytics {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

const Minute monday = std::chrono::sys_days{std::chrono::year{2026} / 2 / 2};
const RegionKey bavaria = region_key("DE-BY"), berlin = region_key("DE-BE"), texas = region_key("US-TX");

struct Region {
    RegionKey key;
    double rate;  // reports a minute
};
const std::vector<Region> three{{berlin, .2}, {bavaria, .4}, {texas, .6}};

/// A service of regions, stepped minute by minute; half of its reports name none.
class Service {
 public:
    explicit Service(std::uint64_t seed, std::vector<Region> regions = three)
        : counts_(seed), regions_(std::move(regions)) {}

    /// Every minute until `to`, each region `times(region)` as busy as usual; returns the incidents that
    /// opened.
    template <class Times>
    std::vector<Incident> run(Minute to, Times times) {
        std::vector<Incident> opened;
        for (; monitor.until() < to;) {
            std::vector<RegionCount> named;
            std::uint32_t whole = 0;
            for (const auto& [key, rate] : regions_) {
                const auto count = counts_(rate * synthetic::rhythm(monitor.until()) * times(key));
                if (count > 0) named.push_back({key, count});
                whole += count + counts_.steady(rate * synthetic::rhythm(monitor.until()) * times(key));
            }
            monitor.step(whole, named);
            const auto& incident = monitor.incident();
            if (incident.phase == Phase::open && incident.opened == monitor.until()) opened.push_back(incident);
        }
        return opened;
    }
    std::vector<Incident> quiet(Minute to) {
        return run(to, [](RegionKey) { return 1.; });
    }

    Monitor monitor{DetectorSettings{}, nullptr, monday};

 private:
    synthetic::Counts counts_;
    std::vector<Region> regions_;
};

const Minute outage = monday + days{15} + 11h;

}  // namespace

TEST_CASE("a region's code is a number that sorts like it, and back") {
    CHECK(region_code(bavaria) == "DE-BY");
    CHECK(region_code(RegionKey::none).empty());
    CHECK(berlin < bavaria);
    CHECK(region_key("DE") < berlin);
    CHECK(region_code(region_key("GB-ENG")) == "GB-ENG");
}

TEST_CASE("an outage of one region opens the incident of its service and is named") {
    for (const auto& [region, rate] : three) {
        Service service(7);
        CHECK(service.quiet(outage).empty());
        const auto hit = region;
        const auto opened = service.run(outage + 60min, [&](RegionKey key) { return key == hit ? 9. : 1.; });
        REQUIRE(opened.size() == 1);
        CHECK(opened[0].opened <= outage + 25min);
        CHECK(region_code(service.monitor.incident().region) == region_code(region));
        CHECK(opened[0].reasons.score >= opened[0].reasons.threshold);
    }
}

TEST_CASE("a region too small to lift the whole is found by itself") {
    std::vector<Region> regions{{bavaria, .01}, {texas, 3}};
    Service service(3, regions);
    service.quiet(outage);
    const auto opened = service.run(outage + 60min, [](RegionKey key) { return key == bavaria ? 40. : 1.; });
    REQUIRE(opened.size() == 1);
    CHECK(opened[0].region == bavaria);
}

TEST_CASE("an outage of all regions names none") {
    for (const std::uint64_t seed : {1, 2, 3, 4}) {
        Service service(seed);
        service.quiet(outage);
        const auto opened = service.run(outage + 60min, [](RegionKey) { return 8.; });
        REQUIRE(opened.size() == 1);
        CHECK(service.monitor.incident().region == RegionKey::none);
    }
}

TEST_CASE("a service whose users nearly all live in one region is not said to fail there alone") {
    Service service(5, {{bavaria, 2}, {texas, .2}});
    service.quiet(outage);
    const auto opened = service.run(outage + 60min, [](RegionKey) { return 8.; });
    REQUIRE(opened.size() == 1);
    CHECK(service.monitor.incident().region == RegionKey::none);
}

TEST_CASE("neither a region's outage nor one of all is learned: the next one is found as fast") {
    for (const bool everywhere : {false, true}) {
        Service taught(9), fresh(9);
        taught.quiet(outage - days{1});
        taught.run(outage - days{1} + 5h, [&](RegionKey key) {
            return everywhere ? key == bavaria ? 30. : 5. : key == bavaria ? 30. : 1.;
        });
        taught.quiet(outage);
        fresh.quiet(outage);
        const auto strike = [](RegionKey key) { return key == bavaria ? 8. : 1.; };
        const auto second = taught.run(outage + 60min, strike), only = fresh.run(outage + 60min, strike);
        REQUIRE(second.size() == 1);
        REQUIRE(only.size() == 1);
        CHECK(second[0].opened - only[0].opened <= 5min);
        CHECK(taught.monitor.incident().region == bavaria);
    }
}

TEST_CASE("a region that has become popular is usual after a day") {
    std::size_t incidents = 0;
    for (const std::uint64_t seed : {11, 12, 13, 14}) {
        Service service(seed);
        service.quiet(monday + days{14});
        const auto popular = [](RegionKey key) { return key == bavaria ? 4. : 1.; };
        service.run(monday + days{16}, popular);
        incidents += service.run(monday + days{21}, popular).size();
    }
    CHECK(incidents <= 1);
}

TEST_CASE("quiet weeks bring no incidents because regions are watched") {
    std::size_t incidents = 0;
    for (std::uint64_t seed = 20; seed < 24; ++seed) incidents += Service(seed).quiet(monday + days{35}).size();
    CHECK(incidents <= 1);  // the budget of 4 × 5 weeks is .46
}

TEST_CASE("saved and restored at any minute it goes on to the byte, awake regions and long silence included") {
    std::mt19937 random{5};
    std::vector<Region> regions{{berlin, .0005}, {bavaria, .02}, {texas, .6}};
    Service whole(13, regions), pieces(13, regions);
    const auto times = [](Minute at) {
        return [at](RegionKey key) { return key == bavaria && at >= outage && at < outage + 90min ? 60. : 1.; };
    };
    for (Minute at = monday; at < outage + 6h; at += 1min) {
        whole.run(at, times(at));
        pieces.run(at, times(at));
        if (random() % (at > outage ? 5 : 700) == 0) {
            pieces.monitor = Monitor::restore(pieces.monitor.save(), DetectorSettings{}, nullptr);
            REQUIRE(pieces.monitor.save() == whole.monitor.save());
        }
    }
    CHECK(pieces.monitor.save() == whole.monitor.save());
    CHECK(whole.monitor.incident().region == bavaria);
}

TEST_CASE("a region named zero times says nothing") {
    Monitor one(DetectorSettings{}, nullptr, monday), other(DetectorSettings{}, nullptr, monday);
    const std::vector<RegionCount> zero{{berlin, 0}, {bavaria, 2}}, none{{bavaria, 2}};
    for (int i = 0; i < 3000; ++i) one.step(3, zero), other.step(3, none);
    CHECK(one.save() == other.save());
}

TEST_CASE("made-up regions without end take no memory without end") {
    Monitor monitor(DetectorSettings{}, nullptr, monday);
    std::mt19937_64 random{1};
    std::vector<RegionCount> named(3);
    for (int i = 0; i < 5000; ++i) {
        for (auto& each : named) each = {RegionKey{random()}, 1};
        std::sort(named.begin(), named.end(), [](const auto& a, const auto& b) { return a.region < b.region; });
        monitor.step(3, named);
    }
    CHECK(monitor.save().size() < 3000 + RegionWatch::most * sizeof(RegionCell));
    const auto again = Monitor::restore(monitor.save(), DetectorSettings{}, nullptr);
    CHECK(again.save() == monitor.save());
}

}  // namespace outcry::analytics
