// tests/unit/live/event_hub_test.cpp: order, filters, reconnecting, and the end of a slow subscriber.
#include <catch2/catch.hpp>

#include <boost/asio/detached.hpp>

#include "server/live/event_hub.hpp"
#include "tests/support/await.hpp"

using namespace outcry;
using live::EventHub;

namespace {

struct Room {
    boost::asio::io_context context;
    EventHub hub{8, 4};
    auto listen(std::vector<std::string> services = {}, std::optional<std::uint64_t> last = {}) {
        return hub.subscribe(context.get_executor(), std::move(services), last);
    }
    std::string next(EventHub::Subscription& subscription) {
        const auto frame = tests::await(context, subscription.next());
        return frame ? *frame : "the end";
    }
};

std::uint64_t id_of(const std::string& frame) {
    return std::stoull(frame.substr(frame.find("id: ") + 4));
}

}  // namespace

TEST_CASE("a subscriber hears what it asked for, in order, one frame at a time") {
    Room room;
    const auto subscription = room.listen({"mail"});
    room.hub.publish({"counts", "mail", "{\"n\":1}"});
    room.hub.publish({"counts", "chat", "{\"n\":2}"});
    room.hub.publish({"state", "mail", "{\"n\":3}"});
    const auto first = room.next(*subscription), second = room.next(*subscription);
    CHECK(first == "id: " + std::to_string(id_of(first)) + "\nevent: counts\ndata: {\"n\":1}\n\n");
    CHECK(second.find("event: state") != second.npos);
    CHECK(id_of(second) == id_of(first) + 2);
}

TEST_CASE("a waiting subscriber is woken by an event") {
    Room room;
    const auto subscription = room.listen();
    std::string got;
    auto waiting = [&]() -> boost::asio::awaitable<void> { got = *co_await subscription->next(); };
    boost::asio::co_spawn(room.context, waiting(), boost::asio::detached);
    room.context.poll();
    CHECK(got.empty());
    room.hub.publish({"counts", "", "{}"});
    room.context.restart();
    room.context.run();
    CHECK(got.find("event: counts") != got.npos);
}

TEST_CASE("after a lost connection the events since are sent first") {
    Room room;
    const auto subscription = room.listen();
    for (int i = 0; i < 4; ++i) room.hub.publish({"counts", "mail", std::to_string(i)});
    const auto last = id_of(room.next(*subscription));
    const auto again = room.listen({}, last);
    CHECK(room.next(*again).find("data: 1\n") != std::string::npos);
    room.next(*again);
    CHECK(room.next(*again).find("data: 3\n") != std::string::npos);
}

TEST_CASE("an id that is no longer known, or never was, means reset") {
    Room room;
    const auto subscription = room.listen();
    room.hub.publish({"counts", "mail", "0"});
    const auto first = id_of(room.next(*subscription));
    for (int i = 0; i < 20; ++i) room.hub.publish({"counts", "mail", "x"});
    for (const auto id : {first, first + 1000, std::uint64_t{0}}) {
        const auto again = room.listen({}, id);
        CHECK(room.next(*again).find("event: reset") != std::string::npos);
        CHECK(room.hub.subscribers() == 2);
    }
}

TEST_CASE("a subscriber too far behind is cut off, the others go on") {
    Room room;
    const auto slow = room.listen(), other = room.listen();
    for (int i = 0; i < 5; ++i) {
        room.hub.publish({"counts", "mail", std::to_string(i)});
        room.next(*other);
    }
    CHECK(room.next(*slow) == "the end");
    room.hub.publish({"counts", "mail", "9"});
    CHECK(room.next(*other).find("data: 9") != std::string::npos);
}

TEST_CASE("closing ends everyone after what was published before") {
    Room room;
    const auto subscription = room.listen();
    room.hub.publish({"counts", "mail", "last"});
    room.hub.close();
    CHECK(room.next(*subscription).find("last") != std::string::npos);
    CHECK(room.next(*subscription) == "the end");
    CHECK(room.next(*room.listen()) == "the end");
}
