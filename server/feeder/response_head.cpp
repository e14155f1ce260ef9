// server/feeder/response_head.cpp: reads an answer line by line.
#include "server/feeder/response_head.hpp"

#include <algorithm>
#include <charconv>

namespace outcry::feeder {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view next_line(std::string_view& rest) {
    const auto end = rest.find("\r\n");
    const auto line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
    return line;
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

std::optional<ResponseHead> parse_response_head(std::string_view rest) {
    const auto first = next_line(rest);
    ResponseHead head;
    const bool old = first.starts_with("HTTP/1.0 ");
    if (!(old || first.starts_with("HTTP/1.1 ")) || !read_number(first.substr(9, 3), head.status))
        return std::nullopt;
    head.close = old;
    bool length_known = head.status == 204 || head.status == 304;
    for (auto line = next_line(rest); !line.empty(); line = next_line(rest)) {
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) return std::nullopt;
        const auto name = line.substr(0, colon);
        auto value = line.substr(colon + 1);
        value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
        if (same(name, "content-length")) {
            if (!read_number(value, head.length)) return std::nullopt;
            length_known = true;
        } else if (same(name, "connection")) {
            head.close = same(value, "close");
        } else if (same(name, "retry-after")) {
            long seconds = 0;
            if (read_number(value, seconds)) head.retry_after = std::chrono::seconds{seconds};
        }
    }
    return length_known ? std::optional{head} : std::nullopt;
}

}  // namespace outcry::feeder
