// analytics/zone.hpp: a zone's offsets from UTC as plain values, so that pure code can speak of local time.
#pragma once
#include <chrono>
#include <vector>

#include "analytics/time.hpp"

namespace outcry::analytics {

/// The offsets of one IANA zone over a span of time. Filled by live/zones from the system's tzdata.
class ZoneOffsets {
 public:
    struct Change {
        Time from;                    // first instant at which `offset` holds
        std::chrono::seconds offset;  // local time minus UTC
    };

    /// UTC, always.
    ZoneOffsets() = default;

    /// `changes` in ascending order; before the first one, its offset holds as well.
    explicit ZoneOffsets(std::vector<Change> changes) : changes_(std::move(changes)) {}

    /// Local time minus UTC at `at`.
    std::chrono::seconds offset(Time at) const {
        auto offset = changes_.empty() ? std::chrono::seconds{0} : changes_.front().offset;
        for (const auto& change : changes_) {
            if (change.from > at) break;
            offset = change.offset;
        }
        return offset;
    }

 private:
    std::vector<Change> changes_;
};

}  // namespace outcry::analytics
