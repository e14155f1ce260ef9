// server/app/secrets.cpp: random bytes, kept by the database so that every node finds the same ones.
#include "server/app/secrets.hpp"

#include <algorithm>

#include "ingest/random.hpp"
#include "server/storage/secrets.hpp"

namespace outcry::app {
namespace {

using Key = std::array<std::uint8_t, 32>;

std::string random_bytes() {
    Key bytes;
    ingest::fill_random(bytes);
    return {bytes.begin(), bytes.end()};
}

Key key_from(const std::string& bytes) {
    Key key{};
    if (bytes.size() != key.size()) throw std::runtime_error("a stored key has the wrong length");
    std::copy(bytes.begin(), bytes.end(), key.begin());
    return key;
}

}  // namespace

Secrets::Secrets(storage::Database& database, Time now) : database_(database) {
    database.run([&](storage::Transaction& tx) {
        token_key_ = key_from(storage::keep_secret(tx, "client token", random_bytes()));
        salts_ = load_salts(tx, now);
    });
}

Secrets::Salts Secrets::load_salts(storage::Transaction& tx, Time now) {
    Salts salts;
    for (const auto day : {std::chrono::floor<std::chrono::days>(now),
                           std::chrono::floor<std::chrono::days>(now) + std::chrono::days{1}})
        salts[day] = key_from(storage::keep_salt(tx, day, random_bytes()));
    return salts;
}

ingest::ReporterSecrets Secrets::at(Time now) const {
    const std::lock_guard lock(mutex_);
    const auto after = salts_.upper_bound(std::chrono::floor<std::chrono::days>(now));
    const auto& salt = after == salts_.begin() ? after->second : std::prev(after)->second;
    return {.token_key = token_key_, .daily_salt = salt};
}

boost::asio::awaitable<void> Secrets::renew(Time now) {
    const auto load = [now](storage::Transaction& tx) { return load_salts(tx, now); };
    auto fresh = co_await database_.transact(load);
    const std::lock_guard lock(mutex_);
    salts_ = std::move(fresh);
}

}  // namespace outcry::app
