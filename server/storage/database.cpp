// server/storage/database.cpp: a bounded queue of transactions, K threads, and one connection for each of them.
#include "server/storage/database.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "queries.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/connection.hpp"
#include "server/storage/connection_string.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {

using namespace std::chrono_literals;

struct Database::Impl {
    using Done = std::function<void(std::exception_ptr)>;
    struct Job {
        const Task* task;  // lives until `done` is called
        Done done;
    };

    explicit Impl(const DatabaseOptions& options)
        : connection_text(connection_string(options)), waiting(options.waiting) {
        for (std::size_t i = 0; i < options.connections; ++i) threads.emplace_back([this] { work(); });
    }

    ~Impl() {
        {
            const std::lock_guard lock{mutex};
            stopping = true;
        }
        wake.notify_all();
        for (auto& thread : threads) thread.join();
        const auto closed = std::make_exception_ptr(Unavailable("the program is stopping"));
        for (auto& job : jobs) job.done(closed);
    }

    /// `done` is called on a pool thread with what the task threw.
    void enqueue(const Task& task, Done done) {
        {
            const std::lock_guard lock{mutex};
            if (jobs.size() < waiting) {
                jobs.push_back({&task, std::move(done)});
                wake.notify_one();
                return;
            }
        }
        done(std::make_exception_ptr(Unavailable("too many transactions are waiting for a connection")));
    }

    void work() {
        std::unique_ptr<Connection> connection;
        for (;;) {
            std::unique_lock lock{mutex};
            wake.wait(lock, [this] { return stopping || !jobs.empty(); });
            if (stopping) return;
            const auto job = std::move(jobs.front());
            jobs.pop_front();
            lock.unlock();
            job.done(run(connection, *job.task));
        }
    }

    /// A connection whose transaction threw is dropped: nobody needs to know what state it was left in.
    std::exception_ptr run(std::unique_ptr<Connection>& connection, const Task& task) {
        try {
            if (!connection) connection = std::make_unique<Connection>(connection_text);
            connection->transact(task);
            return nullptr;
        } catch (...) {
            connection.reset();
            return std::current_exception();
        }
    }

    const std::string connection_text;
    const std::size_t waiting;
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<Job> jobs;
    bool stopping = false;
    std::vector<std::thread> threads;
};

Database::Database(DatabaseOptions options) : impl_(std::make_unique<Impl>(options)) {}
Database::~Database() = default;

void Database::run_now(const Task& task) {
    std::promise<void> promise;
    impl_->enqueue(task, [&promise](std::exception_ptr error) {
        error ? promise.set_exception(error) : promise.set_value();
    });
    promise.get_future().get();
}

boost::asio::awaitable<void> Database::run_async(const Task& task) {
    auto start = [this, &task](auto handler) {
        const auto executor = boost::asio::get_associated_executor(handler);
        // The guard keeps the io_context running while the answer is on its way.
        auto guard = boost::asio::make_work_guard(executor);
        auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        auto done = [shared, guard = std::move(guard), executor](std::exception_ptr error) {
            boost::asio::post(executor, [shared, error] { (*shared)(error); });
        };
        impl_->enqueue(task, std::move(done));
    };
    co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(std::exception_ptr)>(
        std::move(start), boost::asio::use_awaitable);
}

boost::asio::awaitable<void> Database::run_async_riding_out(const Task& task) {
    const auto give_up = std::chrono::steady_clock::now() + 10s;
    boost::asio::steady_timer pause{co_await boost::asio::this_coro::executor};
    for (;;) {
        try {
            co_await run_async(task);
            co_return;
        } catch (const Unavailable&) {
            if (std::chrono::steady_clock::now() >= give_up) throw;
        }
        pause.expires_after(100ms);
        co_await pause.async_wait(boost::asio::use_awaitable);
    }
}

void Database::wait_until_ready(std::chrono::milliseconds timeout) {
    const auto give_up = std::chrono::steady_clock::now() + timeout;
    for (;;) {
        try {
            run([](Transaction& tx) { database_time(tx); });
            return;
        } catch (const Unavailable&) {
            if (std::chrono::steady_clock::now() >= give_up) throw;
        }
        std::this_thread::sleep_for(50ms);
    }
}

Time database_time(Transaction& tx) {
    return time_from(tx.exec(sql::database_time)[0][0]);
}

}  // namespace outcry::storage
