// server/operator/account/attempts.cpp: counts, and the waits that follow from them.
#include "server/operator/account/attempts.hpp"

#include <algorithm>

namespace outcry::operators {
namespace {

using namespace std::chrono_literals;

constexpr auto forgotten = 1h;
constexpr std::size_t most_keys = 20'000;

std::chrono::milliseconds wait_after(int wrong, int free) {
    if (wrong < free) return 0ms;
    constexpr int most_doublings = 10;
    return std::min<std::chrono::milliseconds>(1s * (1 << std::min(wrong - free, most_doublings)), 15min);
}

}  // namespace

std::chrono::milliseconds Attempts::begin(const std::string& key, Time now) {
    const std::lock_guard lock{mutex_};
    if (tries_.size() >= most_keys) make_room(now);
    auto& tries = tries_[key];
    if (now - tries.last > forgotten) tries = {};
    if (now < tries.next) return tries.next - now;
    ++tries.count;
    tries.last = now;
    tries.next = now + wait_after(tries.count, free_);
    return 0ms;
}

void Attempts::forgive(const std::string& key) {
    const std::lock_guard lock{mutex_};
    tries_.erase(key);
}

/// Those that count for nothing any more go first; else whoever waits least, so that a flood of names frees
/// nobody who was slowed down for long.
void Attempts::make_room(Time now) {
    std::erase_if(tries_, [&](const auto& entry) { return now - entry.second.last > forgotten; });
    if (tries_.size() < most_keys) return;
    std::erase_if(tries_, [&](const auto& entry) { return entry.second.next <= now; });
    if (tries_.size() < most_keys) return;
    tries_.erase(std::min_element(tries_.begin(), tries_.end(),
                                  [](const auto& a, const auto& b) { return a.second.next < b.second.next; }));
}

std::string attempt_key(const boost::asio::ip::address& client) {
    if (!client.is_v6()) return client.to_string();
    const auto bytes = client.to_v6().to_bytes();
    return {bytes.begin(), bytes.begin() + 8};
}

}  // namespace outcry::operators
