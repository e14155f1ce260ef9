// server/pages/plural.cpp: see the header.
#include "server/pages/plural.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace outcry::pages {
namespace {

/// Reads a rule from left to right, token by token.
class Reader {
 public:
    explicit Reader(std::string_view text) : text_(text), rest_(text) {}

    bool at_end() {
        skip_blanks();
        return rest_.empty();
    }
    /// Takes `token` if it comes next.
    bool take(std::string_view token) {
        skip_blanks();
        if (!rest_.starts_with(token)) return false;
        rest_.remove_prefix(token.size());
        return true;
    }
    char operand() {
        skip_blanks();
        if (rest_.empty() || std::string_view("niwvftce").find(rest_.front()) == std::string_view::npos) fail();
        const char name = rest_.front();
        rest_.remove_prefix(1);
        return name;
    }
    std::uint64_t value() {
        skip_blanks();
        std::uint64_t number = 0;
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
        if (error != std::errc{}) fail();
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return number;
    }
    [[noreturn]] void fail() const {
        throw std::invalid_argument("a plural rule cannot be read: " + std::string(text_));
    }

 private:
    void skip_blanks() {
        while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
    }
    std::string_view text_, rest_;
};

}  // namespace

std::vector<std::vector<PluralRules::Relation>> PluralRules::read(std::string_view rule) {
    Reader reader(rule);
    std::vector<std::vector<Relation>> alternatives(1);
    for (;;) {
        Relation relation;
        const char operand = reader.operand();
        relation.whole = operand == 'n' || operand == 'i';
        if (reader.take("%")) relation.modulus = reader.value();
        relation.equal = !reader.take("!");
        if (!reader.take("=")) reader.fail();
        do {
            const auto from = reader.value();
            relation.ranges.emplace_back(from, reader.take("..") ? reader.value() : from);
        } while (reader.take(","));
        alternatives.back().push_back(std::move(relation));
        if (reader.at_end()) return alternatives;
        if (reader.take("or")) {
            alternatives.emplace_back();
        } else if (!reader.take("and")) {
            reader.fail();
        }
    }
}

bool PluralRules::Relation::holds(std::uint64_t n) const {
    const auto operand = whole ? n : 0;
    const auto value = modulus ? operand % modulus : operand;
    const auto within = [&](const auto& range) { return range.first <= value && value <= range.second; };
    return std::any_of(ranges.begin(), ranges.end(), within) == equal;
}

bool PluralRules::Rule::takes(std::uint64_t n) const {
    return std::any_of(alternatives.begin(), alternatives.end(), [n](const auto& all) {
        return std::all_of(all.begin(), all.end(), [n](const auto& relation) { return relation.holds(n); });
    });
}

void PluralRules::add(std::string form, std::string_view rule) {
    rules_.push_back({std::move(form), read(rule)});
}

std::string_view PluralRules::form(std::uint64_t n) const {
    for (const auto& rule : rules_)
        if (rule.takes(n)) return rule.form;
    return "other";
}

std::vector<std::string> PluralRules::forms() const {
    std::vector<std::string> names;
    for (const auto& rule : rules_) names.push_back(rule.form);
    names.emplace_back("other");
    return names;
}

}  // namespace outcry::pages
