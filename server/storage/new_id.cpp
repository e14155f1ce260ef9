// server/storage/new_id.cpp: 48 bits of time, 74 of chance (RFC 9562).
#include "server/storage/new_id.hpp"

#include <openssl/rand.h>

#include <stdexcept>

#include "server/storage/columns.hpp"

namespace outcry::storage {

std::string new_id(Time at) {
    std::array<std::uint8_t, 16> id{};
    if (RAND_bytes(id.data(), static_cast<int>(id.size())) != 1) throw std::runtime_error("no random bytes");
    const auto ms = static_cast<std::uint64_t>(millis(at));
    for (std::size_t i = 0; i < 6; ++i) id[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
    id[6] = static_cast<std::uint8_t>(0x70 | (id[6] & 0x0f));
    id[8] = static_cast<std::uint8_t>(0x80 | (id[8] & 0x3f));
    return uuid_text(id);
}

}  // namespace outcry::storage
