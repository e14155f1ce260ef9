// ingest/batch_writer.hpp: group commit: the next batch is what arrived during the last commit.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "ingest/report.hpp"

namespace outcry::ingest {

enum class Accepted { durable, full, timed_out };

struct BatchLimits {
    std::size_t batch_reports = 4096;    // most reports in one journal row
    std::size_t queue_reports = 50'000;  // waiting; above it: full
    std::size_t queue_bytes = 32 << 20;
    std::chrono::milliseconds ride_out{10'000};  // a lost database is waited for this long
    std::chrono::milliseconds retry_first{50};   // pause after a failed commit, doubling …
    std::chrono::milliseconds retry_most{500};   // … up to this
};

/// Puts the bytes into the journal and returns once they are committed. Throws whatever means "try again". May
/// be called with the same bytes several times; is never called while an earlier call is under way.
using CommitBatch = std::function<boost::asio::awaitable<void>(std::shared_ptr<const std::string> batch)>;

/// One per node, on its own strand. The same bytes are sent again after a lost connection: the tally drops
/// repeated ids. No report waits longer than `ride_out`, and none is given up earlier, however long its
/// neighbours have waited.
class BatchWriter {
 public:
    BatchWriter(boost::asio::any_io_executor, CommitBatch, BatchLimits = {});
    /// `drain` first: whoever still waits here is not resumed, and a commit under way goes on to its end.
    ~BatchWriter();
    BatchWriter(const BatchWriter&) = delete;
    BatchWriter& operator=(const BatchWriter&) = delete;

    /// Resumes when the batch that holds the report has committed (durable), at once when the queue is full, or
    /// when the database stayed away too long (it may still be stored then, and the same reporter still counts
    /// once). From any thread.
    boost::asio::awaitable<Accepted> submit(Report);

    /// Waits until everything submitted so far has been answered. From any thread.
    boost::asio::awaitable<void> drain();

 private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace outcry::ingest
