// server/feeder/schedule.hpp: what is sent when: a scenario's reports and ordinary ones, minute by minute.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/feeder/curve.hpp"
#include "server/feeder/ordinary.hpp"
#include "server/feeder/scenario.hpp"
#include "server/feeder/tap.hpp"

namespace outcry::feeder {

/// Who reports what. The same schedule makes the same taps every time.
class Schedule {
 public:
    /// A service and the categories it offers; others are left out of its reports, so that none is refused.
    std::uint32_t add_service(std::string slug, std::vector<std::string> categories);

    /// From the scenario's start to its end its own counts are sent, ordinary ones before and after.
    void follow(std::uint32_t service, const Scenario&, double scale);
    /// Ordinary reports, at all times at which no scenario is followed.
    void keep_ordinary(std::uint32_t service, const Ordinary&);

    std::vector<Tap> taps_of(Minute) const;
    const std::vector<std::string>& slugs() const { return slugs_; }
    /// JSON bodies that taps refer to.
    const std::vector<std::string>& bodies() const { return bodies_; }

 private:
    struct Followed {
        Time starts, ends;
        Curve curve;
        std::vector<Weighted> categories, messages, regions;
    };
    struct Service {
        std::vector<std::string> categories;
        std::optional<Followed> followed;
        std::optional<Ordinary> ordinary;
        std::vector<std::uint32_t>
            bodies;  // of the scenario: for each category, each message, each region; none last
        std::vector<std::uint32_t> everyday;  // of ordinary reports: some name a category, some say nothing
    };
    std::uint32_t body(const std::string& category, const std::string& message, const std::string& region);

    std::vector<std::string> slugs_, bodies_;
    std::vector<Service> services_;
};

}  // namespace outcry::feeder
