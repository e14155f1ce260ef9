// server/http/request_head.hpp: the head of one request: found in the bytes, checked, parsed, checked again.
// Pure.
#pragma once
#include <string_view>
#include <variant>

#include "server/http/request_guard.hpp"

namespace outcry::http {

struct RequestHead {
    RawHead raw;
    Framing framing;
    std::size_t bytes = 0;  // length of the head, its empty line included
};

struct NeedMore {};

/// Reads a head from the start of what has arrived; bytes after it are left alone.
std::variant<RequestHead, NeedMore, Refusal> read_head(std::string_view received);

}  // namespace outcry::http
