// tests/unit/storage/text_test.cpp: what is put into text for PostgreSQL, and read back from it.
#include <catch2/catch.hpp>

#include "server/storage/array_text.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/connection_string.hpp"

using namespace outcry;
using storage::ArrayText;

TEST_CASE("a connection string keeps what the operator wrote and adds what a session needs") {
    const auto text = storage::connection_string(
        {.dsn = "host=db1,db2 dbname=o connect_timeout=9 options='-c work_mem=8MB'", .role = "outcry_serve"});
    CHECK(text.find("host='db1,db2'") != text.npos);
    CHECK(text.find("connect_timeout='9'") != text.npos);
    CHECK(text.find("-c work_mem=8MB -c statement_timeout=15000") != text.npos);
    CHECK(text.find("-c role=outcry_serve") != text.npos);

    const auto uri = storage::connection_string({.dsn = "postgresql://me:se%27cret@db/o?sslmode=require"});
    CHECK(uri.find("password='se\\'cret'") != uri.npos);
    CHECK(uri.find("sslmode='require'") != uri.npos);
    CHECK(uri.find("role=") == uri.npos);
    CHECK_THROWS_AS(storage::connection_string({.dsn = "hostt=x"}), std::invalid_argument);
}

TEST_CASE("arrays quote what needs it") {
    CHECK(ArrayText{}.str() == "{}");
    CHECK(ArrayText{}.add(1).add(-20).str() == "{1,-20}");
    CHECK(ArrayText{}.add(true).add(false).add_null().str() == "{t,f,NULL}");
    CHECK(ArrayText{}.add("").add("a,b").add("\"\\").add("NULL").str() == R"({"","a,b","\"\\","NULL"})");
}

TEST_CASE("ids are written with hyphens and read with or without") {
    const auto id = storage::uuid_from("018d2f3c-0000-7abc-8def-0123456789ab");
    CHECK(storage::uuid_text(id) == "018d2f3c-0000-7abc-8def-0123456789ab");
    CHECK(storage::uuid_from("018d2f3c00007abc8def0123456789ab") == id);
    for (const char* wrong :
         {"", "018d2f3c", "018d2f3c-0000-7abc-8def-0123456789abcd", "x18d2f3c-0000-7abc-8def-0123456789ab"})
        CHECK_THROWS_AS(storage::uuid_from(wrong), std::invalid_argument);
}

TEST_CASE("a number is written so that it reads back as the same number") {
    for (const double value : {0.1, 1.0 / 3, 1e-300, 2.7182818284590452, 0.0})
        CHECK(std::stod(storage::exact(value)) == value);
}
