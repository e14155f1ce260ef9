// server/pages/words.hpp: every word people read, from one catalogue; the only place that knows plurals,
// numbers and dates.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>

#include "analytics/time.hpp"
#include "server/pages/plural.hpp"

namespace outcry::pages {

/// Trusted HTML, as opposed to text, which is escaped before it reaches a page.
struct Markup {
    std::string html;
    friend bool operator==(const Markup&, const Markup&) = default;
};

std::string escape_html(std::string_view text);

/// What takes the place of {name} in a pattern.
struct Fill {
    std::string_view name;
    std::string value;
    bool markup = false;  // value is HTML already

    Fill(std::string_view n, std::string text) : name(n), value(std::move(text)) {}
    Fill(std::string_view n, Markup html) : name(n), value(std::move(html.html)), markup(true) {}
};
using Fills = std::initializer_list<Fill>;

/// One language. Patterns may hold {name}, *strong* and [link text](name), where name is filled with an
/// address; {zone} is the zone that times are given in.
class Words {
 public:
    /// `fallback` is the catalogue of English: what a translation lacks is said in it. Throws
    /// std::invalid_argument when the JSON or a plural rule is broken.
    explicit Words(std::string_view json, std::string_view fallback = {});

    /// Its BCP 47 code: "en".
    const std::string& language() const { return pattern("meta.language"); }

    /// The pattern as text, without emphasis. Throws std::out_of_range when there is no such key.
    std::string text(std::string_view key, Fills = {}) const;
    /// The pattern as HTML; values are escaped unless they are Markup.
    Markup markup(std::string_view key, Fills = {}) const;
    /// The pattern `key.one`, `key.other` or whichever form the language wants for `n`, with {n} filled.
    std::string plural(std::string_view key, std::uint64_t n) const;
    /// The same as HTML, with {n} filled by the caller.
    Markup plural_markup(std::string_view key, std::uint64_t n, Fills) const;

    /// A name of the starter catalogue, such as a label of a category, in this language; any other as it is.
    std::string known(std::string_view name) const;

    std::string number(std::uint64_t n) const;         // 15,890
    std::string short_number(double n) const;          // 15k, for an axis
    std::string decimal(double n) const;               // 25.3, one place
    std::string usual(double expected) const;          // 25; 0.4 → "fewer than 1"
    std::string times(double ratio) const;             // two digits that matter: 640, 48, 6.1
    std::string percent(double share) const;           // 0.55 → "55 %"
    std::string duration(std::chrono::minutes) const;  // "14 h 21 min"

    std::string clock(Time) const;      // 20:47
    std::string day(Time) const;        // 22 January 2026
    std::string short_day(Time) const;  // 22 Jan
    std::string moment(Time,
                       Time now) const;  // 20:47 today, else 22 Jan 20:47, with its year where that is far
    std::string day_span(Time from, Time to) const;  // 21 Jan to 22 January 2026; one day alone when it is one
    Markup day_range(Time from, Time to) const;      // the same, marked as what it is
    static std::string stamp(Time);                  // 2026-01-22T20:47:00Z, RFC 3339
    /// `text` in a <time> element that says when it was in full.
    static Markup time_element(Time, std::string_view text);
    Markup when(Time at, Time now) const { return time_element(at, moment(at, now)); }
    Markup dated(Time at) const { return time_element(at, short_day(at) + ' ' + clock(at)); }

    /// Every key with its pattern, for templates.
    const std::map<std::string, std::string, std::less<>>& all() const { return patterns_; }
    const PluralRules& plural_rules() const { return plural_rules_; }

 private:
    const std::string& pattern(std::string_view key) const;
    std::string form_of(std::string_view key, std::uint64_t n) const;
    std::map<std::string, std::string, std::less<>> patterns_;
    PluralRules plural_rules_;
};

}  // namespace outcry::pages
