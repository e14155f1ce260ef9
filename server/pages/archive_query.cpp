// server/pages/archive_query.cpp: see the header.
#include "server/pages/archive_query.hpp"

#include <charconv>
#include <chrono>

#include "ingest/report_id.hpp"

namespace outcry::pages {
namespace {

constexpr std::size_t longest_text = 100;
constexpr int first_year = 1970, last_year = 9999;

/// 0 for an empty text, nothing for anything but a number of the range.
std::optional<int> number_in(std::string_view text, int least, int most) {
    if (text.empty()) return 0;
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most)
        return std::nullopt;
    return value;
}

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

/// Cut between characters.
std::string shortened(std::string text) {
    if (text.size() <= longest_text) return text;
    auto end = longest_text;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return text.substr(0, end);
}

std::string encoded(std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
        if (plain)
            out += c;
        else
            out.append({'%', digits[byte >> 4], digits[byte & 15]});
    }
    return out;
}

}  // namespace

std::optional<ArchiveQuery> read_archive_query(const http::Request& request) {
    const auto value = [&](std::string_view name) { return request.query_value(name).value_or(""); };
    const auto year = number_in(value("year"), first_year, last_year), month = number_in(value("month"), 1, 12);
    ArchiveQuery query{.text = shortened(trimmed(value("q"))),
                       .service = std::string(value("service")),
                       .state = std::string(value("state")),
                       .year = year.value_or(0),
                       .month = month.value_or(0),
                       .before = std::string(value("before"))};
    const bool known_state = query.state.empty() || query.state == "open" || query.state == "closed";
    const bool known_place = query.before.empty() || ingest::parse_report_id(query.before);
    if (!year || !month || !known_state || !known_place) return std::nullopt;
    return query;
}

storage::IncidentFilter filter_of(const ArchiveQuery& query) {
    using namespace std::chrono;
    storage::IncidentFilter filter{.text = query.text};
    if (!query.state.empty()) filter.open = query.state == "open";
    if (!query.before.empty()) filter.before = query.before;
    if (query.year != 0) {
        const auto start =
            year_month{year{query.year}, month{query.month == 0 ? 1u : static_cast<unsigned>(query.month)}};
        filter.opened_from = Time{sys_days{start / 1}};
        filter.opened_until = Time{sys_days{(start + (query.month == 0 ? months{12} : months{1})) / 1}};
    }
    return filter;
}

std::string address_of(const ArchiveQuery& query, const std::string& before) {
    std::string address;
    const auto add = [&](std::string_view name, std::string_view value) {
        if (value.empty()) return;
        address.append(address.empty() ? "?" : "&").append(name).append("=").append(encoded(value));
    };
    add("q", query.text);
    add("service", query.service);
    add("state", query.state);
    add("year", query.year == 0 ? "" : std::to_string(query.year));
    add("month", query.month == 0 ? "" : std::to_string(query.month));
    add("before", before);
    return address;
}

}  // namespace outcry::pages
