// server/operator/account/token.hpp: operators' tokens: made, kept as a hash, known again.
#pragma once
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "server/storage/tokens.hpp"

namespace outcry::operators {

/// What a token may do. "read": see what viewers see; the others change one thing each; "admin" may do
/// everything.
inline constexpr std::string_view read_scope = "read", incidents_scope = "incidents",
                                  preview_scope = "detector:preview", detector_scope = "detector",
                                  catalogue_scope = "catalogue", notifications_scope = "notifications",
                                  admin_scope = "admin";
inline constexpr std::array scopes{read_scope,      incidents_scope,     preview_scope, detector_scope,
                                   catalogue_scope, notifications_scope, admin_scope};

/// "outcry_" and a secret.
std::string make_token();

/// The kept token that this is, found in the same time whether it is the first, the last or none of them.
const storage::StoredToken* find_token(std::span<const storage::StoredToken>, std::string_view token);

bool may(const storage::StoredToken&, std::string_view scope);

/// The token of an Authorization header ("Bearer …"); nothing when it cannot be one of ours.
std::optional<std::string_view> bearer_token(std::string_view authorization);

}  // namespace outcry::operators
