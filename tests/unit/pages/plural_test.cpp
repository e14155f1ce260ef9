// tests/unit/pages/plural_test.cpp: rules as Unicode CLDR writes them, for languages with one form to six.
#include "server/pages/plural.hpp"

#include <catch2/catch.hpp>

using outcry::pages::PluralRules;

namespace {

PluralRules rules(std::initializer_list<std::pair<const char*, const char*>> forms) {
    PluralRules made;
    for (const auto& [form, rule] : forms) made.add(form, rule);
    return made;
}

}  // namespace

TEST_CASE("German tells one from the rest, Japanese nothing from nothing") {
    const auto german = rules({{"one", "i = 1 and v = 0"}});
    CHECK(german.form(1) == "one");
    CHECK(german.form(0) == "other");
    CHECK(german.form(21) == "other");
    CHECK(rules({}).form(1) == "other");
}

TEST_CASE("Spanish says “un millón de”") {
    const auto spanish =
        rules({{"one", "n = 1"}, {"many", "e = 0 and i != 0 and i % 1000000 = 0 and v = 0 or e != 0..5"}});
    CHECK(spanish.form(1) == "one");
    CHECK(spanish.form(0) == "other");
    CHECK(spanish.form(1'000'000) == "many");
    CHECK(spanish.form(1'000'001) == "other");
}

TEST_CASE("Polish has few and many, French counts nothing as one, Arabic has six forms") {
    const auto polish = rules({{"one", "i = 1 and v = 0"},
                               {"few", "v = 0 and i % 10 = 2..4 and i % 100 != 12..14"},
                               {"many",
                                "v = 0 and i != 1 and i % 10 = 0..1 or v = 0 and i % 10 = 5..9 or v = 0 "
                                "and i % 100 = 12..14"}});
    CHECK(polish.form(1) == "one");
    CHECK(polish.form(3) == "few");
    CHECK(polish.form(13) == "many");
    CHECK(polish.form(122) == "few");
    CHECK(polish.form(0) == "many");
    CHECK(rules({{"one", "i = 0,1"}}).form(0) == "one");
    const auto arabic = rules({{"zero", "n = 0"},
                               {"one", "n = 1"},
                               {"two", "n = 2"},
                               {"few", "n % 100 = 3..10"},
                               {"many", "n % 100 = 11..99"}});
    CHECK(arabic.form(2) == "two");
    CHECK(arabic.form(103) == "few");
    CHECK(arabic.form(100) == "other");
    CHECK(arabic.forms() == std::vector<std::string>{"zero", "one", "two", "few", "many", "other"});
}

TEST_CASE("a rule that cannot be read is a mistake and says so") {
    for (const auto* broken : {"", "x = 1", "n", "n =", "n = 1 and", "n = 1 2", "n ! 1", "n = a"}) {
        INFO(broken);
        CHECK_THROWS_AS(PluralRules().add("one", broken), std::invalid_argument);
    }
}
