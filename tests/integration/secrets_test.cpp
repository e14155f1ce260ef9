// tests/integration/secrets_test.cpp: every node hashes alike, each day anew.
#include "server/app/secrets.hpp"

#include <catch2/catch.hpp>

#include "tests/support/private_postgres.hpp"

using namespace outcry;
using namespace std::chrono_literals;

namespace {

const Time noon = std::chrono::sys_days{std::chrono::year{2026} / 3 / 1} + 12h;

}  // namespace

TEST_CASE("two nodes of one database have the same keys, another installation has others") {
    const tests::PrivateDatabase here, elsewhere;
    storage::Database first(here.serving()), second(here.serving()), other(elsewhere.serving());
    const auto mine = app::Secrets(first, noon).at(noon), theirs = app::Secrets(second, noon).at(noon);
    const auto foreign = app::Secrets(other, noon).at(noon);
    CHECK(mine.token_key == theirs.token_key);
    CHECK(mine.daily_salt == theirs.daily_salt);
    CHECK(mine.token_key != foreign.token_key);
    CHECK(mine.daily_salt != foreign.daily_salt);
}

TEST_CASE("the salt changes at midnight UTC, and the next day's is there before it is needed") {
    const tests::PrivateDatabase here;
    storage::Database database(here.serving());
    const app::Secrets secrets(database, noon);
    CHECK(secrets.at(noon).daily_salt == secrets.at(noon + 11h + 59min).daily_salt);
    CHECK(secrets.at(noon).daily_salt != secrets.at(noon + 12h).daily_salt);
    CHECK(secrets.at(noon).token_key == secrets.at(noon + 12h).token_key);
    CHECK(app::Secrets(database, noon + 13h).at(noon + 13h).daily_salt == secrets.at(noon + 12h).daily_salt);
}
