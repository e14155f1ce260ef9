// server/operator/token.cpp: random bytes by libsodium, BLAKE2b over the text of a token.
#include "server/operator/token.hpp"

#include <sodium.h>

#include <algorithm>
#include <stdexcept>

namespace outcry::operators {
namespace {

constexpr std::string_view prefix = "outcry_";
constexpr std::size_t random_bytes = 32, hash_bytes = 32;
constexpr int alphabet = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr std::size_t encoded =
    sodium_base64_ENCODED_LEN(random_bytes, alphabet) - 1;  // without the final zero

}  // namespace

std::string make_token() {
    if (sodium_init() < 0) throw std::runtime_error("the system gives no random bytes");
    std::array<unsigned char, random_bytes> random;
    randombytes_buf(random.data(), random.size());
    std::string text(encoded + 1, '\0');
    sodium_bin2base64(text.data(), text.size(), random.data(), random.size(), alphabet);
    text.pop_back();
    return std::string(prefix) + text;
}

std::string hash_token(std::string_view token) {
    std::string hash(hash_bytes, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(),
                       reinterpret_cast<const unsigned char*>(token.data()), token.size(), nullptr, 0);
    return hash;
}

const storage::StoredToken* find_token(std::span<const storage::StoredToken> tokens, std::string_view token) {
    const auto hash = hash_token(token);
    const storage::StoredToken* found = nullptr;
    for (const auto& each : tokens)
        if (each.hash.size() == hash.size() && sodium_memcmp(each.hash.data(), hash.data(), hash.size()) == 0)
            found = &each;
    return found;
}

bool may(const storage::StoredToken& token, std::string_view scope) {
    return std::any_of(token.scopes.begin(), token.scopes.end(),
                       [&](const auto& given) { return given == scope || given == admin_scope; });
}

std::optional<std::string_view> bearer_token(std::string_view authorization) {
    constexpr std::string_view scheme = "bearer ";
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; };
    if (authorization.size() != scheme.size() + prefix.size() + encoded) return std::nullopt;
    if (!std::equal(scheme.begin(), scheme.end(), authorization.begin(),
                    [&](char wanted, char sent) { return same(sent, wanted); }))
        return std::nullopt;
    const auto token = authorization.substr(scheme.size());
    return token.starts_with(prefix) ? std::optional{token} : std::nullopt;
}

}  // namespace outcry::operators
