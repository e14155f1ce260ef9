// server/live/details.cpp: a report is counted under one name at a time.
#include "server/live/details.hpp"

namespace outcry::live {

void DetailCount::count(const ingest::Report& report, Minute minute) {
    change({report.service, minute, report.works, report.category, report.region}, +1);
}

void DetailCount::add_to_first(const ingest::Report& report, const ingest::Ruling& ruling, std::int32_t window,
                               Minute minute) {
    later_.push_back({.detail = {.window = window,
                                 .id = ruling.first,
                                 .minute = minute,
                                 .category = ruling.adds_category ? report.category : 0,
                                 .region = ruling.adds_region ? report.region : "",
                                 .message = ruling.adds_message ? report.message : ""},
                      .service = report.service,
                      .works = report.works,
                      .counted = ruling.first_counted});
}

std::vector<storage::ReportDetail> DetailCount::settle(storage::Transaction& tx,
                                                       std::vector<storage::StoredReport>& rows) {
    if (later_.empty()) return {};
    std::map<ingest::ReportId, std::size_t> here;
    for (std::size_t i = 0; i < rows.size(); ++i) here[rows[i].id] = i;

    std::vector<storage::ReportDetail> stored;
    for (const auto& later : later_)
        if (!here.contains(later.detail.id)) stored.push_back(later.detail);
    std::map<ingest::ReportId, storage::ReportDetail> said, added;
    for (auto& detail : storage::load_details(tx, stored)) said[detail.id] = std::move(detail);

    for (const auto& later : later_) {
        const auto& detail = later.detail;
        if (const auto found = here.find(detail.id); found != here.end()) {
            auto& row = rows[found->second];
            move(later, row.category, row.region);
            if (row.message.empty()) row.message = detail.message;
            row.detail_minute = detail.minute;
        } else {
            auto& first = said[detail.id];
            move(later, first.category, first.region);
            auto& sum = added.try_emplace(detail.id, detail).first->second;
            if (detail.category != 0) sum.category = detail.category;
            if (!detail.region.empty()) sum.region = detail.region;
            if (!detail.message.empty()) sum.message = detail.message;
            sum.minute = detail.minute;
        }
    }
    std::vector<storage::ReportDetail> result;
    for (auto& [id, detail] : added) result.push_back(std::move(detail));
    return result;
}

void DetailCount::move(const Later& later, storage::CategoryId& category, std::string& region) {
    const auto& [window, id, minute, new_category, new_region, message] = later.detail;
    const CountingMemory::DetailKey from{later.service, minute, later.works, category, region};
    if (category == 0) category = new_category;
    if (region.empty()) region = new_region;
    const CountingMemory::DetailKey to{later.service, minute, later.works, category, region};
    if (!later.counted || from == to) return;
    change(from, -1);
    change(to, +1);
}

void DetailCount::change(const CountingMemory::DetailKey& key, std::int32_t by) {
    totals_[key] += by;
    touched_.insert(key);
}

std::vector<storage::DetailBin> DetailCount::touched() const {
    std::vector<storage::DetailBin> bins;
    for (const auto& key : touched_) {
        const auto& [service, minute, works, category, region] = key;
        bins.push_back({service, minute, works, category, region, totals_.at(key)});
    }
    return bins;
}

}  // namespace outcry::live
