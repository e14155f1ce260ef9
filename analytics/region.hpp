// analytics/region.hpp: the names of regions as plain numbers, and how many reports named one.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "analytics/time.hpp"

namespace outcry::analytics {

/// A region's code of up to eight characters ("US-CA") as a number that sorts like the text. `none` is no
/// region.
enum class RegionKey : std::uint64_t { none = 0 };

/// What is longer than eight characters is cut.
constexpr RegionKey region_key(std::string_view code) {
    std::uint64_t key = 0;
    for (std::size_t i = 0; i < 8; ++i)
        key = key << 8 | (i < code.size() ? static_cast<unsigned char>(code[i]) : 0u);
    return RegionKey{key};
}

/// The code again.
inline std::string region_code(RegionKey key) {
    std::string code;
    for (int shift = 56; shift >= 0; shift -= 8)
        if (const auto letter = static_cast<char>(static_cast<std::uint64_t>(key) >> shift)) code += letter;
    return code;
}

/// Reports of one bin that named `region`.
struct RegionCount {
    RegionKey region{};
    std::uint32_t count = 0;
    friend bool operator==(const RegionCount&, const RegionCount&) = default;
};

/// The same of one minute. A minute of a region counts those who named it in that minute: who names it later
/// than they reported is counted in the whole's earlier minute and in the region's later one, so complete
/// minutes never change.
struct RegionBin {
    Minute minute{};
    RegionCount named;
    friend bool operator==(const RegionBin&, const RegionBin&) = default;
};

/// In order of time, then region.
constexpr bool earlier(const RegionBin& a, const RegionBin& b) {
    return a.minute != b.minute ? a.minute < b.minute : a.named.region < b.named.region;
}

}  // namespace outcry::analytics
