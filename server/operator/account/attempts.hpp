// server/operator/account/attempts.hpp: how often somebody may try to sign in: a few times at will, then ever
// more slowly.
#pragma once
#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

#include <boost/asio/ip/address.hpp>

#include "analytics/time.hpp"

namespace outcry::operators {

/// For each key so many free tries, then waits that double from a second to a quarter of an hour; forgotten
/// after an hour without a try. In memory, of bounded size, from any thread.
class Attempts {
 public:
    explicit Attempts(int free) : free_(free) {}

    /// Zero when one may try now, and then the try counts as a wrong one until forgive(); otherwise how long to
    /// wait, and nothing is counted.
    std::chrono::milliseconds begin(const std::string& key, Time now);
    /// The tries of this key were those of someone who knows the password.
    void forgive(const std::string& key);

 private:
    struct Tries {
        int count = 0;
        Time last{}, next{};
    };
    void make_room(Time now);

    const int free_;
    std::mutex mutex_;
    std::unordered_map<std::string, Tries> tries_;
};

/// The network that one client can be expected to have to itself: an IPv4 address, an IPv6 /64. Only in memory.
std::string attempt_key(const boost::asio::ip::address&);

}  // namespace outcry::operators
