// server/storage/connection_string.cpp: read by libpq's own parser, so that every form of DSN it knows is right
// here too.
#include "server/storage/connection_string.hpp"

#include <fmt/core.h>
#include <libpq-fe.h>

#include <algorithm>
#include <map>

namespace outcry::storage {

std::string connection_string(const DatabaseOptions& options) {
    char* cause = nullptr;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> parsed{
        PQconninfoParse(options.dsn.c_str(), &cause), &PQconninfoFree};
    if (!parsed) {
        const std::string why = cause ? cause : "out of memory";
        PQfreemem(cause);
        throw std::invalid_argument(why);
    }
    std::map<std::string, std::string> values;
    for (auto* option = parsed.get(); option->keyword; ++option)
        if (option->val) values[option->keyword] = option->val;

    const auto seconds =
        std::max<long long>(2, (options.connect_timeout.count() + 999) / 1000);  // libpq's least is 2
    values.try_emplace("connect_timeout", std::to_string(seconds));
    values.try_emplace("application_name", options.application_name);
    values.try_emplace("client_encoding", "UTF8");
    auto& settings = values["options"];
    settings +=
        fmt::format(" -c statement_timeout={} -c TimeZone=UTC -c jit=off", options.statement_timeout.count());
    if (!options.role.empty()) settings += fmt::format(" -c role={}", options.role);

    std::string text;
    for (const auto& [key, value] : values) text += key + '=' + quoted_value(value) + ' ';
    return text;
}

std::string quoted_value(const std::string& value) {
    std::string quoted = "'";
    for (const char c : value) {
        if (c == '\'' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted += '\'';
}

}  // namespace outcry::storage
