// server/operator/account/attempts.hpp: how often somebody may try to sign in: a few times at will, then ever
// more slowly. Kept in the database, so that a restart or another node forgets nothing.
#pragma once
#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <string>
#include <string_view>

#include "server/storage/sign_in_tries.hpp"

namespace outcry::operators {

/// So many free tries, then waits that double from a second to a quarter of an hour; forgotten after an hour
/// without a try.
struct AttemptLimit {
    std::string_view of;  // what its keys are
    int free;
};
inline constexpr AttemptLimit by_account{"account", 5}, by_client{"client", 20};

/// Zero when one may try at `now`, and then the try is counted as a wrong one; otherwise how long to wait, and
/// nothing is counted. Pure.
std::chrono::milliseconds count_try(storage::SignInTries&, int free, Time now);

/// The same for what is kept of `whom`, a name or a client's network.
std::chrono::milliseconds begin_try(storage::Transaction&, const AttemptLimit&, std::string_view whom,
                                    Time now);
/// The tries were those of someone who knows the password.
void forgive_tries(storage::Transaction&, const AttemptLimit&, std::string_view whom, Time now);

/// The network that one client can be expected to have to itself: an IPv4 address, an IPv6 /64. Never stored.
std::string client_network(const boost::asio::ip::address&);

}  // namespace outcry::operators
