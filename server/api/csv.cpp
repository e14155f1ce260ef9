// server/api/csv.cpp: what leaves the API as comma-separated values.
#include "server/api/csv.hpp"

#include <fmt/format.h>

#include "server/api/timestamps.hpp"

namespace outcry::api {

namespace {

std::string count_cell(const Series& series, std::uint32_t count) {
    return series.tells(count) ? std::to_string(count) : std::string();
}

}  // namespace

std::string series_csv(const Series& series) {
    const auto& columns = series.columns;
    std::string out = series.has_expected ? "time,reports,works,expected,low,high,complete\r\n"
                                          : "time,reports,works,complete\r\n";
    for (std::size_t i = 0; i < columns.size(); ++i) {
        out += to_rfc3339(columns.start(i)) + ',' + count_cell(series, columns.reports[i]) + ',' +
               count_cell(series, columns.works[i]) + ',';
        if (series.has_expected) {
            out += fmt::format("{:.2f},{:.2f},{:.2f},", columns.expected[i], columns.low[i], columns.high[i]);
        }
        out += i < columns.complete ? "true\r\n" : "false\r\n";
    }
    return out;
}

}  // namespace outcry::api
