// server/operator/token.hpp: operators' tokens: made, kept as a hash, known again.
#pragma once
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "server/storage/tokens.hpp"

namespace outcry::operators {

/// What a token may do; "admin" may do everything.
inline constexpr std::string_view preview_scope = "detector:preview", admin_scope = "admin";
inline constexpr std::array scopes{preview_scope, admin_scope};

/// "outcry_" and 256 random bits as URL-safe base64: nothing that anyone can guess, so a fast hash keeps it.
std::string make_token();

/// 32 bytes to keep in its place.
std::string hash_token(std::string_view token);

/// The kept token that this is, found in the same time whether it is the first, the last or none of them.
const storage::StoredToken* find_token(std::span<const storage::StoredToken>, std::string_view token);

bool may(const storage::StoredToken&, std::string_view scope);

/// The token of an Authorization header ("Bearer …"); nothing when it cannot be one of ours.
std::optional<std::string_view> bearer_token(std::string_view authorization);

}  // namespace outcry::operators
