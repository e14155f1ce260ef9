// tests/support/await.hpp: runs a coroutine to its end on an io_context of its own.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

namespace outcry::tests {

/// What `work` returns or throws. Everything it uses must run on `context`.
template <class Result>
Result await(boost::asio::io_context& context, boost::asio::awaitable<Result> work) {
    auto result = boost::asio::co_spawn(context, std::move(work), boost::asio::use_future);
    context.restart();
    context.run();
    return result.get();
}

}  // namespace outcry::tests
