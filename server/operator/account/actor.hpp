// server/operator/account/actor.hpp: who is acting: a person who has signed in, or a program with a token.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "server/storage/users.hpp"

namespace outcry::operators {

/// Each may do what those before it may.
enum class Role { viewer, operator_, admin };
inline constexpr std::array roles{Role::viewer, Role::operator_, Role::admin};
std::string_view to_string(Role);  // "viewer", "operator", "admin"
std::optional<Role> parse_role(std::string_view);

struct Actor {
    enum class Way { session, token };

    std::string name;          // of the user or of the token
    Role role = Role::viewer;  // of a token: the least that the route asks for
    Way way = Way::session;
    storage::UserId user{};      // 0 for a token
    std::string session_hash{};  // empty for a token
    std::string csrf{};  // for the hidden field "csrf" of forms, and for X-CSRF-Token; empty for a token

    bool may(Role least) const { return role >= least; }
    /// As the audit log names it: "mara", "token grafana".
    std::string audit_name() const { return way == Way::token ? "token " + name : name; }
};

}  // namespace outcry::operators
