// tests/unit/operator/account/password_test.cpp: which passwords are refused, and why; how often one may try.
#include "server/operator/account/password.hpp"

#include <catch2/catch.hpp>

#include "server/operator/account/attempts.hpp"
#include "server/operator/account/user_name.hpp"

using namespace outcry;
using namespace outcry::operators;
using namespace std::chrono_literals;

namespace {
std::string why(std::string_view password, std::string_view user = "mara") {
    return std::string(weakness(password, user).value_or("fine"));
}
const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};
}  // namespace

TEST_CASE("what everybody tries is refused, whatever is put round it") {
    for (const auto* weak :
         {"password1234", "P@ssw0rd2026!", "Passwort-12345", "qwertyuiop[]", "123456789012", "aaaaaaaaaaaaaa",
          "abcabcabcabc", "welcomewelcome", "iloveyou!2024!", "Administrator1", "!!!letmein!!!2026",
          "outcryoutcry", "admin-admin-1", "84930284710384"}) {
        INFO(weak);
        CHECK(why(weak) == "common");
    }
    CHECK(why("tiny") == "short");
    CHECK(why("elevenchars") == "short");
    CHECK(why("ääääääääää") == "short");  // 20 bytes, 10 characters
    CHECK(why("mara-mara-2026") == "name");
    CHECK(why("MARA12345678") == "name");
    CHECK(why(std::string(257, 'x') + "yzabcd") == "long");
}

TEST_CASE("what nobody guesses is taken") {
    for (const auto* good : {"olive tractor quiet seven", "k7#pQz!9vLw2", "корабль плывёт ночью",
                             "Tr0ub4dor&3 horse", "four random words are fine"}) {
        INFO(good);
        CHECK(why(good) == "fine");
    }
}

TEST_CASE("a kept password is argon2id, salted, and known again") {
    const auto kept = keep_password("olive tractor quiet seven");
    CHECK(kept.starts_with("$argon2id$"));
    CHECK(kept != keep_password("olive tractor quiet seven"));
    CHECK(is_password(kept, "olive tractor quiet seven"));
    CHECK_FALSE(is_password(kept, "olive tractor quiet sever"));
    CHECK_FALSE(is_password("", "x"));
}

TEST_CASE("after the free tries each wait is twice the one before, up to a quarter of an hour") {
    storage::SignInTries tries;
    const auto begin = [&](Time at) { return count_try(tries, 3, at); };
    auto now = noon;
    for (int i = 0; i < 3; ++i) CHECK(begin(now) == 0ms);
    CHECK(begin(now) == 1s);
    std::chrono::milliseconds before = 1s;
    for (int i = 0; i < 12; ++i) {
        now += before;
        CHECK(begin(now) == 0ms);
        const auto wait = begin(now);
        CHECK(wait == std::min<std::chrono::milliseconds>(2 * before, 15min));
        before = wait;
    }
    CHECK(begin(now + 2h) == 0ms);  // forgotten
    CHECK(tries.count == 1);
}

TEST_CASE("an IPv6 client is its /64") {
    const auto key = [](const char* text) { return client_network(boost::asio::ip::make_address(text)); };
    CHECK(key("2001:db8:1:2::1") == key("2001:db8:1:2:ffff::9"));
    CHECK(key("2001:db8:1:2::1") != key("2001:db8:1:3::1"));
    CHECK(key("192.0.2.1") != key("192.0.2.2"));
}

TEST_CASE("names are small letters, digits and a few signs") {
    CHECK(user_name("Mara") == "mara");
    for (const auto* good : {"mara", "m.a-r_a+1@example.org", "9"}) CHECK(is_user_name(good));
    for (const auto* bad : {"", "Mara", ".mara", "ma ra", "mär", "a\nb", "<b>"}) CHECK_FALSE(is_user_name(bad));
    CHECK_FALSE(is_user_name(std::string(65, 'a')));
}
