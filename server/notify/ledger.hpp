// server/notify/ledger.hpp: the steps of telling, each in one transaction: news spread, work claimed, attempts
// settled.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "server/live/catalogue.hpp"
#include "server/notify/courier.hpp"
#include "server/notify/message.hpp"
#include "server/notify/plan.hpp"

namespace outcry::notify {

/// One message on its way.
struct Job {
    storage::Claimed claimed;
    storage::Target target;
    std::string body;
};

/// What stands before a page's path, such as "https://status.example.org/outcry"; empty: no links.
struct Addresses {
    std::string site{}, console{};  // console: operators' pages, where they are reached by that address
};

/// A target that was switched off by what it answered.
struct SwitchedOff {
    std::string name, why;
};

/// How far the news has been spread.
struct Spread {
    bool all = false;    // nothing is left in the outbox, and no other node is at it
    bool ended = false;  // an incident has; a part of it may go on alone
};

/// Every step may be done twice, by several nodes, or be cut off in the middle: no news is lost, and none is
/// told under a second id.
class Ledger {
 public:
    using Services = std::function<std::shared_ptr<const live::Catalogue>()>;

    Ledger(Services, Phrase, Addresses, std::int32_t node);

    /// From the outbox to those who are to be told.
    Spread spread(storage::Transaction&, Time now) const;
    /// Reminders, escalations, what was held back until now, and parts that outlast their whole. After a
    /// spread() of all, in its transaction: an end that is still in the outbox has called nothing off.
    void watch(storage::Transaction&, Time now) const;
    /// Up to `most` messages that are this node's to send until `until`.
    std::vector<Job> claim(storage::Transaction&, Time now, Time until, int most, bool failing_too) const;
    /// What an attempt has come to; who was switched off by it.
    std::optional<SwitchedOff> settle(storage::Transaction&, const Job&, const Attempted&, Time now) const;

 private:
    Subject subject(std::optional<storage::ServiceId>, const std::string& region, double severity) const;
    Facts facts(storage::Transaction&, const storage::News&) const;
    void release_held(storage::Transaction&, const Rules&, Time now) const;

    Services services_;
    Phrase phrase_;
    std::string site_, console_;
    std::int32_t node_;
};

}  // namespace outcry::notify
