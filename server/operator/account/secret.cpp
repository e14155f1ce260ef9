// server/operator/account/secret.cpp: random bytes and BLAKE2b by libsodium.
#include "server/operator/account/secret.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace outcry::operators {
namespace {

constexpr std::size_t bytes = 32;
constexpr int alphabet = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
static_assert(secret_length == sodium_base64_ENCODED_LEN(bytes, alphabet) - 1);  // without the final zero

const unsigned char* raw(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string in_base64(const std::array<unsigned char, bytes>& value) {
    std::string text(secret_length + 1, '\0');
    sodium_bin2base64(text.data(), text.size(), value.data(), value.size(), alphabet);
    text.pop_back();
    return text;
}

}  // namespace

std::string make_secret() {
    if (sodium_init() < 0) throw std::runtime_error("the system gives no random bytes");
    std::array<unsigned char, bytes> random{};
    randombytes_buf(random.data(), random.size());
    return in_base64(random);
}

bool is_secret(std::string_view text) {
    return text.size() == secret_length && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                      c == '_';
           });
}

std::string hash_secret(std::string_view secret) {
    std::string hash(bytes, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(), raw(secret), secret.size(),
                       nullptr, 0);
    return hash;
}

std::string derive_secret(std::string_view secret, std::string_view purpose) {
    std::array<unsigned char, bytes> derived{};
    crypto_generichash(derived.data(), derived.size(), raw(purpose), purpose.size(), raw(secret),
                       std::min<std::size_t>(secret.size(), crypto_generichash_KEYBYTES_MAX));
    return in_base64(derived);
}

bool equal_secrets(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace outcry::operators
