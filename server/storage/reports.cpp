// server/storage/reports.cpp: reports in bulk, one array for each column.
#include "server/storage/reports.hpp"

#include "queries.hpp"
#include "server/storage/array_text.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {

void make_report_day(Transaction& tx, std::int32_t window) {
    tx.exec(sql::make_report_day, window);
}

void insert_reports(Transaction& tx, std::span<const StoredReport> reports) {
    if (reports.empty()) return;
    ArrayText window, id, service, minute, at, reporter, prefix, works, outcome, category, region, message,
        detail_minute;
    for (const auto& report : reports) {
        window.add(report.window);
        id.add_plain(uuid_text(report.id));
        service.add(report.service);
        minute.add(seconds(report.minute));
        at.add(millis(report.at));
        reporter.add_plain(uuid_text(report.reporter));
        prefix.add(report.prefix);
        works.add(report.works);
        outcome.add(report.outcome);
        category.add(report.category);
        region.add(report.region);
        message.add(report.message);
        report.detail_minute ? detail_minute.add(seconds(*report.detail_minute)) : detail_minute.add_null();
    }
    tx.exec(sql::insert_reports, window.str(), id.str(), service.str(), minute.str(), at.str(), reporter.str(),
            prefix.str(), works.str(), outcome.str(), category.str(), region.str(), message.str(),
            detail_minute.str());
}

std::vector<StoredReport> load_window(Transaction& tx, std::int32_t window) {
    std::vector<StoredReport> reports;
    for (const auto& row : tx.exec(sql::load_window, window)) {
        auto& report = reports.emplace_back();
        report.window = window;
        report.id = uuid_from(row[0].c_str());
        report.service = row[1].as<ServiceId>();
        report.reporter = uuid_from(row[2].c_str());
        report.prefix = row[3].as<std::int64_t>();
        report.works = row[4].as<bool>();
        report.outcome = row[5].as<std::int16_t>();
        report.category = row[6].as<CategoryId>();
        report.region = text_from(row[7]);
        report.message = text_from(row[8]);
    }
    return reports;
}

std::vector<ReportDetail> load_details(Transaction& tx, std::span<const ReportDetail> wanted) {
    std::vector<ReportDetail> details;
    if (wanted.empty()) return details;
    ArrayText window, id;
    for (const auto& one : wanted) {
        window.add(one.window);
        id.add_plain(uuid_text(one.id));
    }
    for (const auto& row : tx.exec(sql::load_first_details, window.str(), id.str())) {
        auto& detail = details.emplace_back();
        detail.window = row[0].as<std::int32_t>();
        detail.id = uuid_from(row[1].c_str());
        detail.category = row[2].as<CategoryId>();
        detail.region = text_from(row[3]);
    }
    return details;
}

void add_details(Transaction& tx, std::span<const ReportDetail> details) {
    if (details.empty()) return;
    ArrayText window, id, minute, category, region, message;
    for (const auto& detail : details) {
        window.add(detail.window);
        id.add_plain(uuid_text(detail.id));
        minute.add(seconds(detail.minute));
        category.add(detail.category);
        region.add(detail.region);
        message.add(detail.message);
    }
    tx.exec(sql::add_details, window.str(), id.str(), minute.str(), category.str(), region.str(),
            message.str());
}

void retain(Transaction& tx, Time now) {
    tx.exec(sql::retain, millis(now));
}

}  // namespace outcry::storage
