// server/http/session.cpp: one connection: head, guard, body, answer, and again; or a stream until one side
// ends it.
#include "server/http/session.hpp"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cstring>

#include "server/http/problem.hpp"
#include "server/http/request_head.hpp"
#include "server/http/response_head.hpp"

namespace outcry::http {

namespace asio = boost::asio;
using asio::awaitable;
using Phase = SessionRegistry::Phase;

namespace {

/// Bytes that have arrived and were not yet used; starts small, because most connections wait most of the time.
class Inbox {
 public:
    std::string_view view() const { return {bytes_.data(), filled_}; }
    asio::mutable_buffer space() {
        if (filled_ == bytes_.size()) bytes_.resize(bytes_.empty() ? 1024 : bytes_.size() * 4);
        return {bytes_.data() + filled_, bytes_.size() - filled_};
    }
    void arrived(std::size_t count) { filled_ += count; }
    void use(std::size_t count) {
        filled_ -= count;
        if (filled_ > 0) std::memmove(bytes_.data(), bytes_.data() + count, filled_);
    }

 private:
    std::string bytes_;
    std::size_t filled_ = 0;
};

class Session {
 public:
    Session(asio::ip::tcp::socket& socket, SessionContext& context, SessionRegistry::Entry& entry)
        : socket_(socket), context_(context), entry_(entry) {}

    /// Requests and answers, until the connection is over (null) or an answer is a stream.
    awaitable<std::unique_ptr<FrameSource>> run();

 private:
    enum class Next { request, end };

    awaitable<std::variant<RequestHead, Refusal, Next>> receive_head();
    awaitable<std::optional<Response>> refuse_large(const Request&, std::uint64_t length,
                                                    std::unique_ptr<BodyBudget::Room>&);
    awaitable<Next> receive_body(const Framing&, std::string& body);
    awaitable<Next> answer(Request, bool keep_alive);
    awaitable<Next> write(const Response&, bool keep_alive, bool with_body);
    awaitable<void> refuse(const Refusal&);
    awaitable<void> refuse(const Response&);
    awaitable<std::size_t> read_some(asio::mutable_buffer);

    asio::ip::tcp::socket& socket_;
    SessionContext& context_;
    SessionRegistry::Entry& entry_;
    Inbox inbox_;
    std::string head_text_;  // of the response; kept for its capacity
    std::unique_ptr<FrameSource> stream_;
};

Request make_request(RequestHead head, const asio::ip::address& peer, const TrustedProxies& trusted) {
    Request request;
    request.method = head.framing.method;
    request.target = std::move(head.raw.target);
    request.headers = std::move(head.raw.fields);
    request.client = client_address(peer, request.headers, trusted);
    request.secure = came_by_https(peer, request.headers, trusted);
    return request;
}

awaitable<std::unique_ptr<FrameSource>> Session::run() {
    boost::system::error_code error;
    const auto peer = socket_.remote_endpoint(error).address();
    if (error) co_return nullptr;
    for (auto next = Next::request; next == Next::request;) {
        auto received = co_await receive_head();
        if (std::holds_alternative<Next>(received)) co_return nullptr;
        if (const auto* refusal = std::get_if<Refusal>(&received)) {
            co_await refuse(*refusal);
            co_return nullptr;
        }
        auto& head = std::get<RequestHead>(received);
        const auto framing = head.framing;
        inbox_.use(head.bytes);
        auto request = make_request(std::move(head), peer, context_.trusted);
        std::unique_ptr<BodyBudget::Room> room;  // until the answer is made
        if (framing.content_length > usual_body_bytes) {
            if (const auto refusal = co_await refuse_large(request, framing.content_length, room)) {
                co_await refuse(*refusal);
                co_return nullptr;
            }
        }
        if (co_await receive_body(framing, request.body) == Next::end) co_return nullptr;
        next = co_await answer(std::move(request), framing.keep_alive);
    }
    co_return std::move(stream_);
}

awaitable<std::variant<RequestHead, Refusal, Session::Next>> Session::receive_head() {
    const bool begun = !inbox_.view().empty();
    entry_.enter(begun ? Phase::receiving : Phase::idle, begun ? context_.limits.header : context_.limits.idle);
    if (!begun && context_.registry.draining()) co_return Next::end;
    bool timed_from_first_byte = begun;
    for (;;) {
        if (!inbox_.view().empty()) {
            auto read = read_head(inbox_.view());
            if (auto* head = std::get_if<RequestHead>(&read)) co_return std::move(*head);
            if (const auto* refusal = std::get_if<Refusal>(&read)) co_return *refusal;
        }
        const auto count = co_await read_some(inbox_.space());
        if (count == 0) co_return Next::end;
        inbox_.arrived(count);
        if (!std::exchange(timed_from_first_byte, true)) entry_.enter(Phase::receiving, context_.limits.header);
    }
}

/// Nothing when the body may come; then it has its room.
awaitable<std::optional<Response>> Session::refuse_large(const Request& request, std::uint64_t length,
                                                         std::unique_ptr<BodyBudget::Room>& room) {
    entry_.enter(Phase::answering);
    auto refusal = co_await context_.router->refuse_body(request, length);
    if (refusal) co_return refusal;
    room = context_.large_bodies.take(static_cast<std::size_t>(length));
    if (room) co_return std::nullopt;
    auto busy = problem(503, "overload", "Other large bodies are being read",
                        "Nothing was read of this one. The same request will do in a few seconds.");
    busy.set("retry-after", "5");
    refusal = context_.router->complete(request, std::move(busy));
    co_return refusal;
}

awaitable<Session::Next> Session::receive_body(const Framing& framing, std::string& body) {
    const auto length = static_cast<std::size_t>(framing.content_length);
    const auto here = std::min(length, inbox_.view().size());
    body.assign(inbox_.view().substr(0, here));
    inbox_.use(here);
    if (here == length) co_return Next::request;
    const auto& limits = context_.limits;
    entry_.enter(Phase::receiving, length > usual_body_bytes ? limits.large_body : limits.body);
    if (framing.expects_continue && here == 0) {
        constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        boost::system::error_code error;
        co_await asio::async_write(socket_, asio::buffer(go_on),
                                   asio::redirect_error(asio::use_awaitable, error));
        if (error) co_return Next::end;
    }
    constexpr std::size_t step = 16 * 1024;  // memory is given as bytes come, not as they are promised
    for (auto filled = here; filled < length;) {
        body.resize(std::min(length, filled + step));
        const auto count = co_await read_some(asio::buffer(body.data() + filled, body.size() - filled));
        if (count == 0) co_return Next::end;
        filled += count;
        body.resize(filled);
    }
    co_return Next::request;
}

awaitable<Session::Next> Session::answer(Request request, bool keep_alive) {
    entry_.enter(Phase::answering);
    const bool with_body = request.method != Method::head;
    auto response = co_await context_.router->handle(std::move(request));
    const auto next = co_await write(response, keep_alive && !context_.registry.draining(), with_body);
    if (with_body) stream_ = std::move(response.stream);
    co_return next;
}

awaitable<Session::Next> Session::write(const Response& response, bool keep_alive, bool with_body) {
    entry_.enter(Phase::answering, context_.limits.write);
    write_head(head_text_, response, keep_alive);
    const bool has_body = with_body && response.body && response.status != 304 && response.status != 204;
    const std::array<asio::const_buffer, 2> parts{
        asio::buffer(head_text_), has_body ? asio::buffer(*response.body) : asio::const_buffer{}};
    boost::system::error_code error;
    co_await asio::async_write(socket_, parts, asio::redirect_error(asio::use_awaitable, error));
    co_return error || !keep_alive || response.stream ? Next::end : Next::request;
}

awaitable<void> Session::refuse(const Refusal& refusal) {
    auto response = problem(refusal.status, "bad-request", std::string(reason_phrase(refusal.status)),
                            std::string(refusal.reason));
    if (refusal.status == 405) response.set("allow", "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
    const auto complete = context_.router->complete(Request{}, std::move(response));
    co_await refuse(complete);
}

awaitable<void> Session::refuse(const Response& response) {
    co_await write(response, false, true);
    // Closing with unread bytes would reset the connection, and the client would never see why it was refused.
    boost::system::error_code error;
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
    entry_.enter(Phase::receiving, context_.limits.header);
    std::string ignored(4096, '\0');
    constexpr std::size_t most_ignored = 32 * 1024 * 1024;
    for (std::size_t total = 0; total < most_ignored;) {
        const auto count = co_await read_some(asio::buffer(ignored));
        if (count == 0) co_return;
        total += count;
    }
}

/// 0 when the other side has ended, or the connection is gone.
awaitable<std::size_t> Session::read_some(asio::mutable_buffer space) {
    boost::system::error_code error;
    const auto count =
        co_await socket_.async_read_some(space, asio::redirect_error(asio::use_awaitable, error));
    co_return error ? 0 : count;
}

/// Frames until one side ends. Nothing of the request is held any more: there may be ten thousand of these.
awaitable<void> send_frames(asio::ip::tcp::socket& socket, FrameSource& source, SessionRegistry::Entry& entry,
                            std::chrono::milliseconds most) {
    boost::system::error_code error;
    while (!error) {
        entry.enter(Phase::streaming);
        const auto frame = co_await source.next();
        if (!frame) co_return;
        entry.enter(Phase::streaming, most);
        co_await asio::async_write(socket, asio::buffer(*frame),
                                   asio::redirect_error(asio::use_awaitable, error));
    }
}

}  // namespace

awaitable<void> serve(asio::ip::tcp::socket socket, std::shared_ptr<SessionContext> context,
                      std::shared_ptr<asio::cancellation_signal> stop) {
    const auto strand = socket.get_executor();
    const auto end_stream = [strand, stop] {
        asio::post(strand, [stop] { stop->emit(asio::cancellation_type::terminal); });
    };
    SessionRegistry::Entry entry(context->registry, socket.native_handle(), end_stream);
    try {
        std::unique_ptr<FrameSource> source;
        {
            Session session(socket, *context, entry);
            source = co_await session.run();
        }
        if (source) co_await send_frames(socket, *source, entry, context->limits.stream_write);
    } catch (const std::exception&) {
        // A stream that was told to stop, or no memory left for this session: either way this connection is
        // over.
    }
}

}  // namespace outcry::http
