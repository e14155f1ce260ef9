// server/feeder/client.cpp: one pacer, some connections, one watchman; plain coroutines on one thread.
#include "server/feeder/client.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <deque>
#include <list>

#include "ingest/report_id.hpp"
#include "server/feeder/response_head.hpp"

namespace outcry::feeder {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using asio::use_awaitable;
using Monotonic = std::chrono::steady_clock;

constexpr std::size_t most_ready = 100'000;  // beyond that the pacer waits for the connections
constexpr auto tick = 1ms;

/// A connection, opened when it is first needed and again when it was lost.
struct Line {
    asio::ip::tcp::socket socket;
    std::string received;
    Monotonic::time_point asked{};  // {}: nothing asked
};

struct Answer {
    ResponseHead head;
    std::string body;
};

struct Feeding {
    Feeding(const asio::any_io_executor& executor, Target the_target, const Schedule& the_schedule)
        : target(std::move(the_target)),
          endpoint(endpoint_of(target)),
          schedule(the_schedule),
          work(executor, Monotonic::time_point::max()),
          finished(executor, Monotonic::time_point::max()) {}

    const Target target;
    const asio::ip::tcp::endpoint endpoint;
    const Schedule& schedule;
    Time from, until;
    std::function<Time()> now;
    FeedOptions options;
    std::stop_token stop;
    std::function<void(const FeedProgress&)> tell;
    std::function<void(const std::string&)> acknowledged;

    std::deque<Tap> ready;    // due, in order of time
    asio::steady_timer work;  // cancelled once for each tap that becomes ready
    bool no_more = false;     // the pacer has ended
    std::size_t open_lines = 0;
    asio::steady_timer finished;  // cancelled when the last line has ended
    std::list<Line> lines;
    FeedTotals totals;
};

asio::awaitable<void> sleep(Monotonic::duration span) {
    asio::steady_timer timer(co_await asio::this_coro::executor, span);
    co_await timer.async_wait(use_awaitable);
}

asio::awaitable<void> woken(asio::steady_timer& timer) {
    boost::system::error_code cancelled;
    co_await timer.async_wait(asio::redirect_error(use_awaitable, cancelled));
}

void push(Feeding& feeding, const Tap& tap) {
    feeding.ready.push_back(tap);
    feeding.work.cancel_one();
}

/// Makes taps ready at their time.
asio::awaitable<void> pace(Feeding& feeding) {
    const bool endless = feeding.until == Time{};
    for (auto minute = minute_of(feeding.from); endless || minute < feeding.until; minute += 1min) {
        for (const auto& tap : feeding.schedule.taps_of(minute)) {
            if (tap.at < feeding.from || (!endless && tap.at >= feeding.until)) continue;
            while (!feeding.stop.stop_requested() &&
                   (tap.at > feeding.now() || feeding.ready.size() > most_ready)) {
                co_await sleep(tick);
            }
            if (feeding.stop.stop_requested()) break;
            push(feeding, tap);
        }
        while (!feeding.stop.stop_requested() && Time{minute} > feeding.now()) co_await sleep(tick);
        if (feeding.stop.stop_requested()) break;
    }
    feeding.no_more = true;
    feeding.work.cancel();
}

std::string request_for(const Feeding& feeding, const Tap& tap) {
    const auto& body = feeding.schedule.bodies()[tap.body];
    const auto now = feeding.options.instance_now ? feeding.options.instance_now() : feeding.now();
    return fmt::format(
        "POST {}/api/v1/services/{}/reports HTTP/1.1\r\nHost: {}\r\nContent-Type: "
        "application/json\r\nContent-Length: {}\r\n"
        "X-Forwarded-For: {}\r\nIdempotency-Key: {}\r\n\r\n{}",
        feeding.target.base_path, feeding.schedule.slugs()[tap.service], feeding.target.authority(),
        body.size(), address_of(tap.person), ingest::to_text(ingest::make_report_id(now)), body);
}

/// One try. Throws boost::system::system_error when the connection is lost, std::runtime_error when the answer
/// is no answer.
asio::awaitable<Answer> ask(Feeding& feeding, Line& line, const std::string& request) {
    line.asked = Monotonic::now();
    if (!line.socket.is_open()) {
        line.received.clear();
        co_await line.socket.async_connect(feeding.endpoint, use_awaitable);
        line.socket.set_option(asio::ip::tcp::no_delay(true));
    }
    co_await asio::async_write(line.socket, asio::buffer(request), use_awaitable);
    auto buffer = asio::dynamic_buffer(line.received, 64 * 1024);
    const auto size = co_await asio::async_read_until(line.socket, buffer, "\r\n\r\n", use_awaitable);
    const auto head = parse_response_head(std::string_view(line.received).substr(0, size));
    if (!head || head->length > 60 * 1024) throw std::runtime_error("the answer is not one of Outcry's");
    const auto whole = size + head->length;
    if (line.received.size() < whole) {
        co_await asio::async_read(line.socket, buffer, asio::transfer_exactly(whole - line.received.size()),
                                  use_awaitable);
    }
    Answer answer{*head, line.received.substr(size, head->length)};
    line.received.erase(0, whole);
    line.asked = {};
    if (head->close) line.socket.close();
    co_return answer;
}

void note(Feeding& feeding, const Answer& answer) {
    if (answer.head.status / 100 == 2) {
        ++feeding.totals.acknowledged;
        if (feeding.acknowledged) feeding.acknowledged(answer.body);
        return;
    }
    if (feeding.totals.refused++ == 0) {
        feeding.totals.first_refusal = fmt::format("{} {}", answer.head.status, answer.body.substr(0, 500));
    }
}

bool wants_patience(int status) {
    return status == 429 || status == 502 || status == 503 || status == 504;
}

/// Sends one tap until it is answered for good; a lost answer is asked for again, and the reporter still counts
/// once.
asio::awaitable<void> deliver(Feeding& feeding, Line& line, Tap tap) {
    const auto request = request_for(feeding, tap);
    const auto started = Monotonic::now();
    for (Monotonic::duration pause = 50ms;; pause = std::min<Monotonic::duration>(pause * 2, 1s)) {
        auto patience = pause;
        try {
            const auto answer = co_await ask(feeding, line, request);
            if (!wants_patience(answer.head.status)) {
                note(feeding, answer);
                co_return;
            }
            if (answer.head.retry_after > 0s)
                patience = std::min<Monotonic::duration>(answer.head.retry_after, 2s);
        } catch (const std::exception&) {
            boost::system::error_code ignored;
            line.socket.close(ignored);
            line.asked = {};
        }
        if (feeding.stop.stop_requested() || Monotonic::now() - started > feeding.options.give_up) {
            ++feeding.totals.given_up;
            co_return;
        }
        ++feeding.totals.tried_again;
        co_await sleep(patience);
    }
}

asio::awaitable<void> send(Feeding& feeding, Line& line) {
    for (;;) {
        while (feeding.ready.empty() && !feeding.no_more) co_await woken(feeding.work);
        if (feeding.ready.empty() || feeding.stop.stop_requested()) break;
        const auto tap = feeding.ready.front();
        feeding.ready.pop_front();
        co_await deliver(feeding, line, tap);
    }
    if (--feeding.open_lines == 0) feeding.finished.cancel();
}

/// Cuts lines whose answer takes too long, and tells how far things are.
asio::awaitable<void> watch(Feeding& feeding) {
    while (feeding.open_lines > 0) {
        asio::steady_timer timer(co_await asio::this_coro::executor, feeding.options.tell_every);
        const auto late = Monotonic::now() - feeding.options.answer_in;
        for (auto& line : feeding.lines) {
            if (line.asked != Monotonic::time_point{} && line.asked < late && line.socket.is_open())
                line.socket.cancel();
        }
        if (feeding.tell) {
            FeedProgress progress{feeding.totals, feeding.now(), feeding.ready.size(), 0ms};
            for (const auto& line : feeding.lines)
                progress.waiting += line.asked != Monotonic::time_point{} ? 1 : 0;
            if (!feeding.ready.empty())
                progress.behind =
                    std::max<std::chrono::milliseconds>(progress.now - feeding.ready.front().at, 0ms);
            feeding.tell(progress);
        }
        co_await timer.async_wait(use_awaitable);
    }
}

}  // namespace

asio::awaitable<FeedTotals> feed(Target target, const Schedule& schedule, Time from, Time until,
                                 std::function<Time()> now, FeedOptions options, std::stop_token stop,
                                 std::function<void(const FeedProgress&)> tell,
                                 std::function<void(const std::string&)> acknowledged) {
    const auto executor = co_await asio::this_coro::executor;
    const auto feeding = std::make_shared<Feeding>(executor, std::move(target), schedule);
    feeding->from = from;
    feeding->until = until;
    feeding->now = std::move(now);
    feeding->options = options;
    feeding->stop = std::move(stop);
    feeding->tell = std::move(tell);
    feeding->acknowledged = std::move(acknowledged);
    feeding->open_lines = options.connections;

    // Nothing is expected to throw out of these; if it does, it surfaces from the loop instead of leaving it
    // waiting.
    const auto ended = [feeding](const std::exception_ptr& error) {
        if (error) std::rethrow_exception(error);
    };
    asio::co_spawn(executor, pace(*feeding), ended);
    for (std::size_t i = 0; i < options.connections; ++i) {
        auto& line = feeding->lines.emplace_back(Line{asio::ip::tcp::socket(executor), {}, {}});
        asio::co_spawn(executor, send(*feeding, line), ended);
    }
    asio::co_spawn(executor, watch(*feeding), ended);
    while (feeding->open_lines > 0) co_await woken(feeding->finished);
    co_return feeding->totals;
}

}  // namespace outcry::feeder
