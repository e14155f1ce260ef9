// tests/unit/live/announced_work_test.cpp: which window a service stands under, and what the world is told of
// it.
#include "server/live/announced_work.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "server/live/events.hpp"

using namespace outcry;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

const Minute noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};

storage::Service service(storage::ServiceId id, std::optional<storage::ServiceId> parent = {}) {
    storage::Service made;
    made.id = id;
    made.parent = parent;
    return made;
}

storage::Maintenance window(std::int32_t id, storage::ServiceId of, std::chrono::minutes from,
                            std::chrono::minutes to) {
    return {.id = id,
            .service = of,
            .starts = noon + from,
            .ends = noon + to,
            .title = "New disks",
            .by_whom = "mara"};
}

}  // namespace

TEST_CASE("a window holds from its first moment until before its last, for the service and its parts alone") {
    const live::AnnouncedWork work{{window(1, 1, 0min, 60min), window(2, 2, 30min, 90min)}};
    const auto whole = service(1), part = service(2, 1), stranger = service(3);
    CHECK(work.under_way(whole, noon - 1ms) == nullptr);
    REQUIRE(work.under_way(whole, noon));
    CHECK(work.under_way(whole, noon)->id == 1);
    CHECK(work.under_way(whole, noon + 60min) == nullptr);
    CHECK(work.under_way(part, noon)->id == 1);
    CHECK(work.under_way(part, noon + 30min)->id == 2);  // of two the one that ends last
    CHECK(work.under_way(part, noon + 89min)->id == 2);
    CHECK(work.under_way(stranger, noon) == nullptr);

    const auto ahead = work.ahead(part, noon - 1h, noon + 24h);
    REQUIRE(ahead.size() == 2);
    CHECK(ahead[0].id == 1);
    CHECK(work.ahead(part, noon, noon + 24h).size() == 1);
    CHECK(work.ahead(part, noon - 1h, noon).empty());
}

TEST_CASE("during a window the state is maintenance, and what reports say stands beside it") {
    const auto announced = window(1, 1, 0min, 60min);
    CHECK(live::shown_state(analytics::State::spike, nullptr) == "spike");
    CHECK(live::shown_state(analytics::State::spike, &announced) == "maintenance");

    analytics::Verdict verdict{.until = noon, .state = analytics::State::spike, .observed = 90, .expected = 3};
    const auto told = json::parse(live::state_event("mail", {.at = noon,
                                                             .from = analytics::State::spike,
                                                             .to = analytics::State::spike,
                                                             .work_now = &announced,
                                                             .verdict = verdict})
                                      .data);
    CHECK(told["was"] == "spike");
    CHECK(told["state"] == "maintenance");
    CHECK(told["reports_state"] == "spike");
    CHECK(told["reports_15m"] == 90);
    CHECK(
        told["maintenance"] ==
        json::parse(R"({"title":"New disks","starts":"2026-01-22T12:00:00Z","ends":"2026-01-22T13:00:00Z"})"));
    const auto counts =
        json::parse(live::counts_event("mail", {.verdict = verdict, .incident = {}}, {}, &announced).data);
    CHECK(counts["state"] == "maintenance");
    CHECK(counts["reports_state"] == "spike");
}
