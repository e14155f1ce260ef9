// ingest/counting.hpp: the rules of what counts, pure: each report once, each reporter once a window, each prefix its share.
#pragma once
#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "ingest/report.hpp"

namespace outcry::ingest {

enum class Outcome : std::uint8_t {
    counted = 0,
    repeated = 1,  // this reporter has counted in this window; its detail is added to the first report
    limited = 2,   // its prefix has given its share of this window
    known = 3,     // the same report again: nothing is stored
};

struct Ruling {
    Outcome outcome{};
    ReportId first{};         // for `repeated`: the report that counted
    bool adds_detail = false; // for `repeated`: category, region or message that the first one lacked
};

/// Most that `n` reports of one prefix contribute: n up to 8, then 8 + 8·log2(n/8), rounded down.
std::uint32_t prefix_share(std::uint32_t n);

/// What has been counted in one window (15 minutes) of all services. Rebuilt from stored reports at a takeover.
class WindowLedger {
  public:
    /// Rules on a report of this window and remembers the ruling.
    Ruling rule(const Report&);
    /// Puts back a stored report, in order of storage.
    void restore(const Report&, Outcome);

  private:
    struct Reporter {
        ReportId first{};
        bool category = false, region = false, message = false;
    };
    std::unordered_set<std::string> ids_;
    std::unordered_map<std::string, Reporter> reporters_;
    std::unordered_map<std::string, std::uint32_t> prefixes_;
};

}  // namespace outcry::ingest
