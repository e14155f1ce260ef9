// server/notify/signature.cpp: OpenSSL's HMAC, and base64 both ways.
#include "server/notify/signature.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <stdexcept>

namespace outcry::notify {
namespace {

constexpr std::string_view prefix = "whsec_";

std::string base64(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const auto length =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(length));
    return text;
}

/// Empty when it is none.
std::string from_base64(std::string_view text) {
    if (text.empty() || text.size() % 4 != 0) return {};
    std::string bytes(text.size() / 4 * 3, '\0');
    if (EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size())) < 0)
        return {};
    const auto padding = text.ends_with("==") ? 2u : text.ends_with("=") ? 1u : 0u;
    bytes.resize(bytes.size() - padding);
    return bytes;
}

std::string key_of(std::string_view secret) {
    return secret.starts_with(prefix) ? from_base64(secret.substr(prefix.size())) : std::string{};
}

}  // namespace

std::string make_webhook_secret() {
    std::string key(32, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(key.data()), static_cast<int>(key.size())) != 1)
        throw std::runtime_error("no random bytes");
    return std::string(prefix) + base64(key);
}

bool is_webhook_secret(const std::string& secret) {
    const auto size = key_of(secret).size();
    return size >= 24 && size <= 64;
}

std::string sign(const std::string& secret, std::string_view id, long long timestamp, std::string_view body) {
    const auto key = key_of(secret);
    const auto signed_text = std::string(id) + '.' + std::to_string(timestamp) + '.' + std::string(body);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
              reinterpret_cast<const unsigned char*>(signed_text.data()), signed_text.size(), digest.data(),
              &size))
        throw std::runtime_error("OpenSSL makes no HMAC");
    return "v1," + base64({reinterpret_cast<const char*>(digest.data()), size});
}

std::string signatures(const storage::Target& target, std::string_view id, std::string_view body, Time now) {
    const auto timestamp = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    auto all = sign(target.secret, id, timestamp, body);
    if (target.old_secret_until && *target.old_secret_until > now && !target.old_secret.empty())
        all += ' ' + sign(target.old_secret, id, timestamp, body);
    return all;
}

}  // namespace outcry::notify
