// server/http/session_limits.hpp: how long and how much one connection may take.
#pragma once
#include <chrono>
#include <cstddef>

namespace outcry::http {

/// Times are kept to about a quarter of a second.
struct SessionLimits {
    std::chrono::milliseconds header{5'000};         // from the first byte of a head to its last
    std::chrono::milliseconds body{10'000};          // the whole body
    std::chrono::milliseconds idle{30'000};          // between two requests
    std::chrono::milliseconds write{30'000};         // one response
    std::chrono::milliseconds stream_write{10'000};  // one frame of a stream
    std::size_t body_bytes = 64 * 1024;
};

}  // namespace outcry::http
