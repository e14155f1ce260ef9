// ingest/batch_writer.hpp: group commit: the next batch is what arrived during the last commit.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/strand.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "ingest/report.hpp"

namespace outcry::ingest {

enum class Accepted { durable, full, timed_out };

struct BatchLimits {
    std::size_t batch_reports = 4096;         // most reports in one journal row
    std::size_t queue_reports = 50'000;       // waiting; above it: full
    std::size_t queue_bytes = 32 << 20;
    std::chrono::milliseconds ride_out{10'000};  // a lost database is waited for this long
};

/// Puts the bytes into the journal and returns once they are committed. Throws whatever means "try again".
using CommitBatch = std::function<boost::asio::awaitable<void>(std::shared_ptr<const std::string> batch)>;

/// One per node, on its own strand. The same bytes are sent again after a lost connection: the tally drops repeated ids.
class BatchWriter {
  public:
    BatchWriter(boost::asio::any_io_executor, CommitBatch, BatchLimits = {});
    ~BatchWriter();

    /// Resumes when the batch that holds the report has committed (durable), at once when the queue is full, or when the
    /// database stayed away too long.
    boost::asio::awaitable<Accepted> submit(Report);

    /// Waits until everything submitted so far has been answered.
    boost::asio::awaitable<void> drain();

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace outcry::ingest
