// server/storage/columns.cpp: the conversions that take more than a line.
#include "server/storage/columns.hpp"

#include <fmt/core.h>

#include <stdexcept>

namespace outcry::storage {

std::string uuid_text(const std::array<std::uint8_t, 16>& id) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(36);
    for (std::size_t i = 0; i < id.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
        text += digits[id[i] >> 4];
        text += digits[id[i] & 15];
    }
    return text;
}

std::array<std::uint8_t, 16> uuid_from(std::string_view text) {
    std::array<std::uint8_t, 16> id{};
    std::size_t nibbles = 0;
    for (const char c : text) {
        if (c == '-') continue;
        const int value = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (value < 0 || nibbles == 32) throw std::invalid_argument("not a uuid");
        auto& byte = id[nibbles / 2];
        byte = static_cast<std::uint8_t>(byte << 4 | value);
        ++nibbles;
    }
    if (nibbles != 32) throw std::invalid_argument("not a uuid");
    return id;
}

std::vector<std::string> split(std::string_view joined) {
    std::vector<std::string> parts;
    while (!joined.empty()) {
        const auto end = joined.find('\x1f');
        parts.emplace_back(joined.substr(0, end));
        joined.remove_prefix(end == std::string_view::npos ? joined.size() : end + 1);
    }
    return parts;
}

std::string exact(double value) {
    return fmt::format("{:.17g}", value);
}

std::string one_line(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '.')) text.pop_back();
    for (auto& c : text)
        if (c == '\n') c = ' ';
    return text;
}

}  // namespace outcry::storage
