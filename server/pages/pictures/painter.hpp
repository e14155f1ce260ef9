// server/pages/pictures/painter.hpp: draws PNGs on a thread of its own, so that no request waits behind a
// picture.
#pragma once
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>
#include <deque>
#include <memory>
#include <string>
#include <utility>

namespace outcry::pages {

/// One worker, a bounded queue. Destroy it before the io_context whose coroutines wait for it.
class Painter {
 public:
    using Png = std::shared_ptr<const std::string>;

    Painter();
    ~Painter();

    /// The document as PNG; null when too many pictures are waiting already. The same document drawn a moment
    /// ago is not drawn again, so a crowd that asks for one picture costs one.
    boost::asio::awaitable<Png> paint(std::string svg, int width, int height);

 private:
    Png paint_now(const std::string& svg, int width, int height);

    std::atomic<int> waiting_ = 0;
    std::deque<std::pair<std::string, Png>> recent_;  // on the worker alone; key: size and document
    boost::asio::thread_pool worker_{1};
};

}  // namespace outcry::pages
