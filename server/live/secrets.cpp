// server/live/secrets.cpp: fresh random bytes become the secret only where there is none yet.
#include "server/live/secrets.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <mutex>
#include <stdexcept>

#include "ingest/random.hpp"
#include "server/live/rhythm.hpp"
#include "server/storage/secrets.hpp"

namespace outcry::live {

namespace asio = boost::asio;
using std::chrono::sys_days;

namespace {

using Key = std::array<std::uint8_t, 32>;

Key key_from(const std::string& bytes) {
    Key key{};
    if (bytes.size() != key.size()) throw std::runtime_error("a stored secret has the wrong length");
    std::copy(bytes.begin(), bytes.end(), key.begin());
    return key;
}

std::string fresh_key() {
    Key key;
    ingest::fill_random(key);
    return {key.begin(), key.end()};
}

struct Known {
    Key token_key{};
    sys_days day{};  // of the first salt
    Key salt{}, next_salt{};
};

}  // namespace

struct Secrets::Impl {
    Impl(asio::any_io_executor executor, storage::Database& storage, const Clock& time)
        : rhythm(executor), database(storage), clock(time) {}

    asio::awaitable<void> load();
    sys_days today() const { return std::chrono::floor<std::chrono::days>(clock.now()); }

    Rhythm rhythm;
    storage::Database& database;
    const Clock& clock;
    mutable std::mutex mutex;
    Known known;
};

asio::awaitable<void> Secrets::Impl::load() {
    const auto day = today();
    auto work = [&](storage::Transaction& tx) {
        return Known{.token_key = key_from(storage::keep_secret(tx, "token_key", fresh_key())),
                     .day = day,
                     .salt = key_from(storage::keep_salt(tx, day, fresh_key())),
                     .next_salt = key_from(storage::keep_salt(tx, day + std::chrono::days{1}, fresh_key()))};
    };
    const auto fetched = co_await database.transact(work);
    const std::lock_guard lock{mutex};
    known = fetched;
}

Secrets::Secrets(asio::any_io_executor executor, storage::Database& database, const Clock& clock)
    : impl_(std::make_shared<Impl>(executor, database, clock)) {}
Secrets::~Secrets() = default;

asio::awaitable<void> Secrets::load() {
    co_await asio::co_spawn(impl_->rhythm.strand(), impl_->load(), asio::use_awaitable);
}

ingest::ReporterSecrets Secrets::current() const {
    const auto today = impl_->today();
    const std::lock_guard lock{impl_->mutex};
    const bool first_day = today <= impl_->known.day;
    return {.token_key = impl_->known.token_key,
            .daily_salt = first_day ? impl_->known.salt : impl_->known.next_salt};
}

asio::awaitable<void> Secrets::run() {
    std::function<asio::awaitable<bool>()> work = [impl = impl_.get()]() -> asio::awaitable<bool> {
        try {
            if (impl->today() != impl->known.day) co_await impl->load();
        } catch (const std::exception& error) {
            spdlog::warn("the next day's salt cannot be fetched yet: {}", error.what());
        }
        co_return false;
    };
    co_await asio::co_spawn(impl_->rhythm.strand(), impl_->rhythm.run(std::chrono::seconds{1}, work),
                            asio::use_awaitable);
}

asio::awaitable<void> Secrets::stop() {
    co_await asio::co_spawn(impl_->rhythm.strand(), impl_->rhythm.stop(), asio::use_awaitable);
}

}  // namespace outcry::live
