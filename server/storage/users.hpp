// server/storage/users.hpp: the people who run this installation, and the addresses by which they choose a
// password.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/storage/database.hpp"

namespace outcry::storage {

using UserId = std::int32_t;

struct User {
    UserId id{};
    std::string name;
    std::string role;  // "viewer", "operator", "admin"
    bool has_password = false;
    Time made{};
    std::optional<Time> disabled{};
    std::optional<Time> seen{};  // by a session that still stands
};

/// In order of name, disabled ones too.
std::vector<User> load_users(Transaction&);

/// What signing in needs to know.
struct UserSecret {
    UserId id{};
    std::string name, role;
    std::string password;  // as it is kept; empty: none chosen yet
    bool disabled = false;
};
std::optional<UserSecret> find_user(Transaction&, const std::string& name);

struct UserCounts {
    int users = 0, admins = 0;  // admins: who may sign in
};
UserCounts count_users(Transaction&);

/// Nobody else changes users before this transaction ends. Call it before looking whether an admin is left.
void lock_users(Transaction&);
/// Nothing when the name is taken. `name` is 1 to 64 of a-z 0-9 . _ @ + -, and begins with a letter or digit.
std::optional<UserId> add_user(Transaction&, const std::string& name, const std::string& role, Time now);
void set_user(Transaction&, UserId, const std::string& role, std::optional<Time> disabled);
void set_password(Transaction&, UserId, const std::string& kept);

/// An address that works once, known by the hash of its secret part.
struct Link {
    std::optional<UserId> user{};  // nothing: to set up the first one
    std::string name;              // of the user
    Time expires{};
    bool used = false, disabled = false;
};
/// Takes earlier links of the same user (or for the first one) out of force.
void put_link(Transaction&, const std::string& hash, std::optional<UserId>, Time now, Time expires);
/// Locked until the transaction ends, so that nobody uses it at the same time.
std::optional<Link> find_link(Transaction&, const std::string& hash);
/// Every unused link of the user (or for the first one) is used from now on.
void use_links(Transaction&, std::optional<UserId>, Time now);

}  // namespace outcry::storage
