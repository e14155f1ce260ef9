// server/storage/sign_ins.hpp: browsers in which operators have signed in, known by the hash of their cookie.
#pragma once
#include <optional>
#include <string>

#include "server/storage/users.hpp"

namespace outcry::storage {

struct SignIn {
    UserId user{};
    std::string name, role;
    Time made{}, seen{};
};

/// Nothing when there is none, when it was seen last before `seen_since` or made before `made_since`, or when
/// its user is disabled.
std::optional<SignIn> find_sign_in(Transaction&, const std::string& hash, Time seen_since, Time made_since);
void add_sign_in(Transaction&, const std::string& hash, UserId, Time now);
/// It was used at `now`.
void touch_sign_in(Transaction&, const std::string& hash, Time now);
void end_sign_in(Transaction&, const std::string& hash);
int count_sign_ins_of(Transaction&, UserId);
/// Signs a user out everywhere; says in how many places.
int end_sign_ins_of(Transaction&, UserId);
/// Removes those that find_sign_in() would not find for any hash.
void drop_old_sign_ins(Transaction&, Time seen_since, Time made_since);

}  // namespace outcry::storage
