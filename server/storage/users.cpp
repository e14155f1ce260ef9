// server/storage/users.cpp: users and their links, row by row.
#include "server/storage/users.hpp"

#include "queries.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {
namespace {

/// A number as a parameter that may be null.
class Maybe {
 public:
    explicit Maybe(std::optional<long long> given) {
        if (given) text_ = std::to_string(*given);
    }
    const char* get() const { return text_ ? text_->c_str() : nullptr; }

 private:
    std::optional<std::string> text_;
};

}  // namespace

std::vector<User> load_users(Transaction& tx) {
    std::vector<User> users;
    for (const auto& row : tx.exec(sql::load_users))
        users.push_back({.id = row[0].as<UserId>(),
                         .name = text_from(row[1]),
                         .role = text_from(row[2]),
                         .has_password = row[3].as<bool>(),
                         .made = time_from(row[4]),
                         .disabled = maybe_time_from(row[5]),
                         .seen = maybe_time_from(row[6])});
    return users;
}

std::optional<UserSecret> find_user(Transaction& tx, const std::string& name) {
    const auto rows = tx.exec(sql::find_user, name);
    if (rows.empty()) return std::nullopt;
    const auto row = rows[0];
    return UserSecret{.id = row[0].as<UserId>(),
                      .name = text_from(row[1]),
                      .role = text_from(row[2]),
                      .password = row[3].is_null() ? std::string{} : text_from(row[3]),
                      .disabled = !row[4].is_null()};
}

UserCounts count_users(Transaction& tx) {
    const auto row = tx.exec(sql::count_users)[0];
    return {row[0].as<int>(), row[1].as<int>()};
}

void lock_users(Transaction& tx) {
    tx.exec(sql::lock_users);
}

std::optional<UserId> add_user(Transaction& tx, const std::string& name, const std::string& role, Time now) {
    const auto rows = tx.exec(sql::add_user, name, role, millis(now));
    return rows.empty() ? std::nullopt : std::optional{rows[0][0].as<UserId>()};
}

void set_user(Transaction& tx, UserId user, const std::string& role, std::optional<Time> disabled) {
    const Maybe when{disabled ? std::optional{millis(*disabled)} : std::nullopt};
    tx.exec(sql::set_user, user, role, when.get());
}

void set_password(Transaction& tx, UserId user, const std::string& kept) {
    tx.exec(sql::set_password, user, kept);
}

void put_link(Transaction& tx, const std::string& hash, std::optional<UserId> user, Time now, Time expires) {
    use_links(tx, user, now);
    const Maybe whose{user};
    tx.exec(sql::add_link, bytes(hash), whose.get(), millis(now), millis(expires));
}

std::optional<Link> find_link(Transaction& tx, const std::string& hash) {
    const auto rows = tx.exec(sql::find_link, bytes(hash));
    if (rows.empty()) return std::nullopt;
    const auto row = rows[0];
    Link link{.name = {}, .expires = time_from(row[2]), .used = row[3].as<bool>()};
    if (row[0].is_null()) return link;
    link.user = row[0].as<UserId>();
    link.name = text_from(row[1]);
    link.disabled = row[4].as<bool>();
    return link;
}

void use_links(Transaction& tx, std::optional<UserId> user, Time now) {
    const Maybe whose{user};
    tx.exec(sql::use_links, whose.get(), millis(now));
}

}  // namespace outcry::storage
