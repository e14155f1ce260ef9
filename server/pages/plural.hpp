// server/pages/plural.hpp: which form of a word goes with a number, by the rules that a catalogue states for
// its language.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace outcry::pages {

/// The rules of one language for whole numbers, as Unicode CLDR writes them (UTS #35, "Language Plural Rules"):
/// "n % 10 = 2..4 and n % 100 != 12..14". Operands of fractions (v, w, f, t, c, e) are 0 here.
class PluralRules {
 public:
    /// Adds the rule of a form ("one", "few"); what no rule takes is "other". Throws std::invalid_argument when
    /// the rule cannot be read.
    void add(std::string form, std::string_view rule);

    /// "one", "other" and the like.
    std::string_view form(std::uint64_t n) const;
    /// Every form there is, "other" last.
    std::vector<std::string> forms() const;

 private:
    struct Relation {
        bool whole = true;          // the operand is the number itself, not a part after its point
        std::uint64_t modulus = 0;  // 0: none
        bool equal = true;
        std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
        bool holds(std::uint64_t n) const;
    };
    struct Rule {
        std::string form;
        std::vector<std::vector<Relation>> alternatives;  // any of them, in which all hold
        bool takes(std::uint64_t n) const;
    };
    static std::vector<std::vector<Relation>> read(std::string_view rule);

    std::vector<Rule> rules_;
};

}  // namespace outcry::pages
