// tests/unit/ingest/text_test.cpp: what can stand as the name of a service, a problem or a group.
#include "ingest/text.hpp"

#include <catch2/catch.hpp>

using Catch::Contains;
using outcry::ingest::beginning;

TEST_CASE("a beginning ends between characters") {
    CHECK(beginning("abc", 5) == "abc");
    CHECK(beginning("abc", 2) == "ab");
    CHECK(beginning("aäb", 2) == "a");
    CHECK(beginning("😀", 3) == "");
}
using outcry::ingest::flaw_in_name;

TEST_CASE("names of every script, marks of direction and signs of markup can stand") {
    for (const auto* name : {"Outlook", "<b>Bank</b> & \"Sons\"", "=cmd|' /C calc'!A0", "Почта", "田中さん",
                             "\u200eبنك", "👩‍👩‍👧‍👦", "Z̮̞̠͙͔ͅalgo", "{{name}}", "ﬀ"}) {
        INFO(name);
        CHECK_FALSE(flaw_in_name(name));
    }
}

TEST_CASE("what breaks lines, turns text, is no character or cannot be seen is refused by its name") {
    CHECK_THAT(*flaw_in_name("a\x01z"), Contains("U+0001"));
    CHECK_THAT(*flaw_in_name("a\x1b[31m"), Contains("U+001B"));
    CHECK_THAT(*flaw_in_name("a\nb"), Contains("U+000A") && Contains("one line"));
    CHECK_THAT(*flaw_in_name("a\u2028b"), Contains("U+2028"));
    CHECK_THAT(*flaw_in_name("a\u0085"), Contains("U+0085"));
    CHECK_THAT(*flaw_in_name("a\u202eb"), Contains("U+202E") && Contains("direction"));
    CHECK_THAT(*flaw_in_name("\ufffe"), Contains("U+FFFE"));
    CHECK_THAT(*flaw_in_name("\ufeff\u200b "), Contains("nothing in it"));
}
