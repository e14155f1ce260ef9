// server/operator/account/users.cpp: one admin who can sign in is always left.
#include "server/operator/account/users.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/operator/account/link.hpp"
#include "server/storage/audit.hpp"
#include "server/storage/sign_ins.hpp"

namespace outcry::operators {
namespace {

std::string describe(std::string_view role, bool disabled) {
    return nlohmann::json{{"role", role}, {"disabled", disabled}}.dump();
}

/// An admin who could sign in now.
bool is_able_admin(const storage::User& user) {
    return user.role == to_string(Role::admin) && !user.disabled && user.has_password;
}

}  // namespace

UserChange add_user(storage::Transaction& tx, const std::string& by, const std::string& name, Role role,
                    const std::string& why, Time now) {
    if (!storage::add_user(tx, name, std::string(to_string(role)), now)) return UserChange::taken;
    storage::write_audit(tx,
                         {.actor = by,
                          .action = "user.add",
                          .object = "user " + name,
                          .after = describe(to_string(role), false),
                          .why = why},
                         now);
    return UserChange::done;
}

UserChange change_user(storage::Transaction& tx, const std::string& by, storage::UserId id,
                       std::optional<Role> role, std::optional<bool> disabled, const std::string& why,
                       Time now) {
    storage::lock_users(tx);
    const auto users = storage::load_users(tx);
    const auto user = std::find_if(users.begin(), users.end(), [&](const auto& each) { return each.id == id; });
    if (user == users.end()) return UserChange::unknown;
    auto after = *user;
    if (role) after.role = to_string(*role);
    if (disabled && *disabled != user->disabled.has_value())
        after.disabled = *disabled ? std::optional{now} : std::nullopt;
    if (after.role == user->role && after.disabled == user->disabled) return UserChange::done;
    const auto admins = std::count_if(users.begin(), users.end(), is_able_admin);
    if (is_able_admin(*user) && !is_able_admin(after) && admins == 1) return UserChange::last_admin;
    storage::set_user(tx, id, after.role, after.disabled);
    if (after.disabled) {
        storage::end_sign_ins_of(tx, id);
        storage::use_links(tx, id, now);
    }
    storage::write_audit(tx,
                         {.actor = by,
                          .action = !role ? *disabled ? "user.disable" : "user.enable" : "user.role",
                          .object = "user " + user->name,
                          .before = describe(user->role, user->disabled.has_value()),
                          .after = describe(after.role, after.disabled.has_value()),
                          .why = why},
                         now);
    return UserChange::done;
}

std::optional<std::string> give_link(storage::Transaction& tx, const std::string& by, const std::string& name,
                                     const std::string& why, Time now, Time expires) {
    const auto user = storage::find_user(tx, name);
    if (!user) return std::nullopt;
    storage::write_audit(tx, {.actor = by, .action = "user.link", .object = "user " + name, .why = why}, now);
    return make_password_link(tx, user->id, now, expires);
}

}  // namespace outcry::operators
