// server/operator/account/user_name.cpp: see the header.
#include "server/operator/account/user_name.hpp"

#include <algorithm>

#include "server/operator/account/password.hpp"

namespace outcry::operators {
namespace {

bool is_alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

}  // namespace

std::string user_name(std::string_view typed) {
    std::string name(typed);
    for (auto& c : name)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return name;
}

bool is_user_name(std::string_view name) {
    constexpr std::string_view signs = "._@+-";
    return !name.empty() && name.size() <= 64 && is_alphanumeric(name.front()) &&
           std::all_of(name.begin(), name.end(),
                       [&](char c) { return is_alphanumeric(c) || signs.find(c) != std::string_view::npos; });
}

std::string password_complaint(std::string_view password, std::string_view user, const pages::Words& words) {
    const auto weak = weakness(password, user);
    return weak ? words.text("operator.password." + std::string(*weak),
                             {{"least", std::to_string(least_password)}})
                : std::string{};
}

}  // namespace outcry::operators
