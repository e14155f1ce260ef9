// tests/unit/analytics/signature_test.cpp: what many wrote is told, what one wrote is not.
#include "analytics/signature.hpp"

#include <catch2/catch.hpp>

#include "analytics/trigrams.hpp"
#include "analytics/volatile_word.hpp"

using namespace outcry;
using namespace outcry::analytics;

namespace {

std::string shown(std::string_view message) {
    return signature_of(message).shown;
}
std::string key(std::string_view message) {
    return signature_of(message).key;
}

MessageCount written(const std::string& message, std::uint64_t count, std::vector<std::int64_t> voices,
                     int minute = 0) {
    return {signature_of(message), count, Minute{std::chrono::minutes{minute}}, std::move(voices)};
}

}  // namespace

TEST_CASE("codes are the message and stay") {
    for (const std::string code :
         {"451 4.3.2 temporary server issue", "error 500", "0x80070005", "AADSTS50076", "HTTP/2 503", "5.7.13",
          "4.3.2", "Fehler 0x8004010F", "CE-108255-1", "DLOG-20"}) {
        INFO(code);
        CHECK(shown(code) == code);
    }
}

TEST_CASE("what is of one person, place or moment is masked") {
    CHECK(shown("user ana.b@example.org cannot log in") == "user … cannot log in");
    CHECK(shown("see https://evil.example/?u=1, now") == "see …, now");
    CHECK(shown("www.example.org does not load") == "… does not load");
    CHECK(shown("down since 19:24 UTC") == "down since … UTC");
    CHECK(shown("down since 7:05pm, 2026-01-22T19:24:00Z") == "down since …, …");
    CHECK(shown("since 22.01.2026 or 1/22/26") == "since … or …");
    CHECK(shown("ping 192.0.2.17:443 and 2001:db8::1 fail") == "ping … and … fail");
    CHECK(shown("my number is +1-202-555-0143") == "my number is …");
    CHECK(shown("card 4111 1111 1111 1111 refused") == "card … refused");
    CHECK(shown("session 7f9c24e8a1b2 lost") == "session … lost");
    CHECK(shown("id 019be6f2-77aa-7000-8000-000000000001!") == "id …!");
    CHECK(shown("trace (AbCdEf0123456789xyz)") == "trace (…)");
    CHECK(shown("@ana says hello") == "… says hello");
}

TEST_CASE("case, punctuation and white space do not tell messages apart") {
    CHECK(key("Cannot send mail!") == key("cannot   send\nmail"));
    CHECK(key("can't log in") == key("cant log in"));
    CHECK(key("Größe ÄNDERN") == key("größe ändern"));
    CHECK(key("since 10:15") == key("since 10:17"));
    CHECK(key("error 500") != key("error 503"));
}

TEST_CASE("nothing comes of what says nothing") {
    for (const std::string nothing :
         {"", " ", "???", "...", "…", "ana@example.org", "12345678", "\u200b\u202e"}) {
        INFO(nothing);
        CHECK(signature_of(nothing) == Signature{});
    }
}

TEST_CASE("a text that turns round, hides or breaks lines is one plain line") {
    CHECK(shown("pay \u202eevil\u202c\u2066 now\u2069") == "pay evil now");
    CHECK(shown("in\u00advis\u200bible\ufeff") == "invisible");
    CHECK(shown("a\r\nb\tc\u2028d\u00a0e") == "a b c d e");
    CHECK(shown("<script>alert(1)</script>") == "<script>alert(1)</script>");  // a page escapes it
}

TEST_CASE("long messages are cut between characters, other bytes are carried along") {
    std::string long_one;
    for (int i = 0; i < 200; ++i) long_one += "ß";
    const auto cut = shown(long_one);
    CHECK(cut.size() == 119 * 2 + 3);
    CHECK(cut.ends_with("ß…"));
    CHECK(shown(std::string(500, 'z')).empty());
    CHECK_FALSE(shown("\xff\xfe broken").empty());
    CHECK(shown("サーバーに接続できません") == "サーバーに接続できません");
}

TEST_CASE("likeness is that of pg_trgm") {
    CHECK(likeness(trigrams_of("word"), trigrams_of("two words")) == Approx(4.0 / 11));
    CHECK(likeness(trigrams_of("mail"), trigrams_of("mail")) == 1);
    CHECK(likeness(trigrams_of(""), trigrams_of("")) == 0);
}

TEST_CASE("a group is told only when enough different people wrote it") {
    const auto four = group_alike({written("cannot send mail", 400, {1, 2, 3, 4})}, 5, 10);
    CHECK(four.empty());
    const auto five = group_alike({written("cannot send mail", 400, {1, 2, 3, 4, 5}, 7)}, 5, 10);
    REQUIRE(five.size() == 1);
    CHECK(five[0].example == "cannot send mail");
    CHECK(five[0].count == 400);
    CHECK(five[0].last_seen == Minute{std::chrono::minutes{7}});
}

TEST_CASE("messages that are nearly alike join the most frequent of them; different codes never do") {
    const auto groups = group_alike(
        {written("cannot send mail", 8, {1, 2, 3}, 1), written("cannot send mails", 2, {4, 5}, 9),
         written("error 500 on login", 5, {1, 2, 3, 4, 5}), written("error 503 on login", 4, {1, 2, 3, 4, 5})},
        5, 10);
    REQUIRE(groups.size() == 3);
    CHECK(groups[0].example == "cannot send mail");
    CHECK(groups[0].count == 10);
    CHECK(groups[0].last_seen == Minute{std::chrono::minutes{9}});
    CHECK(groups[1].example == "error 500 on login");
    CHECK(group_alike({written("a b", 9, {1, 2}), written("c d", 9, {1, 2})}, 1, 1).size() == 1);
}
