// server/operator/account/user_name.hpp: what users may be called, and what is said about a weak password.
#pragma once
#include <string>
#include <string_view>

#include "server/pages/words.hpp"

namespace outcry::operators {

/// As it is kept: in lower case.
std::string user_name(std::string_view typed);
/// 1 to 64 of a-z 0-9 . _ @ + -, the first a letter or digit. The database holds the same rule.
bool is_user_name(std::string_view);

/// A sentence that says what to do; empty when the password will do.
std::string password_complaint(std::string_view password, std::string_view user, const pages::Words&);

}  // namespace outcry::operators
