// ingest/journal_batch.cpp: version 1: a version byte, a count, then each report; integers little-endian, no
// padding.
#include "ingest/journal_batch.hpp"

#include <cstring>
#include <limits>
#include <stdexcept>
#include <type_traits>

namespace outcry::ingest {
namespace {

constexpr std::uint8_t version = 1;
constexpr std::uint8_t works_flag = 1;
constexpr std::size_t head_size = 1 + 4;
// id, service, at, reporter, prefix, flags, category, and the lengths of region and message
constexpr std::size_t fixed_size = 16 + 4 + 8 + 16 + 8 + 1 + 4 + 1 + 2;

class Writer {
 public:
    explicit Writer(std::size_t size) { bytes_.reserve(size); }

    template <class Integer>
    void integer(Integer value) {
        auto rest = static_cast<std::make_unsigned_t<Integer>>(value);
        for (std::size_t i = 0; i < sizeof(Integer); ++i) {
            bytes_.push_back(static_cast<char>(rest & 0xff));
            rest = static_cast<std::make_unsigned_t<Integer>>(static_cast<std::uint64_t>(rest) >> 8);
        }
    }
    template <std::size_t N>
    void raw(const std::array<std::uint8_t, N>& value) {
        bytes_.append(reinterpret_cast<const char*>(value.data()), N);
    }
    template <class Length>
    void text(const std::string& value) {
        if (value.size() > std::numeric_limits<Length>::max())
            throw std::length_error("a report's text is too long");
        integer(static_cast<Length>(value.size()));
        bytes_.append(value);
    }
    std::string take() { return std::move(bytes_); }

 private:
    std::string bytes_;
};

class Reader {
 public:
    explicit Reader(std::string_view bytes) : left_(bytes) {}

    template <class Integer>
    Integer integer() {
        const auto bytes = take(sizeof(Integer));
        std::uint64_t value = 0;
        for (std::size_t i = sizeof(Integer); i-- > 0;)
            value = value << 8 | static_cast<std::uint8_t>(bytes[i]);
        return static_cast<Integer>(value);
    }
    template <std::size_t N>
    void raw(std::array<std::uint8_t, N>& value) {
        std::memcpy(value.data(), take(N).data(), N);
    }
    template <class Length>
    std::string text() {
        const std::size_t size = integer<Length>();
        return std::string(take(size));
    }
    std::size_t left() const { return left_.size(); }

 private:
    std::string_view take(std::size_t size) {
        if (size > left_.size()) throw std::invalid_argument("a journal batch ends in the middle of a report");
        const auto taken = left_.substr(0, size);
        left_.remove_prefix(size);
        return taken;
    }
    std::string_view left_;
};

void write(Writer& out, const Report& report) {
    out.raw(report.id);
    out.integer(report.service);
    out.integer(std::int64_t{report.at.time_since_epoch().count()});
    out.raw(report.reporter);
    out.raw(report.prefix);
    out.integer(report.works ? works_flag : std::uint8_t{0});
    out.integer(report.category);
    out.text<std::uint8_t>(report.region);
    out.text<std::uint16_t>(report.message);
}

Report read(Reader& in) {
    Report report;
    in.raw(report.id);
    report.service = in.integer<analytics::ServiceId>();
    report.at = Time{std::chrono::milliseconds{in.integer<std::int64_t>()}};
    in.raw(report.reporter);
    in.raw(report.prefix);
    const auto flags = in.integer<std::uint8_t>();
    if ((flags & ~works_flag) != 0)
        throw std::invalid_argument("a journal batch has a flag of a later version");
    report.works = flags == works_flag;
    report.category = in.integer<std::int32_t>();
    report.region = in.text<std::uint8_t>();
    report.message = in.text<std::uint16_t>();
    return report;
}

}  // namespace

std::string encode_batch(std::span<const Report> reports) {
    std::size_t size = head_size;
    for (const auto& report : reports) size += encoded_size(report);
    Writer out(size);
    out.integer(version);
    out.integer(static_cast<std::uint32_t>(reports.size()));
    for (const auto& report : reports) write(out, report);
    return out.take();
}

std::vector<Report> decode_batch(std::string_view bytes) {
    Reader in(bytes);
    if (in.integer<std::uint8_t>() != version)
        throw std::invalid_argument("a journal batch of an unknown version");
    const std::size_t count = in.integer<std::uint32_t>();
    if (count > in.left() / fixed_size)
        throw std::invalid_argument("a journal batch is shorter than its count");
    std::vector<Report> reports;
    reports.reserve(count);
    for (std::size_t i = 0; i < count; ++i) reports.push_back(read(in));
    if (in.left() != 0) throw std::invalid_argument("a journal batch has bytes after its last report");
    return reports;
}

std::size_t encoded_size(const Report& report) {
    return fixed_size + report.region.size() + report.message.size();
}

}  // namespace outcry::ingest
