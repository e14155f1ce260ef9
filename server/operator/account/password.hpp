// server/operator/account/password.hpp: passwords: which are too weak, and how they are kept (argon2id).
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace outcry::operators {

inline constexpr std::size_t least_password = 12, most_password = 256;  // characters, bytes

/// Why a password will not do, as the last part of a key under operator.password: "short", "long", "name",
/// "common"; nothing when it will. "common": nothing is left once digits at the ends and words that
/// everybody tries are taken away, or it is made of very few characters. Pure.
std::optional<std::string_view> weakness(std::string_view password, std::string_view user);

/// argon2id with 64 MiB and two passes, salt and limits in the text: tenths of a second, so run it in a
/// Workbench. Throws std::runtime_error when there is no memory.
std::string keep_password(std::string_view password);
/// As long whether it is right or wrong. `kept` is what keep_password() made.
bool is_password(const std::string& kept, std::string_view password);

}  // namespace outcry::operators
