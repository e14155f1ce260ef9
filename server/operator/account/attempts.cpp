// server/operator/account/attempts.cpp: counts, the waits that follow from them, and keys that tell nobody's
// address.
#include "server/operator/account/attempts.hpp"

#include <algorithm>

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

/// Two days later nobody can tell any more what was hashed: the salt is gone.
std::string key_of(storage::Transaction& tx, const AttemptLimit& limit, std::string_view whom, Time now) {
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const auto salt = storage::keep_salt(tx, day, hash_secret(make_secret()));
    return hash_secret(derive_secret(salt, std::string(limit.of).append(1, '\0').append(whom)));
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
    const auto key = key_of(tx, limit, whom, now);
    // Who must wait costs one read: a flood of tries writes nothing.
    if (const auto next = storage::find_sign_in_wait(tx, key, now)) return *next - now;
    storage::drop_old_sign_in_tries(tx, now - forgotten);
    auto tries = storage::lock_sign_in_tries(tx, key, now);
    const auto wait = count_try(tries, limit.free, now);
    storage::put_sign_in_tries(tx, key, tries);
    return wait;
}

void forgive_tries(storage::Transaction& tx, const AttemptLimit& limit, std::string_view whom, Time now) {
    storage::forget_sign_in_tries(tx, key_of(tx, limit, whom, now));
}

std::string client_network(const boost::asio::ip::address& client) {
    if (!client.is_v6()) return client.to_string();
    const auto bytes = client.to_v6().to_bytes();
    return {bytes.begin(), bytes.begin() + 8};
}

}  // namespace outcry::operators
