// analytics/trigrams.hpp: how alike two texts are, three bytes at a time.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace outcry::analytics {

/// Every run of three bytes of each word, words padded by two spaces before and one after, as PostgreSQL's
/// pg_trgm takes them; sorted, each once. Words are parted by spaces.
std::vector<std::uint32_t> trigrams_of(std::string_view text);

/// Shared over all, 0 to 1 (Jaccard), of two results of trigrams_of.
double likeness(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b);

}  // namespace outcry::analytics
