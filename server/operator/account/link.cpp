// server/operator/account/link.cpp: a secret in an address, of which the hash is kept.
#include "server/operator/account/link.hpp"

#include "server/operator/account/secret.hpp"
#include "server/storage/audit.hpp"

namespace outcry::operators {
namespace {

std::string make_link(storage::Transaction& tx, std::optional<storage::UserId> user, Time now, Time expires) {
    const auto secret = make_secret();
    storage::put_link(tx, hash_secret(secret), user, now, expires);
    return "/admin/link/" + secret;
}

}  // namespace

std::optional<std::string> make_setup_link(storage::Transaction& tx, const std::string& by, Time now,
                                           Time expires) {
    if (storage::count_users(tx).users > 0) return std::nullopt;
    storage::write_audit(tx, {.actor = by, .action = "setup.link", .object = "first operator"}, now);
    return make_link(tx, std::nullopt, now, expires);
}

std::string make_password_link(storage::Transaction& tx, storage::UserId user, Time now, Time expires) {
    return make_link(tx, user, now, expires);
}

std::string base_address(const std::string& public_url, const std::string& listen_address, int port,
                         const std::string& base_path) {
    if (!public_url.empty()) return public_url + base_path;
    const bool local = listen_address == "0.0.0.0" || listen_address == "::" || listen_address == "127.0.0.1" ||
                       listen_address == "::1";
    const bool v6 = listen_address.find(':') != std::string::npos;
    const auto host = local ? std::string("localhost") : v6 ? "[" + listen_address + "]" : listen_address;
    return "http://" + host + ":" + std::to_string(port) + base_path;
}

}  // namespace outcry::operators
