// server/operator/account/token.cpp: operators' tokens: a prefix that secret scanners know, and a secret.
#include "server/operator/account/token.hpp"

#include <algorithm>

#include "server/operator/account/secret.hpp"

namespace outcry::operators {
namespace {

constexpr std::string_view prefix = "outcry_";

}  // namespace

std::string make_token() {
    return std::string(prefix) + make_secret();
}

const storage::StoredToken* find_token(std::span<const storage::StoredToken> tokens, std::string_view token) {
    const auto hash = hash_secret(token);
    const storage::StoredToken* found = nullptr;
    for (const auto& each : tokens)
        if (equal_secrets(each.hash, hash)) found = &each;
    return found;
}

bool may(const storage::StoredToken& token, std::string_view scope) {
    return std::any_of(token.scopes.begin(), token.scopes.end(),
                       [&](const auto& given) { return given == scope || given == admin_scope; });
}

std::optional<std::string_view> bearer_token(std::string_view authorization) {
    constexpr std::string_view scheme = "bearer ";
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; };
    if (authorization.size() != scheme.size() + prefix.size() + secret_length) return std::nullopt;
    if (!std::equal(scheme.begin(), scheme.end(), authorization.begin(),
                    [&](char wanted, char sent) { return same(sent, wanted); }))
        return std::nullopt;
    const auto token = authorization.substr(scheme.size());
    return token.starts_with(prefix) ? std::optional{token} : std::nullopt;
}

}  // namespace outcry::operators
