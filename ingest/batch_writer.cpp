// ingest/batch_writer.cpp: a queue, a batch in flight, and one timer that ends waits; all of it on one strand.
#include "ingest/batch_writer.hpp"

#include <algorithm>
#include <boost/asio/append.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>
#include <list>
#include <vector>

#include "ingest/journal_batch.hpp"

namespace outcry::ingest {
namespace {

namespace asio = boost::asio;
using Monotonic = std::chrono::steady_clock;

/// What resumes a coroutine that awaits here, on its own executor.
template <class... Values>
using Resume = typename asio::async_result<asio::use_awaitable_t<>, void(Values...)>::handler_type;

void answer(Resume<Accepted> resume, Accepted accepted) {
    asio::post(asio::append(std::move(resume), accepted));
}

struct Waiting {
    Report report;
    std::size_t bytes;
    Monotonic::time_point deadline;
    Resume<Accepted> resume;
};

struct InFlight {
    Monotonic::time_point deadline;
    Resume<Accepted> resume;
};

struct Drain {
    std::uint64_t up_to;  // how many must have been answered
    Resume<> resume;
};

}  // namespace

struct BatchWriter::Impl {
    Impl(const asio::any_io_executor& executor, CommitBatch commit_batch, const BatchLimits& the_limits)
        : strand(asio::make_strand(executor)),
          commit(std::move(commit_batch)),
          limits(the_limits),
          deadline(strand) {}

    asio::strand<asio::any_io_executor> strand;
    const CommitBatch commit;
    const BatchLimits limits;

    // Below: on the strand only. Both queues are in order of arrival, therefore of deadline.
    std::deque<Waiting> queue;
    std::deque<InFlight> in_flight;
    std::list<Drain> drains;
    std::size_t queued_bytes = 0;
    std::uint64_t taken = 0, answered = 0;
    bool committing = false, watching = false;
    asio::steady_timer deadline;

    static void enqueue(const std::shared_ptr<Impl>& self, Report report, Resume<Accepted> resume) {
        const auto bytes = encoded_size(report);
        if (self->queue.size() >= self->limits.queue_reports ||
            self->queued_bytes + bytes > self->limits.queue_bytes) {
            answer(std::move(resume), Accepted::full);
            return;
        }
        self->queue.push_back(
            {std::move(report), bytes, Monotonic::now() + self->limits.ride_out, std::move(resume)});
        self->queued_bytes += bytes;
        ++self->taken;
        if (!self->committing) {
            self->committing = true;
            asio::co_spawn(self->strand, run(self), asio::detached);
        }
        watch(self);
    }

    static asio::awaitable<void> run(std::shared_ptr<Impl> self) {
        while (!self->queue.empty()) {
            const auto batch = self->take_batch();
            co_await self->settle(batch);
        }
        self->committing = false;
        self->deadline.cancel();
    }

    std::shared_ptr<const std::string> take_batch() {
        std::vector<Report> reports;
        reports.reserve(std::min(queue.size(), limits.batch_reports));
        while (!queue.empty() && reports.size() < limits.batch_reports) {
            auto& next = queue.front();
            queued_bytes -= next.bytes;
            reports.push_back(std::move(next.report));
            in_flight.push_back({next.deadline, std::move(next.resume)});
            queue.pop_front();
        }
        return std::make_shared<const std::string>(encode_batch(reports));
    }

    /// Commits the batch, again and again while anyone waits for it.
    asio::awaitable<void> settle(std::shared_ptr<const std::string> batch) {
        asio::steady_timer pause(strand);
        for (auto delay = limits.retry_first; !in_flight.empty();
             delay = std::min(delay * 2, limits.retry_most)) {
            if (co_await committed(batch)) {
                while (!in_flight.empty()) answer_front(in_flight, Accepted::durable);
                finish_drains();
                co_return;
            }
            pause.expires_after(delay);
            co_await pause.async_wait(asio::use_awaitable);
        }
    }

    asio::awaitable<bool> committed(std::shared_ptr<const std::string> batch) {
        try {
            co_await commit(batch);
            co_return true;
        } catch (const std::exception&) {
            co_return false;  // the commit function has said why, in the log
        }
    }

    template <class Queue>
    void answer_front(Queue& waiting, Accepted accepted) {
        answer(std::move(waiting.front().resume), accepted);
        waiting.pop_front();
        ++answered;
    }

    /// Keeps the one timer set to the earliest deadline while anyone waits.
    static void watch(const std::shared_ptr<Impl>& self) {
        if (self->watching || (self->in_flight.empty() && self->queue.empty())) return;
        self->watching = true;
        self->deadline.expires_at(self->in_flight.empty() ? self->queue.front().deadline
                                                          : self->in_flight.front().deadline);
        self->deadline.async_wait([self](const boost::system::error_code&) {
            self->watching = false;
            self->give_up_late();
            watch(self);
        });
    }

    void give_up_late() {
        const auto now = Monotonic::now();
        while (!in_flight.empty() && in_flight.front().deadline <= now)
            answer_front(in_flight, Accepted::timed_out);
        while (!queue.empty() && queue.front().deadline <= now) {
            queued_bytes -= queue.front().bytes;
            answer_front(queue, Accepted::timed_out);
        }
        finish_drains();
    }

    void finish_drains() {
        while (!drains.empty() && drains.front().up_to <= answered) {
            asio::post(std::move(drains.front().resume));
            drains.pop_front();
        }
    }
};

BatchWriter::BatchWriter(asio::any_io_executor executor, CommitBatch commit, BatchLimits limits)
    : impl_(std::make_shared<Impl>(executor, std::move(commit), limits)) {}

BatchWriter::~BatchWriter() = default;

asio::awaitable<Accepted> BatchWriter::submit(Report report) {
    auto hand_over = [impl = impl_, &report](auto resume) {
        auto enqueue = [impl, report = std::move(report), resume = std::move(resume)]() mutable {
            Impl::enqueue(impl, std::move(report), std::move(resume));
        };
        asio::dispatch(impl->strand, std::move(enqueue));
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Accepted)>(hand_over,
                                                                                           asio::use_awaitable);
}

asio::awaitable<void> BatchWriter::drain() {
    auto hand_over = [impl = impl_](auto resume) {
        auto enqueue = [impl, resume = std::move(resume)]() mutable {
            impl->drains.push_back({impl->taken, std::move(resume)});
            impl->finish_drains();
        };
        asio::dispatch(impl->strand, std::move(enqueue));
    };
    co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(hand_over, asio::use_awaitable);
}

}  // namespace outcry::ingest
