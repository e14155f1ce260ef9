// server/pages/csv.cpp: see the header.
#include "server/pages/csv.hpp"

#include <fmt/format.h>

#include "server/pages/words.hpp"

namespace outcry::pages {

std::string csv_text(std::string_view text) {
    constexpr std::string_view formula = "=+-@\t\r", special = "\",\r\n";
    std::string cell{!text.empty() && formula.find(text.front()) != std::string_view::npos ? "'" : ""};
    const bool quoted = !cell.empty() || text.find_first_of(special) != std::string_view::npos;
    for (const char c : text) {
        if (c == '"') cell += '"';
        cell += c;
    }
    return quoted ? '"' + cell + '"' : cell;
}

std::string columns_csv(std::string_view service, const analytics::Columns& columns) {
    std::string out =
        "\xef\xbb\xbf"
        "service,from_utc,minutes,reports,works_for_me,usual,usual_low,usual_high,complete\r\n";
    const auto name = csv_text(service);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        auto from = Words::stamp(columns.start(i)).substr(0, 16);
        from[10] = ' ';
        out += fmt::format("{},{},{},{},{},{:.1f},{:.1f},{:.1f},{}\r\n", name, from, columns.step.count(),
                           columns.reports[i], columns.works[i], columns.expected[i], columns.low[i],
                           columns.high[i], i < columns.complete ? "yes" : "no");
    }
    return out;
}

}  // namespace outcry::pages
