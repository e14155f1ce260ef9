// ingest/report_id.cpp: makes, reads and prints UUIDv7.
#include "ingest/report_id.hpp"

#include "ingest/random.hpp"

namespace outcry::ingest {
namespace {

constexpr std::string_view digits = "0123456789abcdef";

bool dash_at(std::size_t place) {
    return place == 8 || place == 13 || place == 18 || place == 23;
}

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

ReportId make_report_id(Time at) {
    ReportId id;
    fill_random(id);
    const auto ms = static_cast<std::uint64_t>(at.time_since_epoch().count());
    for (std::size_t i = 0; i < 6; ++i) id[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
    id[6] = static_cast<std::uint8_t>(0x70 | (id[6] & 0x0f));
    id[8] = static_cast<std::uint8_t>(0x80 | (id[8] & 0x3f));
    return id;
}

Time time_of(const ReportId& id) {
    std::int64_t ms = 0;
    for (std::size_t i = 0; i < 6; ++i) ms = ms << 8 | id[i];
    return Time{std::chrono::milliseconds{ms}};
}

std::string to_text(const ReportId& id) {
    std::string text(36, '-');
    std::size_t place = 0;
    for (const auto byte : id) {
        if (dash_at(place)) ++place;
        text[place++] = digits[byte >> 4];
        text[place++] = digits[byte & 0x0f];
    }
    return text;
}

std::optional<ReportId> parse_report_id(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    ReportId id{};
    std::size_t nibble = 0;
    for (std::size_t place = 0; place < text.size(); ++place) {
        if (dash_at(place)) {
            if (text[place] != '-') return std::nullopt;
            continue;
        }
        const int digit = digit_of(text[place]);
        if (digit < 0) return std::nullopt;
        id[nibble / 2] = static_cast<std::uint8_t>(id[nibble / 2] << 4 | digit);
        ++nibble;
    }
    const bool version_7 = id[6] >> 4 == 7 && id[8] >> 6 == 2;
    return version_7 ? std::optional{id} : std::nullopt;
}

}  // namespace outcry::ingest
