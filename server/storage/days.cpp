// server/storage/days.cpp: packed days, one row for each service and day.
#include "server/storage/days.hpp"

#include <fmt/format.h>

#include "queries.hpp"
#include "server/storage/array_text.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {
namespace {

std::string array_of(std::span<const ServiceId> services) {
    ArrayText ids;
    for (const auto id : services) ids.add(id);
    return ids.str();
}

std::optional<Day> maybe_day(const pqxx::field& field) {
    return field.is_null() ? std::nullopt : std::optional{field.as<Day>()};
}

}  // namespace

DaysProgress load_days_progress(Transaction& tx) {
    const auto rows = tx.exec(sql::load_days_until);
    return {.until = maybe_day(rows[0][0]), .first_bin = maybe_day(rows[0][1])};
}

void set_days_until(Transaction& tx, Day day) {
    tx.exec(sql::set_days_until, day);
}

void lower_days_until(Transaction& tx, Day day) {
    tx.exec(sql::lower_days_until, day);
}

void add_quarters(Transaction& tx, Minute from, Minute to, QuartersOfServices& sums) {
    for (const auto& row : tx.exec(sql::sum_quarters, seconds(from), seconds(to)))
        sums[row[0].as<ServiceId>()][row[1].as<std::size_t>()] += row[2].as<std::uint32_t>();
}

void write_days(Transaction& tx, Day day, QuartersOfServices::const_iterator first,
                QuartersOfServices::const_iterator last) {
    ArrayText services, quarters;
    for (; first != last; ++first) {
        std::string hex;
        for (const char byte : analytics::pack(first->second))
            hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
        services.add(first->first);
        quarters.add_plain(hex);
    }
    tx.exec(sql::write_days, day, services.str(), quarters.str());
}

std::vector<ServiceDay> load_days(Transaction& tx, std::span<const ServiceId> services, Day from, Day to) {
    const auto rows = tx.exec(sql::load_days, array_of(services), from, to);
    std::vector<ServiceDay> days;
    days.reserve(rows.size());
    for (const auto& row : rows)
        days.push_back({row[0].as<ServiceId>(), row[1].as<Day>(), analytics::unpack_day(bytes_from(row[2]))});
    return days;
}

std::vector<ServiceHour> load_hours_of(Transaction& tx, std::span<const ServiceId> services, Minute from,
                                       Minute to) {
    std::vector<ServiceHour> hours;
    for (const auto& row : tx.exec(sql::load_hours_of, array_of(services), seconds(from), seconds(to)))
        hours.push_back({row[0].as<ServiceId>(), minute_from(row[1]), row[2].as<std::uint32_t>()});
    return hours;
}

}  // namespace outcry::storage
