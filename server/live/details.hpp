// server/live/details.hpp: the breakdown of one cycle by what reports name, and what is said later by the same
// reporter.
#pragma once
#include <map>
#include <set>
#include <vector>

#include "ingest/counting.hpp"
#include "server/live/count.hpp"

namespace outcry::live {

/// Changes the totals in memory as it goes, and remembers which.
class DetailCount {
 public:
    explicit DetailCount(std::map<CountingMemory::DetailKey, std::int32_t>& totals) : totals_(totals) {}

    /// A counted report.
    void count(const ingest::Report&, Minute);

    /// What a repeated report says that the first one did not.
    void add_to_first(const ingest::Report&, const ingest::Ruling&, std::int32_t window, Minute);

    /// Puts what was said later into the first reports: into `rows` when they belong to this cycle, else into
    /// the answer, one for each report. A counted report moves, in the minute in which it was said, to what it
    /// names now: bins of complete minutes are never touched.
    std::vector<storage::ReportDetail> settle(storage::Transaction&, std::vector<storage::StoredReport>& rows);

    /// The totals that have changed.
    std::vector<storage::DetailBin> touched() const;

 private:
    struct Later {
        storage::ReportDetail detail;  // of the first report; what is not added is empty
        storage::ServiceId service;
        bool works, counted;
    };
    void change(const CountingMemory::DetailKey&, std::int32_t by);
    void move(const Later&, storage::CategoryId& category, std::string& region);

    std::map<CountingMemory::DetailKey, std::int32_t>& totals_;
    std::set<CountingMemory::DetailKey> touched_;
    std::vector<Later> later_;
};

}  // namespace outcry::live
