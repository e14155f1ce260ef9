// server/official/poller.cpp: claim, read on a thread of its own, store.
#include "server/official/poller.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/live/rhythm.hpp"
#include "server/official/status_page.hpp"

namespace outcry::official {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr int at_a_time = 4;
constexpr auto lease = 2min;  // longer than four pages can take

std::string cause_of(const outbound::Outcome& outcome) {
    if (outcome.trouble != outbound::Trouble::none) return outcome.detail;
    if (outcome.cut)
        return "the answer is longer than 1 MB; give the address of the status page's JSON or feed";
    if (outcome.status != 200) return "the answer was " + std::to_string(outcome.status);
    return {};
}

outbound::Get request_for(const storage::StatementSource& source) {
    outbound::Get get{
        .url = source.address,
        .headers = {{"Accept", "application/json, application/atom+xml, application/rss+xml;q=0.9"},
                    {"User-Agent", "Outcry (reads status pages once a minute)"}},
        .most_read = most_read};
    if (!source.etag.empty()) get.headers.emplace_back("If-None-Match", source.etag);
    if (!source.last_modified.empty()) get.headers.emplace_back("If-Modified-Since", source.last_modified);
    return get;
}

storage::StatementSource failed(storage::StatementSource source, std::string cause, Time now) {
    source.trouble = std::move(cause);
    source.failures = std::min(source.failures + 1, 16);
    source.next_poll = now + std::min(usual_pause * (1 << std::min(source.failures, 6)), longest_pause);
    return source;
}

}  // namespace

storage::StatementSource read_source(const outbound::Client& client, storage::StatementSource source, Time now,
                                     std::vector<storage::Statement>& statements) {
    auto outcome = client.get(request_for(source));
    const bool unchanged = outcome.trouble == outbound::Trouble::none && outcome.status == 304;
    if (!unchanged) {
        if (auto cause = cause_of(outcome); !cause.empty())
            return failed(std::move(source), std::move(cause), now);
        try {
            statements = read_status_page(outcome.answer, now);
        } catch (const UnreadablePage& unreadable) {
            return failed(std::move(source), unreadable.what(), now);
        }
        source.etag = std::move(outcome.etag);
        source.last_modified = std::move(outcome.last_modified);
    }
    source.answered = now;
    source.trouble.clear();
    source.failures = 0;
    source.next_poll = now + usual_pause;
    return source;
}

struct Poller::Impl {
    Impl(asio::any_io_executor executor, storage::Database& storage, const live::Clock& time,
         outbound::Client asks)
        : rhythm(executor), database(storage), clock(time), client(std::move(asks)) {}

    asio::awaitable<bool> look();
    asio::awaitable<void> read(storage::StatementSource);

    live::Rhythm rhythm;
    storage::Database& database;
    const live::Clock& clock;
    const outbound::Client client;
    asio::thread_pool thread{1};  // the client blocks
};

asio::awaitable<void> Poller::Impl::read(storage::StatementSource source) {
    std::vector<storage::Statement> statements;
    const auto now = clock.now();
    auto there = [&]() -> asio::awaitable<storage::StatementSource> {
        co_return read_source(client, source, now, statements);
    };
    const auto after = co_await asio::co_spawn(thread, there, asio::use_awaitable);
    const auto work = [&](storage::Transaction& tx) {
        for (const auto& statement : statements) storage::add_statement(tx, after.service, statement, now);
        storage::settle_statement_source(tx, after);
    };
    co_await database.transact(work);
    if (after.failures == 1) spdlog::warn("{} cannot be read: {}", after.address, after.trouble);
}

asio::awaitable<bool> Poller::Impl::look() {
    const auto claim = [&](storage::Transaction& tx) {
        return storage::claim_statement_sources(tx, clock.now(), lease, at_a_time);
    };
    const auto sources = co_await database.transact(claim);
    for (const auto& source : sources) co_await read(source);
    co_return sources.size() == at_a_time;
}

Poller::Poller(asio::any_io_executor executor, storage::Database& database, const live::Clock& clock,
               outbound::Client client)
    : impl_(std::make_unique<Impl>(executor, database, clock, std::move(client))) {}
Poller::~Poller() = default;

asio::awaitable<bool> Poller::look() {
    co_return co_await asio::co_spawn(impl_->rhythm.strand(), impl_->look(), asio::use_awaitable);
}

asio::awaitable<void> Poller::run() {
    std::function<asio::awaitable<bool>()> work = [impl = impl_.get()]() -> asio::awaitable<bool> {
        try {
            co_return co_await impl->look();
        } catch (const storage::Unavailable& gone) {
            spdlog::warn("status pages are not read: {}", gone.what());
        }
        co_return false;
    };
    co_await asio::co_spawn(impl_->rhythm.strand(), impl_->rhythm.run(5s, work), asio::use_awaitable);
}

asio::awaitable<void> Poller::stop() {
    co_await asio::co_spawn(impl_->rhythm.strand(), impl_->rhythm.stop(), asio::use_awaitable);
}

}  // namespace outcry::official
