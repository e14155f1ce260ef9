// server/http/message.cpp: requests and responses as plain values.
#include "server/http/message.hpp"

#include <algorithm>

namespace outcry::http {

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

std::string Request::origin() const {
    const auto host = header("host");
    return host.empty() ? std::string() : (secure ? "https://" : "http://") + std::string(host);
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
