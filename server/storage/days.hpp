// server/storage/days.hpp: summaries of whole days and hours of many services, to learn from at a start.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "analytics/history.hpp"
#include "server/storage/database.hpp"
#include "server/storage/services.hpp"

namespace outcry::storage {

/// Days since 1970, UTC.
using Day = std::int32_t;

inline Day day_of(Minute at) {
    return static_cast<Day>(std::chrono::floor<std::chrono::days>(at).time_since_epoch().count());
}
inline Minute start_of(Day day) {
    return Minute{std::chrono::days{day}};
}

struct DaysProgress {
    std::optional<Day> until;      // days before this are summed up; nothing before the first
    std::optional<Day> first_bin;  // the day of the first bin there is
};
DaysProgress load_days_progress(Transaction&);
void set_days_until(Transaction&, Day);
/// The days from this one on have to be summed up again.
void lower_days_until(Transaction&, Day);

using QuartersOfServices = std::map<ServiceId, analytics::DayOfQuarters>;

/// Adds the bins of [from, to), which lie in one day.
void add_quarters(Transaction&, Minute from, Minute to, QuartersOfServices&);
/// Replaces what is there.
void write_days(Transaction&, Day, QuartersOfServices::const_iterator first,
                QuartersOfServices::const_iterator last);

struct ServiceDay {
    ServiceId service{};
    Day day = 0;
    analytics::DayOfQuarters quarters{};
};
struct ServiceHour {
    ServiceId service{};
    Minute hour{};
    std::uint32_t reports = 0;
};
/// Of these services, ordered by service, then time; days and hours without reports are left out.
std::vector<ServiceDay> load_days(Transaction&, std::span<const ServiceId>, Day from, Day to);
std::vector<ServiceHour> load_hours_of(Transaction&, std::span<const ServiceId>, Minute from, Minute to);

}  // namespace outcry::storage
