// analytics/kinship.cpp: see the header.
#include "analytics/kinship.hpp"

#include <algorithm>

namespace outcry::analytics {
namespace {

constexpr std::chrono::minutes together{5};
constexpr double far_stronger = 10;

bool rises(const Standing& standing) {
    return standing.verdict.state == State::possible || standing.verdict.state == State::spike;
}

double above(const Standing& standing) {
    return standing.verdict.observed - standing.verdict.expected;
}

}  // namespace

bool looks_collateral(const Standing& standing, const Standing& other) {
    if (!rises(standing) || other.verdict.state != State::spike) return false;
    if (other.verdict.since > standing.verdict.since + together) return false;
    return above(other) >= far_stronger * std::max(above(standing), 1.0);
}

}  // namespace outcry::analytics
