// server/operator/form.cpp: application/x-www-form-urlencoded.
#include "server/operator/form.hpp"

#include <algorithm>

#include "server/http/negotiation.hpp"
#include "server/http/target.hpp"
#include "server/storage/audit.hpp"

namespace outcry::operators {

http::Fields read_form(const http::Request& request) {
    if (http::media_type(request.header("content-type")) != "application/x-www-form-urlencoded") return {};
    auto parsed = http::parse_target("/?" + request.body);
    return parsed ? std::move(parsed->query) : http::Fields{};
}

std::string trimmed(const http::Fields& fields, std::string_view name) {
    constexpr std::string_view blank = " \t\r\n";
    const auto value = http::value_of(fields, name);
    const auto first = value.find_first_not_of(blank);
    if (first == std::string_view::npos) return {};
    return std::string(value.substr(first, value.find_last_not_of(blank) - first + 1));
}

std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

Why read_why(const http::Fields& fields, const pages::Words& words) {
    Why why{.text = trimmed(fields, "why"), .error = {}};
    if (characters(why.text) > storage::longest_reason)
        why.error = words.text("operator.act.long_reason", {{"most", words.number(storage::longest_reason)}});
    return why;
}

}  // namespace outcry::operators
