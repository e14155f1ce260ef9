// server/http/session_limits.hpp: how long and how much one connection may take.
#pragma once
#include <chrono>
#include <cstddef>

namespace outcry::http {

/// Times are kept to about a quarter of a second.
struct SessionLimits {
    std::chrono::milliseconds header{5'000};            // from the first byte of a head to its last
    std::chrono::milliseconds body{10'000};             // the whole body
    std::chrono::milliseconds idle{30'000};             // between two requests
    std::chrono::milliseconds write{30'000};            // one response
    std::chrono::milliseconds stream_write{10'000};     // one frame of a stream
    std::chrono::milliseconds large_body{60'000};       // the whole body, above the usual size
    std::size_t large_bodies_bytes = 32 * 1024 * 1024;  // all bodies above the usual size together
};

}  // namespace outcry::http
