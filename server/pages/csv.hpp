// server/pages/csv.hpp: the numbers behind a chart, for spreadsheets.
#pragma once
#include <string>
#include <string_view>

#include "analytics/chart.hpp"

namespace outcry::pages {

/// A cell that a spreadsheet shows as text whatever it holds: what begins like a formula (= + - @, tab,
/// carriage return) gets an apostrophe in front; quotation marks, commas and line ends are quoted after RFC
/// 4180.
std::string csv_text(std::string_view);

/// UTF-8 with a byte order mark, without which spreadsheets take it for something older. A header line, then
/// one line for each column of the chart, times in UTC as spreadsheets read them ("2026-01-22 19:15").
std::string columns_csv(std::string_view service, const analytics::Columns&);

}  // namespace outcry::pages
