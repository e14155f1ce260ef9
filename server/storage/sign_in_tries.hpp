// server/storage/sign_in_tries.hpp: how often a key has tried to sign in; what that means is decided elsewhere.
#pragma once
#include <optional>
#include <string>

#include "server/storage/database.hpp"

namespace outcry::storage {

struct SignInTries {
    int count = 0;
    Time last{}, next{};  // the latest try; the earliest time of another
};

/// When the key, 32 bytes, may try again, if that is later than `now`. Writes nothing.
std::optional<Time> find_sign_in_wait(Transaction&, const std::string& key, Time now);
/// What was tried under the key `from` counts for `to` from now on, beside what `to` has.
void move_sign_in_tries(Transaction&, const std::string& from, const std::string& to);
/// Waits until no other transaction counts a try of this key.
SignInTries lock_sign_in_tries(Transaction&, const std::string& key, Time now);
void put_sign_in_tries(Transaction&, const std::string& key, const SignInTries&);
void forget_sign_in_tries(Transaction&, const std::string& key);

}  // namespace outcry::storage
