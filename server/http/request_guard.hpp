// server/http/request_guard.hpp: refuses every request head that two servers could read in two ways. Pure.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "server/http/fields.hpp"

namespace outcry::http {

/// Bounds on a request's head.
inline constexpr std::size_t most_head_bytes = 16 * 1024;
inline constexpr std::size_t most_fields = 64;

/// Why a request is not looked at any further; the connection is closed after the answer.
struct Refusal {
    unsigned status = 400;
    std::string_view reason;
};

/// A head as it was sent: nothing decoded, nothing believed.
struct RawHead {
    std::string method, target;
    unsigned version = 11;  // 10 or 11
    Fields fields;          // names in lower case
};

/// What the head says about the bytes that follow it.
struct Framing {
    Method method = Method::get;
    std::uint64_t content_length = 0;
    bool keep_alive = true;
    bool expects_continue = false;
};

/// Looks at the bytes of a head as far as they have arrived: line ends, control characters, folded lines, the
/// shape of the first line, the number of fields. Nothing said about a part is taken back by what follows it.
std::optional<Refusal> check_bytes(std::string_view received);

/// Decides where the body ends, or refuses: exactly one valid Host, no Transfer-Encoding, one plain
/// Content-Length.
std::variant<Framing, Refusal> check_head(const RawHead&);

}  // namespace outcry::http
