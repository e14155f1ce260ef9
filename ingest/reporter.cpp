// ingest/reporter.cpp: keyed BLAKE2b over addresses and tokens; every hash opens with a letter for its purpose.
#include "ingest/reporter.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstring>

#include "ingest/network.hpp"
#include "ingest/random.hpp"

namespace outcry::ingest {
namespace {

constexpr std::size_t token_random = 16;
constexpr std::size_t token_mac = 16;
constexpr std::size_t token_bytes = token_random + token_mac;
constexpr int token_alphabet = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

/// What the hash is computed over: a purpose, a network, and for some purposes more.
struct Material {
    std::array<std::uint8_t, 1 + 10 + token_random> bytes{};
    std::size_t size = 0;

    explicit Material(char purpose) { bytes[size++] = static_cast<std::uint8_t>(purpose); }
    void add(const Network& network) {
        bytes[size++] = network.family;
        bytes[size++] = network.length;
        for (int shift = 56; shift >= 0; shift -= 8)
            bytes[size++] = static_cast<std::uint8_t>(network.bits >> shift);
    }
    void add(std::span<const std::uint8_t> more) {
        std::memcpy(bytes.data() + size, more.data(), more.size());
        size += more.size();
    }
};

using Key = std::array<std::uint8_t, 32>;

std::array<std::uint8_t, 16> keyed_hash(const Key& key, const Material& material) {
    std::array<std::uint8_t, 16> out;
    crypto_generichash(out.data(), out.size(), material.bytes.data(), material.size, key.data(), key.size());
    return out;
}

std::array<std::uint8_t, token_mac> signature(const Key& key, std::span<const std::uint8_t> random) {
    Material material('c');
    material.add(random);
    return keyed_hash(key, material);
}

/// The bytes of a token with a valid signature; false otherwise.
bool open_token(const Key& key, std::string_view text, std::array<std::uint8_t, token_bytes>& token) {
    std::size_t size = 0;
    const char* end = nullptr;
    const bool read = sodium_base642bin(token.data(), token.size(), text.data(), text.size(), nullptr, &size,
                                        &end, token_alphabet) == 0;
    if (!read || size != token.size() || end != text.data() + text.size()) return false;
    const auto wanted = signature(key, std::span(token).first<token_random>());
    return sodium_memcmp(wanted.data(), token.data() + token_random, token_mac) == 0;
}

}  // namespace

ReporterKey reporter_key(const ReporterSecrets& secrets, const boost::asio::ip::address& address,
                         std::string_view client_token) {
    std::array<std::uint8_t, token_bytes> token;
    const bool known = !client_token.empty() && open_token(secrets.token_key, client_token, token);
    Material material(known ? 't' : 'a');
    material.add(host_of(address));
    if (known) material.add(std::span(token).first<token_random>());
    return keyed_hash(secrets.daily_salt, material);
}

PrefixKey prefix_key(const ReporterSecrets& secrets, const boost::asio::ip::address& address) {
    Material material('p');
    material.add(network_of(address));
    const auto whole = keyed_hash(secrets.daily_salt, material);
    PrefixKey key;
    std::copy_n(whole.begin(), key.size(), key.begin());
    return key;
}

std::string make_client_token(const ReporterSecrets& secrets) {
    std::array<std::uint8_t, token_bytes> token;
    fill_random(std::span(token).first<token_random>());
    const auto mac = signature(secrets.token_key, std::span(token).first<token_random>());
    std::copy(mac.begin(), mac.end(), token.begin() + token_random);
    std::string text(sodium_base64_ENCODED_LEN(token_bytes, token_alphabet), '\0');
    sodium_bin2base64(text.data(), text.size(), token.data(), token.size(), token_alphabet);
    text.pop_back();  // libsodium counts the terminating zero
    return text;
}

bool is_valid_client_token(const ReporterSecrets& secrets, std::string_view text) {
    std::array<std::uint8_t, token_bytes> token;
    return open_token(secrets.token_key, text, token);
}

}  // namespace outcry::ingest
