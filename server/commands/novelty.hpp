// server/commands/novelty.hpp: which bins of a series of scores are news.
#pragma once
#include <chrono>
#include <deque>
#include <utility>

#include "analytics/time.hpp"

namespace outcry::commands {

/// A score is news when it surpasses every score of the last twelve hours by a fifth: a long outage is told
/// once. Amortised O(1).
class Novelty {
 public:
    /// The score, or 0 when it is no news.
    double operator()(Minute at, double score) {
        while (!highest_.empty() && highest_.front().first <= at - std::chrono::hours{12}) highest_.pop_front();
        const double before = highest_.empty() ? 0 : highest_.front().second;
        while (!highest_.empty() && highest_.back().second <= score) highest_.pop_back();
        if (score > 0) highest_.emplace_back(at, score);
        return score > 1.2 * before ? score : 0;
    }

 private:
    std::deque<std::pair<Minute, double>> highest_;  // falling scores, in order of time
};

}  // namespace outcry::commands
