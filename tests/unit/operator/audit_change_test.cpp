// tests/unit/operator/audit_change_test.cpp: what people read of a change.
#include "server/operator/audit_change.hpp"

#include <catch2/catch.hpp>

using namespace outcry;

namespace {

std::string told(std::optional<std::string> before, std::optional<std::string> after) {
    storage::AuditEntry entry;
    entry.before = std::move(before);
    entry.after = std::move(after);
    std::string text;
    for (const auto& [field, was, is] : operators::change_of(entry).fields)
        text += (text.empty() ? "" : "; ") + field + ": " + was + ">" + is;
    return text;
}

}  // namespace

TEST_CASE("only what differs is told, in words") {
    CHECK(told(R"({"hold":0,"clear":30})", R"({"hold":2,"clear":30})") == "hold: 0>2");
    CHECK(told({}, R"({"role":"viewer","disabled":false,"group":"","service":null,"scopes":[]})") ==
          "disabled: >false; role: >viewer");
    CHECK(told(R"({"scopes":["read"]})", R"({"scopes":["read","admin"]})") == "scopes: read>read, admin");
    CHECK(told(R"({"name":"Ä"})", {}) == "name: Ä>");
    CHECK(told({}, {}).empty());
    CHECK(told({}, R"([{"label":"real"}])") == R"(: >{"label":"real"})");
}

TEST_CASE("what is long is cut between characters, and the whole stands beside it") {
    std::string long_text;
    for (int i = 0; i < 100; ++i) long_text += "ä";
    storage::AuditEntry entry;
    entry.after = "{\"text\":\"" + long_text + "\"}";
    const auto change = operators::change_of(entry);
    REQUIRE(change.fields.size() == 1);
    CHECK(change.fields[0].is == long_text.substr(0, 160) + "…");
    CHECK(change.whole == *entry.after);

    entry.after = R"({"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7})";
    CHECK(operators::change_of(entry).fields.size() == 6);
    CHECK(operators::change_of(entry).whole == *entry.after);
    entry.after = R"({"a":1})";
    CHECK(operators::change_of(entry).whole.empty());
}
