// server/http/response_head.cpp: status line and header fields as the bytes that are sent.
#include "server/http/response_head.hpp"

#include <array>
#include <charconv>
#include <ctime>

namespace outcry::http {

namespace {

/// Sent unless the response names its own; an embeddable page, say, has its own policy.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> security_headers{{
    {"content-security-policy",
     "default-src 'self'; img-src 'self'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action "
     "'self'; "
     "frame-ancestors 'none'"},
    {"x-content-type-options", "nosniff"},
    {"referrer-policy", "strict-origin-when-cross-origin"},
}};

void append(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

void append_number(std::string& out, std::size_t number) {
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

/// Made anew once a second.
std::string_view date_line() {
    thread_local std::time_t made = 0;
    thread_local std::array<char, 48> line;
    thread_local std::size_t length = 0;
    const auto now = std::time(nullptr);
    if (now != made) {
        std::tm parts{};
        gmtime_r(&now, &parts);
        length = std::strftime(line.data(), line.size(), "date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts);
        made = now;
    }
    return {line.data(), length};
}

/// A line end inside a value would let whoever chose the value write header fields of their own.
bool is_one_line(std::string_view value) {
    return value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

}  // namespace

std::string_view reason_phrase(unsigned status) {
    switch (status) {
        case 200:
            return "OK";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 308:
            return "Permanent Redirect";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 406:
            return "Not Acceptable";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 411:
            return "Length Required";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 417:
            return "Expectation Failed";
        case 422:
            return "Unprocessable Content";
        case 428:
            return "Precondition Required";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 503:
            return "Service Unavailable";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return "Status";
    }
}

void write_head(std::string& out, const Response& response, bool keep_alive) {
    out.assign("HTTP/1.1 ");
    append_number(out, response.status);
    out.append(" ").append(reason_phrase(response.status)).append("\r\n").append(date_line());
    for (const auto& [name, value] : response.headers) {
        if (is_one_line(value)) append(out, name, value);
    }
    for (const auto& [name, value] : security_headers) {
        if (response.header(name).empty()) append(out, name, value);
    }
    if (response.stream) {
        if (response.header("content-type").empty()) append(out, "content-type", "text/event-stream");
        if (response.header("cache-control").empty()) append(out, "cache-control", "no-store");
        append(out, "x-accel-buffering", "no");  // asks proxies to pass each event on at once
    } else if (response.status != 304 && response.status != 204) {
        out.append("content-length: ");
        append_number(out, response.body ? response.body->size() : 0);
        out.append("\r\n");
    }
    append(out, "connection", keep_alive && !response.stream ? "keep-alive" : "close");
    out.append("\r\n");
}

}  // namespace outcry::http
