// server/pages/words.cpp: see the header.
#include "server/pages/words.hpp"

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace outcry::pages {
namespace {

using namespace std::chrono;
using namespace nlohmann::json_literals;

nlohmann::json parse(std::string_view json) {
    auto tree = nlohmann::json::parse(json, nullptr, false);
    if (!tree.is_object()) throw std::invalid_argument("the text catalogue is not a JSON object");
    return tree;
}

void flatten(const nlohmann::json& node, const std::string& path,
             std::map<std::string, std::string, std::less<>>& into) {
    if (node.is_string()) {
        into[path] = node.get<std::string>();
        return;
    }
    std::size_t index = 0;
    for (const auto& item : node.items()) {
        const auto name = node.is_array() ? std::to_string(index++) : item.key();
        flatten(item.value(), path.empty() ? name : path + '.' + name, into);
    }
}

const Fill* find(Fills fills, std::string_view name) {
    for (const auto& fill : fills)
        if (fill.name == name) return &fill;
    return nullptr;
}

/// Times are written in UTC; in a page a script may name the reader's own zone instead (islands/zone.ts).
constexpr days half_a_year{182};
constexpr std::string_view zone_name = "UTC", zone_html = "<span data-zone>UTC</span>";

/// Reads a pattern from left to right: {name}, {zone}, *strong*, [text](name); anything else is text.
std::string expand(std::string_view pattern, Fills fills, bool html) {
    std::string out;
    bool strong = false;
    std::string link_end;
    const auto literal = [&](char c) { html ? out += escape_html({&c, 1}) : out += c; };
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c == '{') {
            const auto end = pattern.find('}', i);
            if (end != std::string_view::npos && pattern.substr(i, end - i + 1) == "{zone}") {
                out += html ? zone_html : zone_name;
                i = end;
                continue;
            }
            const auto* fill =
                end == std::string_view::npos ? nullptr : find(fills, pattern.substr(i + 1, end - i - 1));
            if (!fill) throw std::invalid_argument("nothing to fill in: " + std::string(pattern));
            out += html && !fill->markup ? escape_html(fill->value) : fill->value;
            i = end;
        } else if (c == '*') {
            strong = !strong;
            if (html) out += strong ? "<strong>" : "</strong>";
        } else if (c == '[') {
            const auto target = pattern.find("](", i), end = pattern.find(')', target);
            const auto* fill = find(fills, pattern.substr(target + 2, end - target - 2));
            if (!fill) throw std::invalid_argument("no address for the link: " + std::string(pattern));
            if (html) out += "<a href=\"" + escape_html(fill->value) + "\">";
        } else if (c == ']' && i + 1 < pattern.size() && pattern[i + 1] == '(') {
            if (html) out += "</a>";
            i = pattern.find(')', i);
        } else {
            literal(c);
        }
    }
    return out;
}

std::string two_digits(int n) {
    return {static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)};
}

}  // namespace

std::string escape_html(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

Words::Words(std::string_view json, std::string_view fallback) {
    if (!fallback.empty()) flatten(parse(fallback), "", patterns_);
    const auto tree = parse(json);
    flatten(tree, "", patterns_);
    if (const auto rules = "/meta/plural"_json_pointer; tree.contains(rules))
        for (const auto& rule : tree.at(rules).items())
            plural_rules_.add(rule.key(), rule.value().get<std::string>());
}

const std::string& Words::pattern(std::string_view key) const {
    const auto found = patterns_.find(key);
    if (found == patterns_.end()) throw std::out_of_range("no text for " + std::string(key));
    return found->second;
}

std::string Words::text(std::string_view key, Fills fills) const {
    return expand(pattern(key), fills, false);
}

Markup Words::markup(std::string_view key, Fills fills) const {
    return {expand(pattern(key), fills, true)};
}

/// A translation that lags behind may lack a form; "other" is always there.
std::string Words::form_of(std::string_view key, std::uint64_t n) const {
    auto wanted = std::string(key) + '.' + std::string(plural_rules_.form(n));
    return patterns_.contains(wanted) ? wanted : std::string(key) + ".other";
}

std::string Words::plural(std::string_view key, std::uint64_t n) const {
    return text(form_of(key, n), {{"n", number(n)}});
}

Markup Words::plural_markup(std::string_view key, std::uint64_t n, Fills fills) const {
    return markup(form_of(key, n), fills);
}

std::string Words::known(std::string_view name) const {
    const auto found = patterns_.find("starter." + std::string(name));
    return found == patterns_.end() ? std::string(name) : found->second;
}

std::string Words::number(std::uint64_t n) const {
    auto digits = std::to_string(n);
    if (digits.size() < std::stoul(pattern("format.group_from"))) return digits;
    const auto& group = pattern("format.thousands");
    for (auto at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, group);
    }
    return digits;
}

std::string Words::decimal(double n) const {
    const auto tenths = std::llround(n * 10);
    return number(static_cast<std::uint64_t>(tenths / 10)) + pattern("format.decimal") +
           std::to_string(tenths % 10);
}

std::string Words::short_number(double n) const {
    const auto thousands = [&](double value, std::string_view key) {
        auto text = std::to_string(std::lround(value * 10) / 10);
        if (const auto tenths = std::lround(value * 10) % 10)
            text += pattern("format.decimal") + std::to_string(tenths);
        return text + pattern(key);
    };
    const bool has_word = !pattern("format.thousand").empty();  // German has none: 15.000
    if (n >= 1e6) return thousands(n / 1e6, "format.million");
    if (n >= 1e3 && has_word) return thousands(n / 1e3, "format.thousand");
    return number(static_cast<std::uint64_t>(std::lround(n)));
}

std::string Words::usual(double expected) const {
    if (expected < 0.5) return pattern("format.almost_none");
    return number(static_cast<std::uint64_t>(std::llround(expected)));
}

std::string Words::times(double ratio) const {
    if (ratio < 9.95) {
        const auto tenths = std::llround(ratio * 10);
        const auto whole = std::to_string(tenths / 10);
        return tenths % 10 ? whole + pattern("format.decimal") + std::to_string(tenths % 10) : whole;
    }
    const double power = std::pow(10, std::floor(std::log10(ratio)) - 1);
    return number(static_cast<std::uint64_t>(std::llround(std::round(ratio / power) * power)));
}

std::string Words::percent(double share) const {
    return text("format.percent", {{"n", std::to_string(std::lround(share * 100))}});
}

std::string Words::duration(minutes span) const {
    const auto total = span.count();
    const auto part = [&](std::string_view key, long n) { return text(key, {{"n", std::to_string(n)}}); };
    if (total < 60) return part("format.minutes", total);
    const auto big =
        total < 48 * 60 ? part("format.hours", total / 60) : part("format.days", total / (24 * 60));
    const auto rest = total < 48 * 60 ? total % 60 : total / 60 % 24;
    if (rest == 0) return big;
    return big + ' ' + part(total < 48 * 60 ? "format.minutes" : "format.hours", rest);
}

std::string Words::clock(Time at) const {
    const hh_mm_ss time{floor<minutes>(at - floor<days>(at))};
    return two_digits(static_cast<int>(time.hours().count())) + ':' +
           two_digits(static_cast<int>(time.minutes().count()));
}

std::string Words::day(Time at) const {
    const year_month_day date{floor<days>(at)};
    return text("format.day", {{"day", std::to_string(unsigned{date.day()})},
                               {"month", pattern("format.month." + std::to_string(unsigned{date.month()} - 1))},
                               {"year", std::to_string(int{date.year()})}});
}

std::string Words::short_day(Time at) const {
    const year_month_day date{floor<days>(at)};
    return text("format.short_day",
                {{"day", std::to_string(unsigned{date.day()})},
                 {"month", pattern("format.short_month." + std::to_string(unsigned{date.month()} - 1))}});
}

std::string Words::moment(Time at, Time now) const {
    if (floor<days>(at) == floor<days>(now)) return clock(at);
    const bool far = abs(at - now) > half_a_year;  // the day alone might be of this year or of another
    const auto year = far ? ' ' + std::to_string(int{year_month_day{floor<days>(at)}.year()}) : std::string{};
    return short_day(at) + year + ' ' + clock(at);
}

std::string Words::day_span(Time from, Time to) const {
    if (floor<days>(from) == floor<days>(to)) return day(to);
    return text("format.span", {{"from", short_day(from)}, {"to", day(to)}});
}

Markup Words::day_range(Time from, Time to) const {
    return {"<span data-days=\"" + stamp(from) + '/' + stamp(to) + "\">" + escape_html(day_span(from, to)) +
            "</span>"};
}

std::string Words::stamp(Time at) {
    const year_month_day date{floor<days>(at)};
    const hh_mm_ss time{floor<minutes>(at - floor<days>(at))};
    const auto two = [](auto n) { return two_digits(static_cast<int>(n)); };
    return std::to_string(int{date.year()}) + '-' + two(unsigned{date.month()}) + '-' +
           two(unsigned{date.day()}) + 'T' + two(time.hours().count()) + ':' + two(time.minutes().count()) +
           ":00Z";
}

Markup Words::time_element(Time at, std::string_view text) {
    return {"<time datetime=\"" + stamp(at) + "\">" + escape_html(text) + "</time>"};
}

}  // namespace outcry::pages
