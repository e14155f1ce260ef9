// analytics/excess.hpp: where more is reported than there usually is, place by place.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace outcry::analytics {

/// Reports of one place; an empty key: the place was not said.
struct PlaceCount {
    std::string key;
    std::uint64_t count = 0;
};

struct Place {
    std::string key;
    std::uint64_t count = 0;
    std::optional<double> expected{};  // none while too little is known of what is usual

    /// Reports above what is usual; all of them while that is not known.
    double excess() const { return static_cast<double>(count) - expected.value_or(0); }
};

/// "US-CA" as "US", sums by country.
std::vector<PlaceCount> by_country(const std::vector<PlaceCount>& regions);

/// Each place that was said, largest excess first. What is usual of a place is its usual share of all reports,
/// said or not, times what is usual for the whole service in the same time. The shares count as known from 50
/// reports with a place on.
std::vector<Place> rank_places(const std::vector<PlaceCount>& now, const std::vector<PlaceCount>& usually,
                               double expected_of_service);

}  // namespace outcry::analytics
