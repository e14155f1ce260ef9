// server/api/query.cpp: reads query parameters.
#include "server/api/query.hpp"

#include <algorithm>
#include <charconv>

#include "server/api/timestamps.hpp"

namespace outcry::api {

namespace {

std::string list_of(std::initializer_list<std::string_view> words) {
    std::string list;
    for (const auto word : words) list.append(list.empty() ? "" : ", ").append(word);
    return list;
}

}  // namespace

Query::Query(const http::Request& request, std::initializer_list<std::string_view> known) : request_(request) {
    std::vector<std::string_view> seen;
    for (const auto& [name, value] : request.query) {
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            refuse(name, known.size() == 0
                             ? "This address takes no parameters."
                             : "This parameter is not known here. Known are: " + list_of(known) + ".");
        } else if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
            refuse(name, "Give this parameter once.");
        }
        seen.push_back(name);
    }
}

long Query::number(std::string_view name, long otherwise, long least, long most) {
    const auto given = text(name);
    if (!given) return otherwise;
    long value = 0;
    const auto [end, error] = std::from_chars(given->data(), given->data() + given->size(), value);
    if (error != std::errc{} || end != given->data() + given->size() || value < least || value > most) {
        refuse(name, "Give a whole number from " + std::to_string(least) + " to " + std::to_string(most) + ".");
        return otherwise;
    }
    return value;
}

std::optional<Time> Query::time(std::string_view name) {
    const auto given = text(name);
    if (!given) return std::nullopt;
    const auto at = parse_rfc3339(*given);
    if (!at) refuse(name, "Give a time like 2026-01-22T14:30:00Z.");
    return at;
}

std::optional<std::size_t> Query::choice(std::string_view name,
                                         std::initializer_list<std::string_view> choices) {
    const auto given = text(name);
    if (!given) return std::nullopt;
    const auto found = std::find(choices.begin(), choices.end(), *given);
    if (found == choices.end()) {
        refuse(name, "Choose one of: " + list_of(choices) + ".");
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - choices.begin());
}

void Query::refuse(std::string_view name, std::string detail) {
    errors_.push_back({"?" + std::string(name), std::move(detail)});
}

std::optional<http::Response> Query::refusal() const {
    if (errors_.empty()) return std::nullopt;
    return http::problem(400, "query", "The query parameters do not fit", {}, errors_);
}

}  // namespace outcry::api
