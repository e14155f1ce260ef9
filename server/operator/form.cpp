// server/operator/form.cpp: application/x-www-form-urlencoded.
#include "server/operator/form.hpp"

#include <algorithm>

#include "server/http/negotiation.hpp"
#include "server/http/target.hpp"

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

}  // namespace outcry::operators
