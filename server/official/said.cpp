// server/official/said.cpp: see the header.
#include "server/official/said.hpp"

#include <date/date.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>
#include <utility>

#include "ingest/text.hpp"

namespace outcry::official {
namespace {

std::string lower(std::string_view text) {
    std::string low(text);
    std::transform(low.begin(), low.end(), low.begin(),
                   [](unsigned char c) { return static_cast<char>(c < 128 ? std::tolower(c) : c); });
    return low;
}

std::optional<Time> parse_as(const std::string& text, const char* format) {
    std::istringstream in(text);
    Time at;
    in >> date::parse(format, at);
    if (in.fail()) return std::nullopt;
    in >> std::ws;
    return in.eof() ? std::optional{at} : std::nullopt;
}

void append_utf8(std::string& text, unsigned long code) {
    if (code == 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return;
    const auto tail = [&](int shift) { text += static_cast<char>(0x80 | ((code >> shift) & 0x3f)); };
    if (code < 0x80) {
        text += static_cast<char>(code);
    } else if (code < 0x800) {
        text += static_cast<char>(0xc0 | (code >> 6)), tail(0);
    } else if (code < 0x10000) {
        text += static_cast<char>(0xe0 | (code >> 12)), tail(6), tail(0);
    } else {
        text += static_cast<char>(0xf0 | (code >> 18)), tail(12), tail(6), tail(0);
    }
}

/// Appends what "&name;" stands for; false when it is none that we know.
bool append_reference(std::string& text, const std::string& name) {
    static constexpr std::array<std::pair<std::string_view, char>, 6> named{
        {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", ' '}}};
    for (const auto& [known, stands_for] : named)
        if (name == known) return text += stands_for, true;
    if (name.size() < 2 || name.front() != '#') return false;
    const bool hex = name[1] == 'x' || name[1] == 'X';
    const auto digits = name.substr(hex ? 2 : 1);
    if (digits.empty() || digits.size() > 7) return false;
    char* end = nullptr;
    const auto code = std::strtoul(digits.c_str(), &end, hex ? 16 : 10);
    if (*end != 0) return false;
    append_utf8(text, code);
    return true;
}

}  // namespace

std::optional<Time> time_said(std::string_view given) {
    std::string text(given);
    if (text.size() > 64) return std::nullopt;
    if (!text.empty() && (text.back() == 'Z' || text.back() == 'z')) text.replace(text.size() - 1, 1, "+00:00");
    for (const std::string_view zone : {"GMT", "UTC", "UT"})
        if (text.ends_with(zone)) text.replace(text.size() - zone.size(), zone.size(), "+0000");
    for (const char* format : {"%FT%T%Ez", "%F %T%Ez", "%F %T %z", "%a, %d %b %Y %T %z", "%d %b %Y %T %z"}) {
        const auto at = parse_as(text, format);
        if (!at) continue;
        const auto year = date::year_month_day{std::chrono::floor<date::days>(*at)}.year();
        if (year >= date::year{1990} && year <= date::year{2200}) return at;
    }
    return std::nullopt;
}

std::string status_said(std::string_view words) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> signs{
        {{"resolved", "resolved"},
         {"postmortem", "resolved"},
         {"completed", "resolved"},
         {"operating normally", "resolved"},
         {"monitoring", "monitoring"},
         {"verifying", "monitoring"},
         {"identified", "identified"},
         {"in_progress", "identified"},
         {"investigating", "investigating"}}};
    const auto low = lower(words);
    std::size_t first = low.npos;
    std::string status = "other";
    for (const auto& [sign, meaning] : signs) {
        const auto at = low.find(sign);
        if (at < first) first = at, status = meaning;
    }
    return status;
}

std::string plain(std::string_view text, std::size_t most) {
    if (!ingest::is_valid_utf8(text)) return {};
    const auto visible = ingest::without_bidi_controls(text);
    std::string line;
    std::size_t count = 0;
    for (const char c : visible) {
        const auto byte = static_cast<unsigned char>(c);
        const bool space = byte <= 0x20 || byte == 0x7f;
        if (space && (line.empty() || line.back() == ' ')) continue;
        if ((byte & 0xc0) != 0x80 && ++count > most) {
            while (!line.empty() && (static_cast<unsigned char>(line.back()) & 0xc0) == 0x80) line.pop_back();
            if (!line.empty()) line.pop_back();
            return line + "…";
        }
        line += space ? ' ' : c;
    }
    if (!line.empty() && line.back() == ' ') line.pop_back();
    return line;
}

std::string without_tags(std::string_view html) {
    std::string text;
    for (std::size_t i = 0; i < html.size(); ++i) {
        if (html[i] == '<') {
            const auto end = html.find('>', i);
            if (end == html.npos) break;
            text += ' ';  // words of neighbouring elements stay apart
            i = end;
            continue;
        }
        const auto end = html[i] == '&' ? html.find(';', i) : html.npos;
        if (end != html.npos && end - i < 12 &&
            append_reference(text, std::string(html.substr(i + 1, end - i - 1))))
            i = end;
        else
            text += html[i];
    }
    return text;
}

std::string web_address(std::string_view address) {
    const bool web = address.starts_with("https://") || address.starts_with("http://");
    return web && address.size() <= 500 && plain(address, 500) == address && address.find(' ') == address.npos
               ? std::string(address)
               : std::string{};
}

}  // namespace outcry::official
