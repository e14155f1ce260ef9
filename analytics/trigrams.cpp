// analytics/trigrams.cpp: see the header.
#include "analytics/trigrams.hpp"

#include <algorithm>

namespace outcry::analytics {

std::vector<std::uint32_t> trigrams_of(std::string_view text) {
    std::vector<std::uint32_t> grams;
    for (std::size_t at = 0; at < text.size();) {
        const auto start = text.find_first_not_of(' ', at);
        if (start == std::string_view::npos) break;
        const auto end = std::min(text.find(' ', start), text.size());
        std::uint32_t gram = (' ' << 8) | ' ';
        const auto push = [&](char c) {
            gram = (gram << 8 | static_cast<unsigned char>(c)) & 0xffffff;
            grams.push_back(gram);
        };
        for (const char c : text.substr(start, end - start)) push(c);
        push(' ');
        at = end;
    }
    std::sort(grams.begin(), grams.end());
    grams.erase(std::unique(grams.begin(), grams.end()), grams.end());
    return grams;
}

double likeness(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
    std::size_t shared = 0;
    for (auto left = a.begin(), right = b.begin(); left != a.end() && right != b.end();) {
        if (*left < *right) {
            ++left;
        } else if (*right < *left) {
            ++right;
        } else {
            ++shared, ++left, ++right;
        }
    }
    const auto all = a.size() + b.size() - shared;
    return all == 0 ? 0 : static_cast<double>(shared) / static_cast<double>(all);
}

}  // namespace outcry::analytics
