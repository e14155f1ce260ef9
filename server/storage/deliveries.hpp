// server/storage/deliveries.hpp: every message to every target: claimed, attempted, settled, and readable
// later.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/storage/notifications.hpp"

namespace outcry::storage {

using DeliveryId = std::int64_t;

struct Claim {
    Time now{};
    Time until{};  // afterwards another node may take it
    std::int32_t node = 0;
    int most = 1;
    bool failing_too = true;  // also targets whose last attempt failed
};

/// A delivery that is this node's to send.
struct Claimed {
    DeliveryId id{};
    TargetId target{};
    int attempts = 0;                   // of the schedule, so far
    std::optional<std::string> body{};  // what was sent before; none: nothing yet
    News news{};
    int number = 0;  // attempts ever
};

/// One for each target at most, and none while an earlier one of the same incident waits.
std::vector<Claimed> claim_deliveries(Transaction&, const Claim&);
/// `peak`: of the incident, as the body has it.
void keep_body(Transaction&, DeliveryId, const std::string& body, std::optional<std::uint32_t> peak);
/// At start: what this node was sending when it ended is to be sent again.
void release_claims(Transaction&, std::int32_t node);

struct Attempt {
    int number = 0;
    Time at{};
    std::chrono::milliseconds took{};
    std::string request{};  // headers, without secrets
    unsigned status = 0;
    std::string answer{};
    bool cut = false;
    std::string trouble{}, detail{};
};
void add_attempt(Transaction&, DeliveryId, const Attempt&);

struct Settlement {
    std::string state{};  // "waiting" (until `due`), "delivered", "failed"
    std::string why{};    // it failed: "exhausted", "refused", "gone"
    Time due{}, now{};
};
/// False when another node has taken it over since it was claimed.
bool settle(Transaction&, const Claimed&, std::int32_t node, const Settlement&);

/// What was held back until now.
struct Held {
    DeliveryId id{};
    TargetId target{};
    News news{};
};
/// Wholes before their parts; of incidents that are over nothing but their end.
std::vector<Held> load_held_due(Transaction&, Time now);
/// The target was told of the open incident that this one is a part of or, `or_part`, of an open part of it.
bool is_told_by_merge(Transaction&, const IncidentId&, TargetId, bool or_part);
/// `held_by` empty: it goes out at `due`.
void hold(Transaction&, DeliveryId, const std::string& held_by, Time due);
/// It is not told at all; `why`: "over", "acknowledged", "line" (none lets it through any more).
void cancel_delivery(Transaction&, DeliveryId, const std::string& why, Time now);
/// A silence, window or route has changed: what is held back is looked at anew.
void look_at_held_again(Transaction&, Time now);

struct DeliveryFilter {
    std::optional<TargetId> target{};
    std::optional<std::string> state{};
    std::optional<DeliveryId> before{};  // cursor
    std::optional<DeliveryId> id{};
    int limit = 50;
};
struct DeliveryRecord {
    DeliveryId id{};
    TargetId target{};
    std::string target_name{}, target_kind{}, state{}, why{}, held_by{};
    Time due{}, made{};
    std::optional<Time> settled{};
    int attempts = 0;
    std::string body{};
    News news{};
    std::string service_slug{}, service_name{};  // empty: of none
    unsigned last_status = 0;
    std::string last_trouble{};
    std::optional<Time> asked_until{};  // the target wants no request before
};
/// Until when it waits since its target asked for that; nothing when it waits longer for something else.
std::optional<Time> asked_until(const DeliveryRecord&);
/// Newest first.
std::vector<DeliveryRecord> load_deliveries(Transaction&, const DeliveryFilter&);
/// Oldest first.
std::vector<Attempt> load_attempts(Transaction&, DeliveryId);
/// By hand: from the beginning of the schedule, with the same id and body. False when it is being sent.
bool send_again(Transaction&, DeliveryId, Time now);

}  // namespace outcry::storage
