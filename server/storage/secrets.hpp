// server/storage/secrets.hpp: keys of this installation, kept where every node finds the same ones.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "server/storage/database.hpp"

namespace outcry::storage {

/// The value of that name; `fresh` (random bytes of the caller) becomes it if there is none yet.
std::string keep_secret(Transaction&, const std::string& name, std::string_view fresh);

/// The salt of that UTC day, 32 bytes; likewise. It is removed after 48 hours.
std::string keep_salt(Transaction&, std::chrono::sys_days day, std::string_view fresh);
/// The same where it is known; makes none.
std::optional<std::string> find_salt(Transaction&, std::chrono::sys_days day);

}  // namespace outcry::storage
