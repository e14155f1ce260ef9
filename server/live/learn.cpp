// server/live/learn.cpp: one thread reads, the others teach.
#include "server/live/learn.hpp"

#include <algorithm>
#include <deque>
#include <future>
#include <iterator>
#include <thread>

#include "analytics/history.hpp"
#include "server/live/zones.hpp"

namespace outcry::live {

namespace asio = boost::asio;
using analytics::History;
using storage::ServiceId;

namespace {

constexpr std::size_t services_at_a_time = 500;

/// What one piece of services is taught by.
struct Lesson {
    std::vector<Unlearned> services;
    std::vector<std::shared_ptr<const analytics::ZoneOffsets>> zones;
    std::vector<analytics::DetectorSettings> settings;
    std::vector<storage::ServiceDay> days;
    std::vector<storage::ServiceHour> hours;
    Minute days_until{}, until{};
};

Minute next_quarter(Minute at) {
    return std::chrono::floor<std::chrono::minutes>(window_of(at + std::chrono::minutes{14}));
}

/// The rows of one service among rows ordered by service.
template <class Rows>
auto rows_of(const Rows& rows, ServiceId service) {
    const auto first =
        std::partition_point(rows.begin(), rows.end(), [&](const auto& row) { return row.service < service; });
    const auto last =
        std::partition_point(first, rows.end(), [&](const auto& row) { return row.service == service; });
    return std::pair{first, last};
}

History taught(const Lesson& lesson, std::size_t place) {
    const auto& [service, first] = lesson.services[place];
    History history(next_quarter(first), lesson.zones[place]);
    auto [day, days_end] = rows_of(lesson.days, service->id);
    while (history.until() < lesson.days_until) {
        const auto today = storage::day_of(history.until());
        while (day != days_end && day->day < today) ++day;
        const bool there = day != days_end && day->day == today;
        const auto quarter = (history.until() - storage::start_of(today)) / std::chrono::minutes{15};
        history.learn(there ? day->quarters[static_cast<std::size_t>(quarter)] : 0);
    }
    auto [hour, hours_end] = rows_of(lesson.hours, service->id);
    while (history.until() < lesson.until) {
        const auto now = std::chrono::floor<std::chrono::hours>(history.until());
        while (hour != hours_end && hour->hour < now) ++hour;
        history.learn(hour != hours_end && hour->hour == now ? hour->reports / 4. : 0);
    }
    return history;
}

std::vector<Taught> teach(const Lesson& lesson) {
    std::vector<Taught> all;
    for (std::size_t i = 0; i < lesson.services.size(); ++i)
        all.push_back({lesson.services[i].service->id, taught(lesson, i).monitor(lesson.settings[i])});
    return all;
}

void take(std::vector<Taught>& all, std::vector<Taught>&& some) {
    std::move(some.begin(), some.end(), std::back_inserter(all));
}

}  // namespace

std::shared_ptr<const analytics::ZoneOffsets> Zones::operator()(const std::string& name) {
    const auto [place, fresh] = loaded_.try_emplace(name);
    if (fresh) place->second = load_zone(name, now_);
    return place->second;
}

asio::awaitable<std::vector<Taught>> learn(storage::Database& database, const SettingsHistory& settings,
                                           Zones& zones, const std::vector<Unlearned>& services,
                                           storage::Day summed_until, Minute until) {
    const Minute end = std::chrono::floor<std::chrono::hours>(until - judged_by_minute);
    const Minute days_until = std::min(storage::start_of(summed_until), end);
    std::vector<Taught> all;
    std::deque<std::future<std::vector<Taught>>> teaching;
    const std::size_t most = std::max(1u, std::thread::hardware_concurrency());
    for (std::size_t next = 0; next < services.size();) {
        auto lesson = std::make_shared<Lesson>();
        lesson->days_until = days_until;
        lesson->until = end;
        Minute from = end;
        std::vector<ServiceId> ids;
        for (; next < services.size() && ids.size() < services_at_a_time; ++next) {
            const auto& [service, first] = services[next];
            if (first >= end) continue;
            lesson->services.push_back(services[next]);
            lesson->zones.push_back(zones(service->zone));
            lesson->settings.push_back(settings.at(service->id, end).settings);
            ids.push_back(service->id);
            from = std::min(from, first);
        }
        auto read = [&](storage::Transaction& tx) {
            return std::pair{
                storage::load_days(tx, ids, storage::day_of(from), storage::day_of(days_until) + 1),
                storage::load_hours_of(tx, ids, days_until, end)};
        };
        std::tie(lesson->days, lesson->hours) = co_await database.read(read);
        if (teaching.size() >= most) {
            take(all, teaching.front().get());
            teaching.pop_front();
        }
        teaching.push_back(std::async(std::launch::async, [lesson] { return teach(*lesson); }));
    }
    for (auto& piece : teaching) take(all, piece.get());
    co_return all;
}

}  // namespace outcry::live
