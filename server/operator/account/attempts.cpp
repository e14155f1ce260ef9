// server/operator/account/attempts.cpp: counts, the waits that follow from them, and keys that tell nobody's
// address.
#include "server/operator/account/attempts.hpp"

#include <algorithm>
#include <optional>

#include "server/operator/account/secret.hpp"
#include "server/storage/secrets.hpp"

namespace outcry::operators {
namespace {

using namespace std::chrono_literals;

constexpr auto forgotten = 1h;

std::chrono::milliseconds wait_after(int wrong, int free) {
    if (wrong < free) return 0ms;
    constexpr int most_doublings = 10;
    return std::min<std::chrono::milliseconds>(1s * (1 << std::min(wrong - free, most_doublings)), 15min);
}

std::string key_under(const std::string& salt, const AttemptLimit& limit, std::string_view whom) {
    return hash_secret(derive_secret(salt, std::string(limit.of).append(1, '\0').append(whom)));
}

/// Two days later nobody can tell any more what was hashed: the salts are gone.
struct Keys {
    std::string today;
    std::optional<std::string> yesterday;  // while tries of yesterday still count
};

Keys keys_of(storage::Transaction& tx, const AttemptLimit& limit, std::string_view whom, Time now) {
    const auto day = std::chrono::floor<std::chrono::days>(now);
    Keys keys{key_under(storage::keep_salt(tx, day, hash_secret(make_secret())), limit, whom), {}};
    if (now - day <= forgotten)
        if (const auto salt = storage::find_salt(tx, day - std::chrono::days{1}))
            keys.yesterday = key_under(*salt, limit, whom);
    return keys;
}

std::optional<Time> wait_of(storage::Transaction& tx, const Keys& keys, Time now) {
    auto wait = storage::find_sign_in_wait(tx, keys.today, now);
    if (!wait && keys.yesterday) wait = storage::find_sign_in_wait(tx, *keys.yesterday, now);
    return wait;
}

}  // namespace

std::chrono::milliseconds count_try(storage::SignInTries& tries, int free, Time now) {
    if (now - tries.last > forgotten) tries = {};
    if (now < tries.next) return tries.next - now;
    ++tries.count;
    tries.last = now;
    tries.next = now + wait_after(tries.count, free);
    return 0ms;
}

std::chrono::milliseconds begin_try(storage::Transaction& tx, const AttemptLimit& limit, std::string_view whom,
                                    Time now) {
    const auto keys = keys_of(tx, limit, whom, now);
    // Who must wait only reads: a flood of tries writes nothing.
    if (const auto next = wait_of(tx, keys, now)) return *next - now;
    if (keys.yesterday) storage::move_sign_in_tries(tx, *keys.yesterday, keys.today);
    auto tries = storage::lock_sign_in_tries(tx, keys.today, now);
    const auto wait = count_try(tries, limit.free, now);
    storage::put_sign_in_tries(tx, keys.today, tries);
    return wait;
}

void forgive_tries(storage::Transaction& tx, const AttemptLimit& limit, std::string_view whom, Time now) {
    const auto keys = keys_of(tx, limit, whom, now);
    if (keys.yesterday) storage::forget_sign_in_tries(tx, *keys.yesterday);
    storage::forget_sign_in_tries(tx, keys.today);
}

std::string client_network(const boost::asio::ip::address& client) {
    if (!client.is_v6()) return client.to_string();
    const auto bytes = client.to_v6().to_bytes();
    return {bytes.begin(), bytes.begin() + 8};
}

}  // namespace outcry::operators
