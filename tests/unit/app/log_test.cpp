// tests/unit/app/log_test.cpp: a log line is one line of valid JSON, whatever it is made to say.
#include "server/app/log.hpp"

#include <spdlog/details/log_msg.h>
#include <spdlog/formatter.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace {

std::string line_for(std::string_view message) {
    spdlog::memory_buf_t line;
    outcry::app::json_lines()->format({"outcry", spdlog::level::warn, {message.data(), message.size()}}, line);
    return {line.data(), line.size()};
}

}  // namespace

TEST_CASE("a log line says when, how grave and what") {
    const auto line = nlohmann::json::parse(line_for("listening"));
    CHECK(line["level"] == "warning");
    CHECK(line["message"] == "listening");
    CHECK(line["time"].get<std::string>().size() == 24);
}

TEST_CASE("quotes, line ends and control characters do not break out of a log line") {
    const std::string hostile = "a\"}\n{\"level\":\"x\\\r\t\x1b[31m\x7f";
    const auto line = line_for(hostile);
    CHECK(std::count(line.begin(), line.end(), '\n') == 1);
    CHECK(line.find('\x1b') == std::string::npos);
    CHECK(nlohmann::json::parse(line)["message"] == hostile);
}

TEST_CASE("bytes that are no UTF-8 are replaced in a log line, what is stays") {
    CHECK(nlohmann::json::parse(line_for("gr\xc3\xbc\xc3\x9f"))["message"] == "gr\xc3\xbc\xc3\x9f");
    CHECK(nlohmann::json::parse(line_for("a\xff\xc3"))["message"] == "a\xef\xbf\xbd\xef\xbf\xbd");
    for (const std::string wrong :
         {"\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf0\x9f\x98"})
        CHECK(nlohmann::json::parse(line_for(wrong))["message"].get<std::string>().starts_with("\xef\xbf\xbd"));
}
