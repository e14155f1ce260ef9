// server/http/negotiation.cpp: which kind of content came, and which kinds the client takes.
#include "server/http/negotiation.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace outcry::http {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// Takes the next item of a list off its front.
std::string_view next_item(std::string_view& list, char separator) {
    const auto item = list.substr(0, list.find(separator));
    list.remove_prefix(std::min(item.size() + 1, list.size()));
    return trim(item);
}

/// "q=0.5" as 500; anything unreadable counts as 1000, as if it had not been said.
int weight(std::string_view parameters) {
    while (!parameters.empty()) {
        const auto parameter = next_item(parameters, ';');
        if (parameter.size() < 3 || lower(parameter[0]) != 'q' || parameter[1] != '=') continue;
        if (parameter[2] != '0') return 1000;
        int value = 0, scale = 100;
        for (const char c : parameter.substr(std::min<std::size_t>(4, parameter.size()))) {
            if (c < '0' || c > '9' || scale == 0) break;
            value += (c - '0') * scale;
            scale /= 10;
        }
        return value;
    }
    return 1000;
}

bool same_word(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::string media_type(std::string_view content_type) {
    std::string type(next_item(content_type, ';'));
    std::transform(type.begin(), type.end(), type.begin(), lower);
    return type;
}

int preference(std::string_view accept, std::string_view type) {
    if (trim(accept).empty()) return 1000;
    const auto family = std::string(type.substr(0, type.find('/'))) + "/*";
    int best = 0, found = 0;  // how specific the range was that `found` comes from
    while (!accept.empty()) {
        auto range = next_item(accept, ',');
        const auto name = next_item(range, ';');
        const int specific = same_word(name, type) ? 3 : same_word(name, family) ? 2 : name == "*/*" ? 1 : 0;
        if (specific > best) {
            best = specific;
            found = weight(range);
        }
    }
    return found;
}

bool accepts(std::string_view accept, std::string_view type) {
    return preference(accept, type) > 0;
}

bool accepts_encoding(std::string_view accept_encoding, std::string_view coding) {
    while (!accept_encoding.empty()) {
        auto item = next_item(accept_encoding, ',');
        if (same_word(next_item(item, ';'), coding)) return weight(item) > 0;
    }
    return false;
}

std::string entity_tag(std::string_view body) {
    std::array<char, 24> text;
    const auto length =
        std::snprintf(text.data(), text.size(), "\"%016zx\"", std::hash<std::string_view>{}(body));
    return {text.data(), static_cast<std::size_t>(length)};
}

bool names_etag(std::string_view if_none_match, std::string_view etag) {
    const auto opaque = [](std::string_view tag) { return tag.substr(0, 2) == "W/" ? tag.substr(2) : tag; };
    while (!if_none_match.empty()) {
        const auto item = next_item(if_none_match, ',');
        if (item == "*" || (!item.empty() && opaque(item) == opaque(etag))) return true;
    }
    return false;
}

}  // namespace outcry::http
