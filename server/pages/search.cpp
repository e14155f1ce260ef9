// server/pages/search.cpp: see the header.
#include "server/pages/search.hpp"

#include <algorithm>
#include <string>

#include "analytics/trigrams.hpp"
#include "analytics/typing.hpp"

namespace outcry::pages {
namespace {

constexpr double least = 0.28;    // below it a near match is a stranger
constexpr double nearest = 0.49;  // a name that only comes near never beats one that holds what was typed
constexpr std::size_t longest = 100;

/// Lower case, ASCII letters and digits; everything above ASCII stays; the rest becomes one space.
std::string plain(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, longest)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c >= 'A' && c <= 'Z') {
            out += static_cast<char>(c - 'A' + 'a');
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || byte >= 0x80) {
            out += c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

/// The start of any word of `name`.
bool starts_a_word(const std::string& name, const std::string& query) {
    return name.compare(0, query.size(), query) == 0 || name.find(' ' + query) != std::string::npos;
}

/// How near two words are when a finger slipped; 0 for strangers. Short words bear one slip, others two.
double near_miss(std::string_view word, std::string_view query) {
    constexpr std::size_t short_word = 5, shortest = 3;
    if (std::min(word.size(), query.size()) < shortest) return 0;
    const auto longer = std::max(word.size(), query.size());
    const std::size_t most = longer <= short_word ? 1 : 2;
    const auto slips = analytics::slips_between(word, query, most);
    return slips > most ? 0 : nearest * (1 - static_cast<double>(slips) / static_cast<double>(longer));
}

/// The whole name, or any word of it, which counts a little less.
double near_name(const std::string& name, const std::string& query) {
    double best = near_miss(name, query);
    for (std::size_t at = 0; at < name.size();) {
        const auto end = std::min(name.find(' ', at), name.size());
        best = std::max(best, 0.95 * near_miss(std::string_view(name).substr(at, end - at), query));
        at = end + 1;
    }
    return best;
}

double match_one(const std::string& name, const std::string& query) {
    if (name == query) return 1;
    const double like = likeness(name, query);
    if (starts_a_word(name, query)) return 0.7 + 0.2 * like;
    if (query.size() >= 3 && name.find(query) != std::string::npos) return 0.5 + 0.2 * like;
    return std::max(std::min(like, nearest), near_name(name, query));
}

}  // namespace

const storage::Service* meant(const std::vector<Match>& matches) {
    constexpr double begun = 0.7;  // see match_one
    if (matches.empty() || matches.front().likeness < begun) return nullptr;
    const bool alone = matches.size() == 1 || matches[1].likeness < begun;
    return alone ? matches.front().service : nullptr;
}

double likeness(std::string_view a, std::string_view b) {
    return analytics::likeness(analytics::trigrams_of(plain(a)), analytics::trigrams_of(plain(b)));
}

std::vector<Match> find_services(const live::Catalogue& catalogue, std::string_view query, std::size_t most) {
    const auto wanted = plain(query);
    std::vector<Match> matches;
    if (wanted.empty()) return matches;
    for (const auto& service : catalogue.services) {
        double best = std::max(match_one(plain(service.name), wanted), match_one(plain(service.slug), wanted));
        for (const auto& alias : service.aliases) best = std::max(best, match_one(plain(alias), wanted));
        if (best >= least) matches.push_back({&service, best});
    }
    std::stable_sort(matches.begin(), matches.end(),
                     [](const Match& a, const Match& b) { return a.likeness > b.likeness; });
    if (matches.size() > most) matches.resize(most);
    return matches;
}

}  // namespace outcry::pages
