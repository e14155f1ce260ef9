// server/notify/schedule.hpp: when a message that did not arrive is sent again. Pure.
#pragma once
#include <array>
#include <chrono>
#include <optional>

namespace outcry::notify {

/// Before the first attempt and before each later one, as Standard Webhooks 1.0 recommends; some 76 hours in
/// all.
inline constexpr std::array<std::chrono::seconds, 10> pauses{
    std::chrono::seconds{0}, std::chrono::seconds{5}, std::chrono::minutes{5}, std::chrono::minutes{30},
    std::chrono::hours{2},   std::chrono::hours{5},   std::chrono::hours{10},  std::chrono::hours{14},
    std::chrono::hours{20},  std::chrono::hours{24}};

/// How long after the `attempts`-th attempt has failed the next one is due; nothing when it was the last.
constexpr std::optional<std::chrono::seconds> pause_after(int attempts) {
    const auto next = static_cast<std::size_t>(attempts);
    if (attempts < 0 || next >= pauses.size()) return std::nullopt;
    return pauses[next];
}

}  // namespace outcry::notify
