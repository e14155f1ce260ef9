// server/feeder/tap.cpp: people's addresses.
#include "server/feeder/tap.hpp"

#include <fmt/format.h>

namespace outcry::feeder {

std::string address_of(std::uint32_t person) {
    constexpr std::uint32_t mask = (1u << 27) - 1;
    // Odd factors and shifts are one-to-one on 27 bits: neighbours by number live far apart.
    auto mixed = person & mask;
    mixed = mixed * 0x2c1b3c6du & mask;
    mixed ^= mixed >> 13;
    mixed = mixed * 0x297a2d39u & mask;
    mixed ^= mixed >> 14;
    return fmt::format("{}.{}.{}.{}", 240 + (mixed >> 24), mixed >> 16 & 0xff, mixed >> 8 & 0xff, mixed & 0xff);
}

}  // namespace outcry::feeder
