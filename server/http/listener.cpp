// server/http/listener.cpp: accepts connections and gives each one a session coroutine.
#include "server/http/listener.hpp"

#include <sys/resource.h>
#include <sys/socket.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <system_error>

#include "server/http/problem.hpp"
#include "server/http/response_head.hpp"
#include "server/http/session.hpp"

namespace outcry::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;

namespace {

constexpr auto sweep_every = 250ms;
constexpr unsigned sweeps_to_streams = 4;  // a second between two looks for clients that have gone
constexpr auto back_off = 100ms;           // when the system has no descriptor left

[[noreturn]] void fail(const boost::system::error_code& error, const std::string& what) {
    throw std::system_error(error.value(), std::system_category(), what);
}

tcp::acceptor bind(const asio::any_io_executor& executor, const ServerOptions& options) {
    const auto where = options.address + ":" + std::to_string(options.port);
    boost::system::error_code error;
    const auto address = asio::ip::make_address(options.address, error);
    if (error) fail(error, "'" + options.address + "' is not an address to listen on");
    const tcp::endpoint endpoint(address, options.port);
    tcp::acceptor acceptor(executor);
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(4096, error);
    if (error) fail(error, "cannot listen on " + where);
    return acceptor;
}

/// As many as asked for, but never so many that none of the process's files is left for its database and log.
std::size_t session_limit(std::size_t asked) {
    constexpr rlim_t reserve = 64;
    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur == RLIM_INFINITY) return asked;
    return std::min<std::size_t>(asked, files.rlim_cur > 2 * reserve ? files.rlim_cur - reserve : reserve);
}

/// The whole answer for those who come when the house is full.
std::string full_house(const Router& router) {
    auto response = problem(503, "overload", "Too many connections", "Please try again in a few seconds.");
    response.set("retry-after", "5");
    response = router.complete({}, std::move(response));
    std::string head;
    write_head(head, response, false);
    return head + *response.body;
}

void turn_away(tcp::socket socket, const Router& router) {
    // A fresh socket's send buffer is empty, so this never waits.
    const auto text = full_house(router);
    (void)::send(socket.native_handle(), text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
}

}  // namespace

struct Server::Impl {
    asio::any_io_executor executor;
    asio::strand<asio::any_io_executor> strand;  // of the acceptor
    tcp::acceptor acceptor;
    std::size_t max_connections;
    std::shared_ptr<SessionContext> context;
    std::uint16_t port;
    asio::steady_timer next_sweep{strand};
    bool stopped = false;

    Impl(const asio::any_io_executor& on, const ServerOptions& options, std::shared_ptr<const Router> router)
        : executor(on),
          strand(asio::make_strand(on)),
          acceptor(bind(strand, options)),
          max_connections(session_limit(options.max_connections)),
          context(std::make_shared<SessionContext>(std::move(router), TrustedProxies(options.trusted_proxies),
                                                   options.limits)),
          port(acceptor.local_endpoint().port()) {}

    void start_session(tcp::socket socket);
};

namespace {

asio::awaitable<void> pause(std::chrono::milliseconds span) {
    asio::steady_timer timer(co_await asio::this_coro::executor, span);
    boost::system::error_code ignored;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

}  // namespace

Server::Server(asio::any_io_executor executor, ServerOptions options, std::shared_ptr<const Router> router)
    : impl_(std::make_shared<Impl>(executor, options, std::move(router))) {}

Server::~Server() = default;

std::uint16_t Server::port() const {
    return impl_->port;
}

void Server::Impl::start_session(tcp::socket socket) {
    if (context->registry.size() >= max_connections) return turn_away(std::move(socket), *context->router);
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    const auto on = socket.get_executor();
    auto stop = std::make_shared<asio::cancellation_signal>();
    // The signal has to outlive the coroutine that listens to it, so the completion holds it too.
    auto ended = asio::bind_cancellation_slot(stop->slot(), [stop](std::exception_ptr) {});
    asio::co_spawn(on, serve(std::move(socket), context, std::move(stop)), std::move(ended));
}

void Server::start() {
    auto accept = [](std::shared_ptr<Impl> impl) -> asio::awaitable<void> {
        while (impl->acceptor.is_open()) {
            boost::system::error_code error;
            auto own_strand = asio::any_io_executor(asio::make_strand(impl->executor));
            auto socket = co_await impl->acceptor.async_accept(
                own_strand, asio::redirect_error(asio::use_awaitable, error));
            if (!error) {
                impl->start_session(std::move(socket));
            } else if (impl->acceptor.is_open()) {
                co_await pause(back_off);
            }
        }
    };
    auto sweep = [](std::shared_ptr<Impl> impl) -> asio::awaitable<void> {
        unsigned sweeps = 0;
        while (!impl->stopped) {
            boost::system::error_code ignored;
            impl->next_sweep.expires_after(sweep_every);
            co_await impl->next_sweep.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
            impl->context->registry.sweep(SessionRegistry::Clock::now());
            if (++sweeps % sweeps_to_streams == 0) impl->context->registry.end_abandoned_streams();
        }
    };
    asio::co_spawn(impl_->strand, accept(impl_), asio::detached);
    asio::co_spawn(impl_->strand, sweep(impl_), asio::detached);
}

asio::awaitable<void> Server::stop(std::chrono::milliseconds grace) {
    const auto impl = impl_;
    asio::post(impl->strand, [impl] {
        boost::system::error_code ignored;
        impl->acceptor.close(ignored);
    });
    auto& registry = impl->context->registry;
    registry.drain();
    const auto until = SessionRegistry::Clock::now() + grace;
    constexpr auto step = 10ms;
    while (registry.size() > 0 && SessionRegistry::Clock::now() < until) {
        registry.end_waiting();
        co_await pause(step);
    }
    while (registry.size() > 0) {
        registry.end_all();
        co_await pause(step);
    }
    asio::post(impl->strand, [impl] {
        impl->stopped = true;
        impl->next_sweep.cancel();
    });
}

}  // namespace outcry::http
