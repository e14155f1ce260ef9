// analytics/excess.cpp: see the header.
#include "analytics/excess.hpp"

#include <algorithm>
#include <map>

namespace outcry::analytics {

namespace {
constexpr std::uint64_t enough_said = 50;
}

std::vector<PlaceCount> by_country(const std::vector<PlaceCount>& regions) {
    std::map<std::string, std::uint64_t> sums;
    for (const auto& region : regions) sums[region.key.substr(0, 2)] += region.count;
    std::vector<PlaceCount> countries;
    for (const auto& [key, count] : sums) countries.push_back({key, count});
    return countries;
}

std::vector<Place> rank_places(const std::vector<PlaceCount>& now, const std::vector<PlaceCount>& usually,
                               double expected_of_service) {
    std::map<std::string, std::uint64_t> usual;
    std::uint64_t all = 0, said = 0;
    for (const auto& place : usually) {
        usual[place.key] += place.count;
        all += place.count;
        if (!place.key.empty()) said += place.count;
    }
    std::vector<Place> places;
    for (const auto& place : now) {
        if (place.key.empty()) continue;
        auto& ranked = places.emplace_back(Place{.key = place.key, .count = place.count});
        if (said < enough_said) continue;
        const auto known = usual.find(place.key);
        const double share =
            known == usual.end() ? 0 : static_cast<double>(known->second) / static_cast<double>(all);
        ranked.expected = share * expected_of_service;
    }
    std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
        return a.excess() != b.excess() ? a.excess() > b.excess() : a.key < b.key;
    });
    return places;
}

}  // namespace outcry::analytics
