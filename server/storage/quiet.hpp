// server/storage/quiet.hpp: announced work on a service, and silences with an end and a reason.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/storage/services.hpp"

namespace outcry::storage {

struct Maintenance {
    std::int32_t id{};
    ServiceId service{};
    Time starts{}, ends{};
    std::string title{};  // shown to everyone
    std::string by_whom{};
};

/// Those that end after `now`, by beginning.
std::vector<Maintenance> load_maintenances(Transaction&, Time now);
/// Those of the service, or of what it is a part of, that share a moment with [from, to), by beginning.
std::vector<Maintenance> load_windows_of(Transaction&, ServiceId, Time from, Time to);
/// The first window of the same service that shares a moment with this one.
std::optional<Maintenance> find_overlap(Transaction&, const Maintenance&);
/// lock_service() and find_overlap() first: two that overlap are an error of the database.
std::int32_t add_maintenance(Transaction&, const Maintenance&, Time now);
/// One that has begun ends now, one that has not is cancelled. False when it is over.
bool end_maintenance(Transaction&, std::int32_t id, Time now);

struct Silence {
    std::int32_t id{};
    std::optional<ServiceId> service{};
    std::string group{};  // neither: everything
    Time starts{}, ends{};
    std::string reason{}, by_whom{};
};

/// Those that end after `now`, by end.
std::vector<Silence> load_silences(Transaction&, Time now);
std::int32_t add_silence(Transaction&, const Silence&, Time now);
/// False when it is over.
bool end_silence(Transaction&, std::int32_t id, Time now);

}  // namespace outcry::storage
