// server/feeder/schedule.cpp: spreads counts over seconds, and categories and messages over counts, without
// chance.
#include "server/feeder/schedule.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "server/feeder/chance.hpp"

namespace outcry::feeder {
namespace {

constexpr std::uint32_t people_each = 1u << 21;  // of one service; 64 services have people of their own

std::uint32_t everyday_body(const std::vector<std::uint32_t>& bodies, std::uint64_t minute, std::uint64_t i) {
    return bodies[Chance(minute, i)() % bodies.size()];
}

/// In the upper half of a service's people; nobody twice within sixteen minutes.
std::uint64_t ordinary_person(std::uint64_t minute, std::uint64_t i) {
    constexpr std::uint64_t of_a_minute = people_each / 2 / 16;
    return people_each / 2 + minute % 16 * of_a_minute + (i + minute * 7'919) % of_a_minute;
}

/// The place of the `n`th of an endless row of things with these shares; their number when none (what is left
/// of 1). Multiples of an irrational number fill [0, 1) evenly, so every stretch of the row has the right
/// shares.
std::size_t pick(const std::vector<Weighted>& all, std::uint64_t n, double irrational) {
    double whole = 0;
    double x = std::modf(static_cast<double>(n + 1) * irrational, &whole);
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (x < all[i].share) return i;
        x -= all[i].share;
    }
    return all.size();
}

std::string json_body(const std::string& category, const std::string& message, const std::string& region) {
    auto body = nlohmann::ordered_json::object();
    if (!category.empty()) body["category"] = category;
    if (!message.empty()) body["message"] = message;
    if (!region.empty()) body["region"] = region;
    return body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::uint32_t Schedule::add_service(std::string slug, std::vector<std::string> categories) {
    slugs_.push_back(std::move(slug));
    auto& service = services_.emplace_back();
    for (const auto& category : categories) service.everyday.push_back(body(category, "", ""));
    service.everyday.insert(service.everyday.end(), categories.size() / 2 + 1, body("", "", ""));
    service.categories = std::move(categories);
    return static_cast<std::uint32_t>(slugs_.size() - 1);
}

void Schedule::follow(std::uint32_t service, const Scenario& scenario, double scale) {
    auto& mine = services_.at(service);
    mine.followed = Followed{scenario.starts(),   scenario.ends(),   Curve(scenario.counts, scale),
                             scenario.categories, scenario.messages, scenario.regions};
    auto categories = scenario.categories, messages = scenario.messages, regions = scenario.regions;
    categories.push_back({});
    messages.push_back({});
    regions.push_back({});
    for (const auto& category : categories) {
        const bool offered =
            std::find(mine.categories.begin(), mine.categories.end(), category.value) != mine.categories.end();
        for (const auto& message : messages)
            for (const auto& region : regions)
                mine.bodies.push_back(body(offered ? category.value : "", message.value, region.value));
    }
}

void Schedule::keep_ordinary(std::uint32_t service, const Ordinary& ordinary) {
    services_.at(service).ordinary = ordinary;
}

std::vector<Tap> Schedule::taps_of(Minute minute) const {
    using namespace std::chrono;
    std::vector<Tap> taps;
    for (std::uint32_t place = 0; place < services_.size(); ++place) {
        const auto& service = services_[place];
        const auto person = [&](std::uint64_t n) {
            return place * people_each + static_cast<std::uint32_t>(n % people_each);
        };
        const bool followed = service.followed && Time{minute} >= service.followed->starts &&
                              Time{minute} < service.followed->ends;
        if (followed) {
            const auto& curve = service.followed->curve;
            for (int second = 0; second < 60; ++second) {
                const Time from = Time{minute} + seconds{second};
                const auto first = curve.reports_before(from), end = curve.reports_before(from + 1s);
                for (auto n = first; n < end; ++n) {
                    // Services start their seconds apart, or all of them would report on the stroke.
                    const double part = std::fmod(
                        static_cast<double>(n - first) / static_cast<double>(end - first) + place * .37, 1);
                    const auto category = pick(service.followed->categories, n, std::sqrt(5.) - 2);
                    const auto message = pick(service.followed->messages, n, std::sqrt(2.) - 1);
                    const auto region = pick(service.followed->regions, n, std::sqrt(3.) - 1);
                    const auto of_messages = service.followed->messages.size() + 1,
                               of_regions = service.followed->regions.size() + 1;
                    taps.push_back({from + milliseconds{static_cast<int>(part * 1000)}, place,
                                    service.bodies[(category * of_messages + message) * of_regions + region],
                                    person(n)});
                }
            }
        } else if (service.ordinary) {
            const auto count = service.ordinary->reports(minute);
            const auto number = static_cast<std::uint64_t>(minute.time_since_epoch().count());
            for (std::uint32_t i = 0; i < count; ++i) {
                const double part = std::fmod((i + .5) / count + place * .37, 1);
                taps.push_back({Time{minute} + milliseconds{static_cast<int>(part * 60'000)}, place,
                                everyday_body(service.everyday, number, i),
                                person(ordinary_person(number, i))});
            }
        }
    }
    std::stable_sort(taps.begin(), taps.end(), [](const Tap& a, const Tap& b) { return a.at < b.at; });
    return taps;
}

std::uint32_t Schedule::body(const std::string& category, const std::string& message,
                             const std::string& region) {
    auto text = json_body(category, message, region);
    const auto found = std::find(bodies_.begin(), bodies_.end(), text);
    if (found != bodies_.end()) return static_cast<std::uint32_t>(found - bodies_.begin());
    bodies_.push_back(std::move(text));
    return static_cast<std::uint32_t>(bodies_.size() - 1);
}

}  // namespace outcry::feeder
