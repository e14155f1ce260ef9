// server/http/message.cpp: requests and responses as plain values.
#include "server/http/message.hpp"

#include <algorithm>

namespace outcry::http {

namespace {

std::string_view value_of(const Fields& fields, std::string_view name) {
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.first == name; });
    return found == fields.end() ? std::string_view{} : std::string_view{found->second};
}

}  // namespace

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

std::string_view Request::header(std::string_view name) const {
    return value_of(headers, name);
}

std::string_view Request::param(std::string_view name) const {
    return value_of(params, name);
}

std::optional<std::string_view> Request::query_value(std::string_view name) const {
    for (const auto& [key, value] : query) {
        if (key == name) return value;
    }
    return std::nullopt;
}

Response& Response::set(std::string name, std::string value) {
    const auto same = [&](const auto& field) { return field.first == name; };
    if (const auto found = std::find_if(headers.begin(), headers.end(), same); found != headers.end()) {
        found->second = std::move(value);
    } else {
        headers.emplace_back(std::move(name), std::move(value));
    }
    return *this;
}

std::string_view Response::header(std::string_view name) const {
    return value_of(headers, name);
}

Response content(std::string type, std::string body, unsigned status) {
    Response response;
    response.status = status;
    response.headers.emplace_back("content-type", std::move(type));
    response.body = std::make_shared<const std::string>(std::move(body));
    return response;
}

Response redirect(std::string location) {
    Response response;
    response.status = 303;
    response.headers.emplace_back("location", std::move(location));
    return response;
}

}  // namespace outcry::http
