// server/operator/account/actor.cpp: the names of roles.
#include "server/operator/account/actor.hpp"

namespace outcry::operators {

std::string_view to_string(Role role) {
    switch (role) {
        case Role::viewer:
            return "viewer";
        case Role::operator_:
            return "operator";
        case Role::admin:
            return "admin";
    }
    return "";
}

std::optional<Role> parse_role(std::string_view name) {
    for (const auto role : roles)
        if (to_string(role) == name) return role;
    return std::nullopt;
}

}  // namespace outcry::operators
