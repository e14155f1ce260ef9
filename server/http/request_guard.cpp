// server/http/request_guard.cpp: refuses every request head that two servers could read in two ways.
#include "server/http/request_guard.hpp"

#include <algorithm>
#include <charconv>

namespace outcry::http {

namespace {

constexpr std::size_t longest_method = 24;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_alphanumeric(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}
char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool same_word(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

std::optional<Refusal> check_line_text(std::string_view line, bool first) {
    for (const char c : line) {
        if (c == '\t' && !first) continue;
        if (is_control(c))
            return Refusal{400, "A control character, or a line end that is not CR LF, in the header."};
        if (first && static_cast<unsigned char>(c) >= 0x80)
            return Refusal{400, "Percent-encode the request target."};
    }
    return std::nullopt;
}

/// "METHOD target HTTP/1.1", each part set off by one space.
std::optional<Refusal> check_request_line(std::string_view line) {
    const auto bad = Refusal{400, "The first line must be: method, one space, target, one space, HTTP/1.1."};
    const auto after_method = line.find(' ');
    const auto before_version = line.rfind(' ');
    if (after_method == std::string_view::npos || before_version == after_method) return bad;
    if (line.find(' ', after_method + 1) != before_version || before_version == after_method + 1) return bad;
    const auto version = line.substr(before_version + 1);
    const bool well_formed = version.size() == 8 && version.substr(0, 5) == "HTTP/" && is_digit(version[5]) &&
                             version[6] == '.' && is_digit(version[7]);
    if (!well_formed || version[5] == '0' || version[5] > '3') return bad;
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return Refusal{505, "Only HTTP/1.0 and HTTP/1.1 are spoken here."};
    return std::nullopt;
}

std::optional<Refusal> check_unfinished_request_line(std::string_view part) {
    if (part.substr(0, longest_method).find(' ') == std::string_view::npos && part.size() > longest_method) {
        return Refusal{400, "This is not HTTP."};
    }
    return std::nullopt;
}

bool is_ipv6_literal(std::string_view text) {
    return text.size() >= 2 && std::all_of(text.begin(), text.end(), [](char c) {
               return is_digit(c) || c == ':' || c == '.' || (lower(c) >= 'a' && lower(c) <= 'f');
           });
}

/// A name or address, and perhaps a port.
bool is_valid_host(std::string_view host) {
    std::string_view port;
    if (!host.empty() && host.front() == '[') {
        const auto end = host.find(']');
        if (end == std::string_view::npos || !is_ipv6_literal(host.substr(1, end - 1))) return false;
        port = host.substr(end + 1);
    } else {
        const auto colon = std::min(host.find(':'), host.size());
        const auto name = host.substr(0, colon);
        const auto belongs = [](char c) {
            return is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~';
        };
        if (name.empty() || name.size() > 255 || !std::all_of(name.begin(), name.end(), belongs)) return false;
        port = host.substr(colon);
    }
    if (port.empty()) return true;
    return port.front() == ':' && port.size() <= 6 && std::all_of(port.begin() + 1, port.end(), is_digit);
}

/// Whatever follows an encoded body is anybody's guess, so the body is never read.
Refusal refuse_encoding(const RawHead& head, std::string_view encoding, bool repeated, bool has_length) {
    if (repeated || has_length || head.version == 10) {
        return {400, "Transfer-Encoding cannot be used here; send one Content-Length."};
    }
    if (same_word(encoding, "chunked")) return {411, "Send the body with a Content-Length instead of chunked."};
    const bool ends_in_chunked =
        encoding.size() > 9 && same_word(encoding.substr(encoding.size() - 9), ", chunked");
    const auto before = ends_in_chunked ? encoding.substr(0, encoding.size() - 9) : std::string_view{};
    if (same_word(before, "gzip") || same_word(before, "deflate") || same_word(before, "compress")) {
        return {501, "This transfer coding is not implemented; send a Content-Length."};
    }
    return {400, "This Transfer-Encoding has no meaning; send a Content-Length."};
}

bool lists(std::string_view value, std::string_view word) {
    while (!value.empty()) {
        const auto comma = std::min(value.find(','), value.size());
        auto item = value.substr(0, comma);
        while (!item.empty() && (item.front() == ' ' || item.front() == '\t')) item.remove_prefix(1);
        while (!item.empty() && (item.back() == ' ' || item.back() == '\t')) item.remove_suffix(1);
        if (same_word(item, word)) return true;
        value.remove_prefix(std::min(comma + 1, value.size()));
    }
    return false;
}

}  // namespace

std::optional<Refusal> check_bytes(std::string_view received) {
    std::size_t lines = 0;
    while (!received.empty()) {
        const auto end = received.find("\r\n");
        const bool finished = end != std::string_view::npos;
        auto line = received.substr(0, end);
        // A carriage return that came last may yet be followed by its line feed.
        if (!finished && line.back() == '\r') line.remove_suffix(1);
        if (const auto refusal = check_line_text(line, lines == 0)) return refusal;
        if (lines == 0) {
            const auto refusal = finished ? check_request_line(line) : check_unfinished_request_line(line);
            if (refusal) return refusal;
        } else if (finished && line.empty()) {
            return std::nullopt;  // the end of the head; the body is none of our business
        } else if (!line.empty() && (line.front() == ' ' || line.front() == '\t')) {
            return Refusal{400, "A header line must not be folded."};
        }
        if (lines++ > most_fields) return Refusal{431, "Too many header fields; 64 are taken."};
        received.remove_prefix(finished ? end + 2 : received.size());
    }
    return std::nullopt;
}

std::variant<Framing, Refusal> check_head(const RawHead& head) {
    Framing framing;
    framing.keep_alive = head.version == 11;
    std::optional<std::string_view> host, length, encoding;
    bool encoded_twice = false;
    for (const auto& [name, value] : head.fields) {
        if (name == "host") {
            if (host) return Refusal{400, "More than one Host."};
            host = value;
        } else if (name == "content-length") {
            if (length) return Refusal{400, "More than one Content-Length."};
            length = value;
        } else if (name == "transfer-encoding") {
            encoded_twice = encoding.has_value();
            encoding = value;
        } else if (name == "connection") {
            if (lists(value, "close")) framing.keep_alive = false;
            if (head.version == 10 && lists(value, "keep-alive")) framing.keep_alive = true;
        } else if (name == "expect") {
            if (!same_word(value, "100-continue"))
                return Refusal{417, "Only Expect: 100-continue is understood."};
            framing.expects_continue = head.version == 11;
        }
    }
    if (!host || !is_valid_host(*host)) return Refusal{400, "Exactly one valid Host is needed."};
    if (encoding) return refuse_encoding(head, *encoding, encoded_twice, length.has_value());
    if (length) {
        const auto [end, error] =
            std::from_chars(length->data(), length->data() + length->size(), framing.content_length);
        const bool digits = !length->empty() && std::all_of(length->begin(), length->end(), is_digit);
        if (!digits || error != std::errc{} || end != length->data() + length->size()) {
            return Refusal{400, "Content-Length must be one number, in digits."};
        }
    }
    const auto method = parse_method(head.method);
    if (!method) return Refusal{405, "This method is not known here."};
    framing.method = *method;
    if (framing.content_length > 0 && (*method == Method::get || *method == Method::head)) {
        return Refusal{400, "GET and HEAD carry no body."};
    }
    const bool absolute_path = !head.target.empty() && head.target.front() == '/';
    if (!absolute_path && !(head.target == "*" && *method == Method::options)) {
        return Refusal{400, "The request target must be a path that starts with /."};
    }
    return framing;
}

}  // namespace outcry::http
