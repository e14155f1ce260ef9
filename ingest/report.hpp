// ingest/report.hpp: what a submission becomes once it has been checked.
#pragma once
#include <array>
#include <cstdint>
#include <string>

#include "analytics/bin.hpp"
#include "analytics/time.hpp"

namespace outcry::ingest {

using ReportId = std::array<std::uint8_t, 16>;     // UUIDv7: its time decides window and minute
using ReporterKey = std::array<std::uint8_t, 16>;  // keyed hash; the address is never kept
using PrefixKey = std::array<std::uint8_t, 8>;     // keyed hash of the network prefix

struct Report {
    ReportId id{};
    analytics::ServiceId service{};
    Time at{};  // when it was accepted, by the program's clock
    ReporterKey reporter{};
    PrefixKey prefix{};         // /24 or /48
    bool works = false;         // "works for me"
    std::int32_t category = 0;  // 0: not said
    std::string region;         // ISO 3166-2, e.g. "US-CA"; empty: not said
    std::string message;        // at most 500 characters; empty: none

    friend bool operator==(const Report&, const Report&) = default;
};

}  // namespace outcry::ingest
