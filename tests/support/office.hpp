// tests/support/office.hpp: a notifier beside its database and real receivers; time is stepped.
#pragma once
#include <boost/asio/detached.hpp>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "server/app/phrase.hpp"
#include "server/live/catalogue.hpp"
#include "server/notify/notifier.hpp"
#include "server/notify/signature.hpp"
#include "server/storage/acknowledgements.hpp"
#include "server/storage/alert_routes.hpp"
#include "server/storage/deliveries.hpp"
#include "server/storage/incident_acts.hpp"
#include "server/storage/incidents.hpp"
#include "server/storage/new_id.hpp"
#include "server/storage/quiet.hpp"
#include "tests/support/await.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/node_receiver.hpp"
#include "tests/support/private_postgres.hpp"

namespace outcry::tests {

using namespace std::chrono_literals;
using nlohmann::json;
using storage::Transaction;

inline const Minute noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 22} + 12h};
inline const std::string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
using Words = std::vector<std::string>;

/// Two services, a notifier that may reach loopback, and a clock that is moved by hand.
struct Office {
    PrivateDatabase place;
    TemporaryFolder folder;
    storage::Database database{place.serving(3)};
    boost::asio::io_context context;
    live::Clock clock{noon, 0};
    std::shared_ptr<const live::Catalogue> catalogue;
    std::string log = folder.path() / "log";
    std::optional<NodeReceiver> receiver;
    std::unique_ptr<notify::Notifier> notifier;

    explicit Office(std::optional<outbound::MailServer> mail = {}) {
        database.run([&](Transaction& tx) {
            for (const auto* slug : {"mail", "chat"}) {
                storage::Service service;
                service.slug = slug;
                service.name = std::string(slug) == "mail" ? "Mail" : "Chat";
                service.group = "Office";
                storage::put_service(tx, service, noon - 24h);
            }
            catalogue = std::make_shared<const live::Catalogue>(live::load_catalogue(tx, noon));
        });
        receive();
        notifier = make_notifier(0, std::move(mail));
    }

    void receive(const std::string& with = secret) {
        const auto port = receiver ? receiver->http() : 0;
        receiver.reset();
        receiver.emplace(log, with, port);
    }

    std::unique_ptr<notify::Notifier> make_notifier(int node, std::optional<outbound::MailServer> mail = {},
                                                    std::chrono::milliseconds patience = 10s,
                                                    notify::NotifierOptions options = {}) {
        options.node = node;
        options.addresses = {"https://status.example.org", "https://status.example.org"};
        options.outbound.rules = outbound::AddressRules({"127.0.0.0/8"});
        options.outbound.patience = patience;
        options.mail = std::move(mail);
        return std::make_unique<notify::Notifier>(
            context.get_executor(), database, clock, [this] { return catalogue; }, app::make_phrase(), options);
    }

    std::string at(const std::string& path) {
        return "http://127.0.0.1:" + std::to_string(receiver->http()) + path;
    }

    storage::TargetId add_target(const std::string& kind, const std::string& address,
                                 const std::string& key = secret) {
        storage::Target target;
        target.name = kind + ' ' + address;
        target.kind = kind;
        target.address = address;
        target.secret = key;
        return database.run(
            [&](Transaction& tx) { return storage::add_target(tx, target, clock.now()).value(); });
    }
    storage::AlertRoute route_to(storage::TargetId target) {
        storage::AlertRoute route;
        route.target = target;
        return route;
    }
    void add_route(const storage::AlertRoute& route) {
        database.run([&](Transaction& tx) { storage::add_alert_route(tx, route, clock.now()); });
    }
    storage::TargetId hook() {
        const auto target = add_target("webhook", at("/hook"));
        add_route(route_to(target));
        return target;
    }

    /// The pulse's own step: opens, updates or closes the incident of a service, now.
    std::string record(const std::string& what, storage::ServiceId service = 1, Minute opened = noon,
                       const std::string& region = "") {
        analytics::Transition transition;
        transition.service = service;
        transition.at = minute_of(clock.now());
        transition.opened = what == "opened";
        transition.updated = what == "updated";
        transition.closed = what == "closed";
        transition.from = transition.to = analytics::State::spike;
        auto& incident = transition.incident;
        incident.phase = transition.closed ? analytics::Phase::closed : analytics::Phase::open;
        incident.began = opened - 5min;
        incident.opened = opened;
        if (transition.closed) incident.closed = transition.at;
        incident.peak = 400 + static_cast<std::uint32_t>((transition.at - opened).count());
        incident.peak_at = transition.at;
        incident.total = 1234;
        incident.region = analytics::region_key(region);
        incident.reasons.until = opened;
        incident.reasons.state = analytics::State::spike;
        incident.reasons.observed = 112;
        incident.reasons.expected = 3.25;
        return database.run(
            [&](Transaction& tx) { return storage::record_transition(tx, transition, 1, clock.now())->id; });
    }

    /// Moves the clock; then one look, and everything it began is awaited.
    void step(std::chrono::milliseconds span = 0ms) {
        clock = live::Clock{clock.now() + span, 0};
        await(context, notifier->look());
    }
    void steps(int count, std::chrono::milliseconds span) {
        for (int i = 0; i < count; ++i) step(span);
    }

    std::vector<json> webhooks() { return heard(log, "webhook"); }
    Words types() {
        Words all;
        for (const auto& line : webhooks())
            all.push_back(line.contains("refused") ? "refused" : line["type"].get<std::string>());
        return all;
    }
    std::size_t distinct() {
        std::set<std::string> ids;
        for (const auto& line : webhooks()) ids.insert(line["id"].get<std::string>());
        return ids.size();
    }
    std::string ask(const std::string& sql) { return place.ask(sql); }
    /// What this target has heard of an incident, in order.
    std::string sent(storage::TargetId target, const std::string& incident) {
        return ask(
            "select coalesce(string_agg(n.kind, ' ' order by d.id), '') from delivery d join notification n "
            "on n.id = d.notification_id where d.state = 'delivered' and d.target_id = " +
            std::to_string(target) + " and n.incident_id = '" + incident + "'");
    }
    void silence(std::optional<storage::ServiceId> service, Time until) {
        storage::Silence silence{.ends = until, .reason = "known", .by_whom = "mara"};
        silence.service = service;
        silence.starts = noon;
        database.run([&](Transaction& tx) { storage::add_silence(tx, silence, noon); });
    }
    void merge(const std::string& part, const std::string& whole) {
        database.run(
            [&](Transaction& tx) { REQUIRE(storage::merge_incident(tx, part, whole, "mara", clock.now())); });
    }
};

}  // namespace outcry::tests
