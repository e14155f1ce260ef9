// server/http/fields.cpp: methods and header fields.
#include "server/http/fields.hpp"

#include <algorithm>

namespace outcry::http {

std::string_view to_string(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::head:
            return "HEAD";
        case Method::post:
            return "POST";
        case Method::put:
            return "PUT";
        case Method::patch:
            return "PATCH";
        case Method::delete_:
            return "DELETE";
        case Method::options:
            return "OPTIONS";
    }
    return "";
}

std::optional<Method> parse_method(std::string_view name) {
    for (const auto method : {Method::get, Method::post, Method::head, Method::options, Method::put,
                              Method::patch, Method::delete_}) {
        if (name == to_string(method)) return method;
    }
    return std::nullopt;
}

std::string_view value_of(const Fields& fields, std::string_view name) {
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.first == name; });
    return found == fields.end() ? std::string_view{} : std::string_view{found->second};
}

}  // namespace outcry::http
