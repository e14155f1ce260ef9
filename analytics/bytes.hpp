// analytics/bytes.hpp: plain values to bytes and back, in the machine's own order, guarded by a mark and a
// checksum.
#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

namespace outcry::analytics {

/// 64-bit FNV-1a.
constexpr std::uint64_t checksum(std::string_view bytes) {
    std::uint64_t sum = 14695981039346656037u;
    for (const char byte : bytes) sum = (sum ^ static_cast<unsigned char>(byte)) * 1099511628211u;
    return sum;
}

/// Called with the fields of a state, it appends them.
class BytesOut {
 public:
    template <class... Field>
    void operator()(const Field&... fields) {
        (put(fields), ...);
    }
    std::string take() && { return std::move(bytes_); }

 private:
    template <class T>
    void put(const T& value) {
        static_assert(std::is_trivially_copyable_v<T>);
        bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    std::string bytes_;
};

/// Called with the same fields in the same order, it fills them. Throws std::invalid_argument when the bytes
/// run out.
class BytesIn {
 public:
    explicit BytesIn(std::string_view bytes) : bytes_(bytes) {}

    template <class... Field>
    void operator()(Field&... fields) {
        (get(fields), ...);
    }
    bool empty() const { return bytes_.empty(); }

 private:
    template <class T>
    void get(T& value) {
        static_assert(std::is_trivially_copyable_v<T>);
        if (bytes_.size() < sizeof value)
            throw std::invalid_argument("the saved state of a series is cut short");
        std::memcpy(&value, bytes_.data(), sizeof value);
        bytes_.remove_prefix(sizeof value);
    }
    std::string_view bytes_;
};

}  // namespace outcry::analytics
