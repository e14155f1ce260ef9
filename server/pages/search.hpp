// server/pages/search.hpp: finds a service by what a worried person types: aliases, typing mistakes, half a
// name.
#pragma once
#include <string_view>
#include <vector>

#include "server/live/pulse.hpp"

namespace outcry::pages {

struct Match {
    const storage::Service* service = nullptr;
    double likeness = 0;  // 1: the name, an alias or the slug; from 0.5 on it contains or starts with the query
};

/// Best first, at most `most`, none that is too unlike. `query` is untrusted text.
std::vector<Match> find_services(const live::Catalogue&, std::string_view query, std::size_t most = 12);

/// The one service that is clearly meant: named in full, or begun, and no other is. Null otherwise.
const storage::Service* meant(const std::vector<Match>&);

/// How alike two words are, 0 … 1: shared trigrams of their lower-case letters and digits.
double likeness(std::string_view a, std::string_view b);

}  // namespace outcry::pages
