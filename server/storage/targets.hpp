// server/storage/targets.hpp: whom to tell, and how they are reached.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/storage/database.hpp"

namespace outcry::storage {

using TargetId = std::int32_t;

struct Target {
    TargetId id{};
    std::string name{};
    std::string kind{};        // "webhook", "slack", "pagerduty", "mail"
    std::string address{};     // URL; of mail the recipients, joined by commas
    std::string secret{};      // signs webhooks; PagerDuty's routing key
    std::string old_secret{};  // signs too, until:
    std::optional<Time> old_secret_until{};
    int failures = 0;  // attempts in a row that failed
    std::optional<Time> failing_since{}, off_since{};
    std::optional<Time> asked_until{};  // it wants no request before
    std::string off_why{};              // "operator", "gone" (it answered 410), "failing"
    Time made{};
};

/// By name; removed ones are left out.
std::vector<Target> load_targets(Transaction&);
std::optional<Target> load_target(Transaction&, TargetId);
/// Nothing when there is one of that name. Of `target` name, kind, address and secret are kept.
std::optional<TargetId> add_target(Transaction&, const Target& target, Time now);
/// Name, address and, unless it is empty, secret. False when there is no such target.
bool edit_target(Transaction&, const Target&);
/// The old secret signs beside the new one until then. False when it is no webhook.
bool rotate_secret(Transaction&, TargetId, const std::string& fresh, Time old_until);
/// What waits for it fails. Its name when it was on until now.
std::optional<std::string> switch_off(Transaction&, TargetId, const std::string& why, Time now);
bool switch_on(Transaction&, TargetId);
/// With its routes; what it was sent stays readable.
bool remove_target(Transaction&, TargetId, Time now);
void count_success(Transaction&, TargetId);
void count_failure(Transaction&, TargetId, Time now);
/// Nothing is sent to it before `until`.
void ask_to_wait(Transaction&, TargetId, Time until);

}  // namespace outcry::storage
