// tests/unit/notify/retry_after_test.cpp: what receivers ask for, in every way that HTTP has for it.
#include "server/notify/retry_after.hpp"

#include <catch2/catch.hpp>

using namespace outcry;
using namespace std::chrono_literals;
using notify::asked_wait;

namespace {
const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};
}

TEST_CASE("seconds are asked for as they are, a day at most") {
    CHECK(asked_wait("120", "", noon) == 120s);
    CHECK(asked_wait("86400", "", noon) == 24h);
    CHECK(asked_wait("86401", "", noon) == 24h);
    CHECK(asked_wait("99999999999999999999999", "", noon) == 24h);
    for (const auto* nothing : {"", "0", "-5", "+5", "1.5", "5 s", "soon", "0x10"}) {
        CAPTURE(nothing);
        CHECK_FALSE(asked_wait(nothing, "", noon));
    }
}

TEST_CASE("a date is asked for in its three forms, and held against the answer's own clock") {
    for (const auto* date :
         {"Thu, 22 Jan 2026 12:10:00 GMT", "Thursday, 22-Jan-26 12:10:00 GMT", "Thu Jan 22 12:10:00 2026"}) {
        CAPTURE(date);
        CHECK(asked_wait(date, "", noon) == 10min);
        CHECK(asked_wait(date, "Thu, 22 Jan 2026 12:09:30 GMT", noon) ==
              30s);  // it is nine minutes ahead of us
        CHECK(asked_wait(date, "yesterday", noon) == 10min);
        CHECK_FALSE(asked_wait(date, "", noon + 10min));
        CHECK_FALSE(asked_wait(date, "Thu, 22 Jan 2026 13:00:00 GMT", noon));
    }
    CHECK(asked_wait("Thu, 22 Jan 2026 12:00:01 GMT", "", noon + 500ms) == 1s);  // never earlier than asked
    CHECK(asked_wait("Fri, 22 Jan 2027 12:00:00 GMT", "", noon) == 24h);
    CHECK_FALSE(asked_wait("Thu, 22 Jan 2026 12:10:00", "", noon));
    CHECK_FALSE(asked_wait("Thu, 22 Jan 2026 12:10:00 GMT and more", "", noon));
}
