// server/pages/digest.cpp: see the header.
#include "server/pages/digest.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace outcry::pages {

std::string sha256_base64(std::string_view bytes) {
    std::array<unsigned char, 32> digest;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1)
        throw std::runtime_error("SHA-256 is not to be had");
    std::array<unsigned char, 45> text;  // 44 characters and a zero
    EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(digest.size()));
    return reinterpret_cast<const char*>(text.data());
}

}  // namespace outcry::pages
