// server/pages/api_docs/example.cpp: examples of parameters and bodies become a line of curl.
#include "server/pages/api_docs/example.hpp"

#include <nlohmann/json.hpp>

#include "server/http/target.hpp"
#include "server/openapi/description.hpp"

namespace outcry::pages {

using Json = nlohmann::ordered_json;

namespace {

std::string plain(const Json& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

/// For a shell: what stands between single quotes means itself.
std::string quoted(const std::string& text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + '\'';
}

/// What the parameter that all share says is replaced by what this site has; an operation's own example stays.
std::string value_of(const Json& parameter, const Familiar& familiar) {
    const auto shared = openapi::referred(parameter);
    if (shared == "Slug" && !familiar.slug.empty()) return familiar.slug;
    if (shared == "IncidentId" && !familiar.incident.empty()) return familiar.incident;
    return plain(openapi::resolve(parameter)["example"]);
}

bool answers_with(const Json& operation, const char* type) {
    for (const auto& answer : operation["responses"])
        if (openapi::part(openapi::resolve(answer), "content").contains(type)) return true;
    return false;
}

}  // namespace

std::string curl_example(const std::string& address, const std::string& method, const std::string& path,
                         const Json& operation, const Familiar& familiar) {
    auto target = address + path;
    std::string query, headers;
    const auto add_header = [&](const std::string& text) { headers += " \\\n  -H " + text; };
    if (!openapi::part(operation, "security").empty()) add_header("\"Authorization: Bearer $OUTCRY_TOKEN\"");
    for (const auto& each : openapi::part(operation, "parameters")) {
        const auto& parameter = openapi::resolve(each);
        if (!parameter.contains("example")) continue;
        const auto name = plain(parameter["name"]), value = value_of(each, familiar);
        if (parameter["in"] == "path")
            target.replace(target.find('{' + name + '}'), name.size() + 2, http::percent_encode(value));
        else if (parameter["in"] == "query")
            query += (query.empty() ? '?' : '&') + name + '=' + http::percent_encode(value);
        else
            add_header(quoted(name + ": " + value));
    }
    std::string body;
    if (operation.contains("requestBody")) {
        add_header("'Content-Type: application/json'");
        body = " \\\n  -d " + quoted(operation["requestBody"]["content"]["application/json"]["example"].dump());
    }
    const std::string as = answers_with(operation, "text/event-stream") ? "-N "
                           : method == "GET"                            ? ""
                                                                        : "-X " + method + ' ';
    return "curl " + as + (query.empty() ? target : quoted(target + query)) + headers + body;
}

}  // namespace outcry::pages
