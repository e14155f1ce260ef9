// server/feeder/response_head.hpp: the little that a sender of reports needs to know of an answer.
#pragma once
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace outcry::feeder {

struct ResponseHead {
    int status = 0;
    std::size_t length = 0;               // of the body
    bool close = false;                   // the connection ends with this answer
    std::chrono::seconds retry_after{0};  // 0: not said
};

/// Reads status line and fields, up to the empty line. Nothing when it is no answer of HTTP/1.0 or 1.1, or one
/// whose body has no stated length.
std::optional<ResponseHead> parse_response_head(std::string_view head);

}  // namespace outcry::feeder
