// ingest/counting.hpp: the rules of what counts, pure: each report once, each reporter once a window, each
// prefix its share.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>

#include "ingest/report.hpp"

namespace outcry::ingest {

enum class Outcome : std::uint8_t {
    counted = 0,
    repeated = 1,  // this reporter has reported in this window; its detail is added to the first report
    limited = 2,   // its prefix has given its share of this window
    known = 3,     // the same report again: nothing is stored
};

struct Ruling {
    Outcome outcome{};
    ReportId first{};            // for `repeated`: the report that came first
    bool first_counted = false;  // for `repeated`: whether that one counted
    bool adds_category = false;  // for `repeated`: what the first one lacked, and this one is the first to say
    bool adds_region = false;
    bool adds_message = false;
    bool adds_detail = false;  // any of the three
};

/// Most that `n` reports of one prefix contribute: n up to 8, then 8 + 8·log2(n/8), rounded down.
std::uint32_t prefix_share(std::uint32_t n);

/// What has been counted in one window (15 minutes) of all services. Rebuilt from stored reports at a takeover.
/// A reporter and a prefix stand on their own for each service, and for "works for me". The rules, in order:
/// 1. the same report id again is `known`;
/// 2. a reporter who has reported is `repeated`, whether or not that report counted, and uses up nothing of its
/// prefix;
/// 3. the nth reporter of a prefix counts when prefix_share(n) is more than prefix_share(n - 1), otherwise is
/// `limited`.
class WindowLedger {
 public:
    /// Room for this many reports without growing on the way.
    explicit WindowLedger(std::size_t expected = 0);
    ~WindowLedger();
    WindowLedger(WindowLedger&&) noexcept;
    WindowLedger& operator=(WindowLedger&&) noexcept;

    /// Rules on a report of this window and remembers the ruling.
    Ruling rule(const Report&);

    /// Puts back a stored report, in order of storage; afterwards the ledger rules as the one did that stored
    /// them.
    void restore(const Report&, Outcome);

    /// Reports seen, each id once.
    std::size_t size() const;

 private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace outcry::ingest
