// server/api/events.cpp: GET /events: what changes, as Server-Sent Events.
#include "server/api/events.hpp"

#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <charconv>

#include "server/api/query.hpp"
#include "server/api/refusals.hpp"
#include "server/api/shared_answer.hpp"
#include "server/http/negotiation.hpp"

namespace outcry::api {

using boost::asio::awaitable;

namespace {

class Listener : public http::FrameSource {
 public:
    explicit Listener(std::unique_ptr<live::EventHub::Subscription> subscription)
        : subscription_(std::move(subscription)) {}
    awaitable<std::shared_ptr<const std::string>> next() override { return subscription_->next(); }

 private:
    std::unique_ptr<live::EventHub::Subscription> subscription_;
};

std::vector<std::string> read_services(Query& query, const live::Catalogue& catalogue) {
    constexpr std::size_t most = 100;
    std::vector<std::string> slugs;
    std::string_view list = query.text("services").value_or("");
    while (!list.empty()) {
        const auto slug = list.substr(0, list.find(','));
        list.remove_prefix(std::min(slug.size() + 1, list.size()));
        if (slug.empty()) continue;
        if (!catalogue.find(slug))
            query.refuse("services", "There is no service '" + std::string(slug) + "' here.");
        if (slugs.size() == most) {
            query.refuse("services", "At most 100 services; leave the parameter out to hear of all.");
            break;
        }
        slugs.emplace_back(slug);
    }
    return slugs;
}

/// What is no number of ours starts afresh, as if it had not been said.
std::optional<std::uint64_t> read_last_id(std::string_view text) {
    std::uint64_t id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    const bool whole = !text.empty() && error == std::errc{} && end == text.data() + text.size();
    return whole ? std::optional{id} : std::nullopt;
}

}  // namespace

awaitable<http::Response> listen(const http::Request& request, std::shared_ptr<const live::Catalogue> catalogue,
                                 live::EventHub& hub) {
    using namespace std::chrono_literals;
    if (!http::accepts(request.header("accept"), "text/event-stream"))
        co_return not_acceptable("text/event-stream");
    Query query(request, {"services"});
    auto services = read_services(query, *catalogue);
    if (auto refusal = query.refusal()) co_return std::move(*refusal);
    if (hub.subscribers() >= most_listeners) co_return overloaded("Too many are listening already.", 30s);

    http::Response response;
    open_to_every_origin(response);
    const auto last_id = read_last_id(request.header("last-event-id"));
    const auto executor = co_await boost::asio::this_coro::executor;
    response.stream = std::make_unique<Listener>(hub.subscribe(executor, std::move(services), last_id));
    co_return response;
}

}  // namespace outcry::api
