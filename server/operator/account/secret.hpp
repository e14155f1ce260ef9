// server/operator/account/secret.hpp: random texts that nobody can guess, kept as hashes, compared in constant
// time.
#pragma once
#include <string>
#include <string_view>

namespace outcry::operators {

inline constexpr std::size_t secret_length = 43;  // characters

/// 256 random bits as URL-safe base64. Throws std::runtime_error when the system gives none.
std::string make_secret();
/// Whether `text` has the shape of one.
bool is_secret(std::string_view text);

/// 32 bytes to keep in its place; a fast hash does, since nobody can guess what was hashed.
std::string hash_secret(std::string_view secret);
/// Another secret that follows from this one and its purpose, and tells nothing about it.
std::string derive_secret(std::string_view secret, std::string_view purpose);

bool equal_secrets(std::string_view, std::string_view);

}  // namespace outcry::operators
