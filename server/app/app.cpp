// server/app/app.cpp: construction in order of need, destruction in reverse.
#include "server/app/app.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <csignal>
#include <thread>
#include <vector>

#include "ingest/admission.hpp"
#include "ingest/batch_writer.hpp"
#include "server/app/failures.hpp"
#include "server/app/notifier_options.hpp"
#include "server/app/phrase.hpp"
#include "server/app/routes.hpp"
#include "server/http/listener.hpp"
#include "server/live/clock.hpp"
#include "server/live/event_hub.hpp"
#include "server/live/pulse.hpp"
#include "server/live/secrets.hpp"
#include "server/live/tally.hpp"
#include "server/official/poller.hpp"
#include "server/pages/pictures/painter.hpp"
#include "server/storage/database.hpp"
#include "server/storage/journal.hpp"

namespace outcry::app {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr auto drain_grace = 10s;
constexpr std::size_t ingest_connections = 2, live_connections = 3, web_connections = 6,
                      operator_connections = 2, notify_connections = 2;

unsigned thread_count(const config::Config& config) {
    return config.threads > 0 ? static_cast<unsigned>(config.threads)
                              : std::max(std::thread::hardware_concurrency(), 1u);
}

ingest::AdmissionLimits admission_limits(const config::Config& config) {
    ingest::AdmissionLimits limits;
    limits.per_address_burst = config.admission_per_address_burst.value_or(limits.per_address_burst);
    limits.per_address_per_minute =
        config.admission_per_address_per_minute.value_or(limits.per_address_per_minute);
    limits.per_network_burst = config.admission_per_network_burst.value_or(limits.per_network_burst);
    limits.per_network_per_minute =
        config.admission_per_network_per_minute.value_or(limits.per_network_per_minute);
    return limits;
}

ingest::BatchLimits batch_limits(const config::Config& config) {
    ingest::BatchLimits limits;
    const auto size = [](auto given, std::size_t usual) {
        return given ? static_cast<std::size_t>(*given) : usual;
    };
    limits.batch_reports = size(config.batch_reports, limits.batch_reports);
    limits.queue_reports = size(config.batch_queue_reports, limits.queue_reports);
    limits.queue_bytes = size(config.batch_queue_bytes, limits.queue_bytes);
    if (config.batch_ride_out_seconds) limits.ride_out = std::chrono::seconds{*config.batch_ride_out_seconds};
    return limits;
}

http::ServerOptions server_options(const config::Config& config, const std::string& address,
                                   std::uint16_t port) {
    http::ServerOptions options;
    options.address = address;
    options.port = port;
    options.trusted_proxies = config.trusted_proxies;
    options.max_connections = static_cast<std::size_t>(config.max_connections);
    return options;
}

[[noreturn]] void refuse_address(const std::string& key, const std::string& address, std::uint16_t port,
                                 const std::string& reason) {
    const auto where = address.find(':') == std::string::npos ? fmt::format("{}:{}", address, port)
                                                              : fmt::format("[{}]:{}", address, port);
    throw ListenTrouble(fmt::format("cannot listen on {}: {}", where, reason),
                        fmt::format("{}={}:{} outcry serve, or end what listens there (ss -ltnp 'sport = :{}')",
                                    key, address, port + 1, port));
}

/// Before the database is made and the board loaded: an address that is taken should be told at once.
void check_address(const std::string& key, const std::string& text, std::uint16_t port) {
    asio::io_context context;
    boost::system::error_code problem;
    const auto address = asio::ip::make_address(text, problem);
    if (problem) refuse_address(key, text, port, "that is no address of a network interface");
    const asio::ip::tcp::endpoint endpoint(address, port);
    asio::ip::tcp::acceptor probe(context);
    probe.open(endpoint.protocol(), problem);
    if (!problem) probe.set_option(asio::socket_base::reuse_address(true), problem);
    if (!problem) probe.bind(endpoint, problem);
    if (!problem) probe.listen(1, problem);
    if (problem) refuse_address(key, text, port, problem.message());
}

void check_addresses(const config::Config& config) {
    check_address("OUTCRY_LISTEN", config.listen_address(), config.listen_port());
    if (!config.operator_listen.empty())
        check_address("OUTCRY_OPERATOR_LISTEN", config.operator_address(), config.operator_port());
}

/// Each connection is a file; the shell's usual limit is for people.
void allow_many_files() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

struct App::Impl {
    Impl(const config::Config&, const Pace&);

    template <class Part>
    void keep_running(const char* name, Part part);
    std::unique_ptr<http::Server> listen(const char* key, const std::string& address, std::uint16_t port,
                                         std::shared_ptr<const http::Router>);
    void run_to_end(asio::awaitable<void>);
    void finish(const char* name, asio::awaitable<void>);
    /// 0 when a part has failed.
    asio::awaitable<int> next_signal();

    const config::Config config;
    asio::io_context context;
    DatabaseServer server;
    std::unique_ptr<storage::Database> ingest_database, live_database, web_database, operator_database,
        notify_database;
    live::Clock clock;
    live::Secrets secrets;
    live::EventHub hub;
    ingest::Admission admission;
    ingest::BatchWriter writer;
    live::Tally tally;
    live::Pulse pulse;
    notify::Notifier notifier;
    official::Poller statements;
    pages::Painter painter;
    std::unique_ptr<http::Server> http, operator_http;  // the second: null when operators come by the first

    asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
    asio::strand<asio::io_context::executor_type> control{context.get_executor()};
    asio::signal_set signals{context};  // on `control`
    bool failed = false;                // on `control`
    std::vector<std::thread> threads;
    std::atomic<bool> stopping = false;
};

namespace {

const config::Config& checked(const config::Config& config) {
    allow_many_files();
    check_addresses(config);
    return config;
}

void say_applied(const std::string& migration) {
    spdlog::info("applied migration {}", migration);
}

live::Clock make_clock(storage::Database& database, const Pace& pace) {
    const auto ask = [](storage::Transaction& tx) { return storage::database_time(tx); };
    return live::Clock(pace.start ? *pace.start : database.run(ask), pace.speed);
}

ingest::CommitBatch commit_to(storage::Database& database, std::int32_t node) {
    return [&database, node](std::shared_ptr<const std::string> batch) -> asio::awaitable<void> {
        const auto append = [&](storage::Transaction& tx) { storage::append_journal(tx, node, *batch); };
        co_await database.transact(append);
    };
}

}  // namespace

App::Impl::Impl(const config::Config& given, const Pace& pace)
    : config(checked(given)),
      context(static_cast<int>(thread_count(config))),
      server(config, DatabaseServer::Use::own),
      ingest_database(
          (server.bring_up_to_date("outcry", say_applied), server.open("ingest", ingest_connections))),
      live_database(server.open("live", live_connections)),
      web_database(server.open("web", web_connections)),
      operator_database(server.open("operators", operator_connections)),
      notify_database(server.open("notify", notify_connections)),
      clock(make_clock(*live_database, pace)),
      secrets(context.get_executor(), *live_database, clock),
      admission(admission_limits(config)),
      writer(context.get_executor(), commit_to(*ingest_database, static_cast<std::int32_t>(config.node)),
             batch_limits(config)),
      tally(context.get_executor(), *live_database, clock),
      pulse(context.get_executor(), *live_database, hub, clock),
      notifier(
          context.get_executor(), *notify_database, clock, [this] { return pulse.catalogue(); }, make_phrase(),
          notifier_options(config)),
      statements(context.get_executor(), *live_database, clock, outbound::Client(outbound_options(config))) {}

/// A part that ends before we stop has failed, and the program with it: a supervisor starts it afresh.
template <class Part>
void App::Impl::keep_running(const char* name, Part part) {
    asio::co_spawn(context, std::move(part), [this, name](std::exception_ptr thrown) {
        if (stopping) return;
        try {
            if (thrown) std::rethrow_exception(thrown);
            spdlog::critical("{} has ended by itself", name);
        } catch (const std::exception& error) {
            spdlog::critical("{} has failed: {}", name, config::without_password(error.what()));
        }
        asio::post(control, [this] {
            failed = true;
            signals.cancel();
        });
    });
}

asio::awaitable<int> App::Impl::next_signal() {
    if (failed) co_return 0;
    boost::system::error_code cancelled;
    const int signal = co_await signals.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    co_return cancelled ? 0 : signal;
}

std::unique_ptr<http::Server> App::Impl::listen(const char* key, const std::string& address, std::uint16_t port,
                                                std::shared_ptr<const http::Router> router) {
    try {
        return std::make_unique<http::Server>(context.get_executor(), server_options(config, address, port),
                                              std::move(router));
    } catch (const std::system_error& problem) {
        refuse_address(key, address, port, problem.code().message());
    }
}

void App::Impl::run_to_end(asio::awaitable<void> step) {
    asio::co_spawn(context, std::move(step), asio::use_future).get();
}

/// One step of stopping; that one fails is no reason to leave out the next.
void App::Impl::finish(const char* name, asio::awaitable<void> step) {
    try {
        run_to_end(std::move(step));
    } catch (const std::exception& error) {
        spdlog::error("while stopping, {}: {}", name, config::without_password(error.what()));
    }
}

App::App(const config::Config& config, Pace pace) : impl_(std::make_unique<Impl>(config, pace)) {}

App::~App() {
    stop();
}

storage::Database& App::database() {
    return *impl_->live_database;
}
Time App::now() const {
    return impl_->clock.now();
}
std::uint16_t App::port() const {
    return impl_->http->port();
}
std::uint16_t App::operator_port() const {
    return impl_->operator_http ? impl_->operator_http->port() : port();
}

void App::start() {
    auto& own = *impl_;
    for (unsigned i = 0; i < thread_count(own.config); ++i)
        own.threads.emplace_back([&own] { own.context.run(); });
    own.run_to_end(own.secrets.load());
    own.run_to_end(own.pulse.load());

    const auto routers = make_routers({.pulse = own.pulse,
                                       .hub = own.hub,
                                       .database = *own.web_database,
                                       .operator_database = *own.operator_database,
                                       .writer = own.writer,
                                       .admission = own.admission,
                                       .secrets = own.secrets,
                                       .clock = own.clock,
                                       .painter = own.painter,
                                       .config = own.config});
    own.http =
        own.listen("OUTCRY_LISTEN", own.config.listen_address(), own.config.listen_port(), routers.everyone);
    if (routers.operators)
        own.operator_http = own.listen("OUTCRY_OPERATOR_LISTEN", own.config.operator_address(),
                                       own.config.operator_port(), routers.operators);
    own.keep_running("the tally", own.tally.run());
    own.keep_running("the pulse", own.pulse.run());
    own.keep_running("the renewal of salts", own.secrets.run());
    own.keep_running("telling of incidents", own.notifier.run());
    own.keep_running("the reading of status pages", own.statements.run());
    // Before anyone can know that we are here: a signal that comes now waits for wait().
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) own.signals.add(signal);
    own.http->start();
    if (own.operator_http) own.operator_http->start();
}

bool App::wait(const std::function<void()>& reload) {
    auto& own = *impl_;
    while (const int signal = asio::co_spawn(own.control, own.next_signal(), asio::use_future).get()) {
        if (signal != SIGHUP) {
            spdlog::info("asked to stop");
            return true;
        }
        if (reload) reload();
    }
    return false;
}

void App::stop() {
    auto& own = *impl_;
    if (own.stopping.exchange(true)) return;
    if (own.http) {  // otherwise no part was ever started
        own.hub.close();
        own.finish("requests under way", own.http->stop(drain_grace));
        if (own.operator_http) own.finish("operators' requests", own.operator_http->stop(drain_grace));
        own.finish("reports under way", own.writer.drain());
        own.finish("counting", own.tally.stop());
        own.finish("what was learned", own.pulse.stop());
        own.finish("messages under way", own.notifier.stop());
        own.finish("status pages under way", own.statements.stop());
        own.finish("the salts", own.secrets.stop());
    }
    own.work.reset();
    own.context.stop();
    for (auto& thread : own.threads) thread.join();
}

}  // namespace outcry::app
