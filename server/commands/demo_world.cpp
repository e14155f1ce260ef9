// server/commands/demo_world.cpp: catalogue, rates and history of the demo.
#include "server/commands/demo_world.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "server/catalogue/catalogue_file.hpp"
#include "server/commands/catalogue.hpp"
#include "server/live/zones.hpp"
#include "server/storage/bins.hpp"

namespace outcry::commands {
namespace {

constexpr double quietest = .4, busiest = 60;  // ordinary reports of a quarter hour by day

std::chrono::minutes offset_of(const storage::Service& service, Time at) {
    const auto zone = live::load_zone(service.zone, at);
    return std::chrono::duration_cast<std::chrono::minutes>(zone ? zone->offset(at) : std::chrono::seconds{0});
}

/// "example-isp" becomes "Example ISP": a stand-in, to be told from the real ones. Short words are
/// abbreviations.
std::string name_from(const std::string& slug) {
    std::string name;
    for (std::size_t first = 0; first < slug.size();) {
        const auto end = std::min(slug.find('-', first), slug.size());
        const std::size_t capitals = end - first <= 3 ? end : first + 1;
        for (std::size_t i = first; i < end; ++i) {
            const bool lower = slug[i] >= 'a' && slug[i] <= 'z';
            name += i < capitals && lower ? static_cast<char>(slug[i] - 'a' + 'A') : slug[i];
        }
        if (end < slug.size()) name += ' ';
        first = end + 1;
    }
    return name;
}

}  // namespace

void import_demo_catalogue(storage::Database& database, const feeder::Scenario& scenario, Time since) {
    database.run([&](storage::Transaction& tx) {
        std::map<std::string, storage::ServiceId> ids;
        for (auto& entry : catalogue::parse_catalogue(starter_catalogue())) {
            if (!entry.parent.empty()) entry.service.parent = ids.at(entry.parent);
            ids[entry.service.slug] = storage::put_service(tx, entry.service, since);
        }
        for (const auto& wanted : scenario.services) {
            if (ids.contains(wanted.slug)) continue;
            storage::Service stand_in;
            stand_in.slug = wanted.slug;
            stand_in.name = name_from(wanted.slug);
            stand_in.group = "Internet and telephone";
            stand_in.zone = "America/New_York";
            for (const auto& category : scenario.categories) {
                stand_in.categories.push_back({0, category.value, name_from(category.value)});
            }
            ids[wanted.slug] = storage::put_service(tx, stand_in, since);
        }
    });
}

std::vector<DemoService> choose_services(storage::Database& database, const feeder::Scenario& scenario,
                                         std::size_t others) {
    const auto services = database.run([](storage::Transaction& tx) { return storage::load_services(tx); });
    const auto role_of = [&](const storage::Service& service) {
        const auto is = [&](const auto& role) { return role.slug == service.slug; };
        const auto found = std::find_if(scenario.services.begin(), scenario.services.end(), is);
        return found == scenario.services.end() ? nullptr : &*found;
    };
    std::vector<DemoService> chosen;
    std::vector<const storage::Service*> rest;
    for (const auto& service : services) {
        const auto* role = role_of(service);
        if (role == nullptr) {
            rest.push_back(&service);
            continue;
        }
        const auto seed = chosen.size() + 1;
        chosen.push_back(
            {service, {scenario.ordinary * role->scale, offset_of(service, scenario.starts()), seed}, role});
    }
    others = std::min(others, rest.size());
    for (std::size_t i = 0; i < others; ++i) {
        const auto& service = *rest[i * rest.size() / others];
        // 17 and the number of others have no common factor for any sensible number: busy and quiet ones stand
        // mixed.
        const double place =
            static_cast<double>(i * 17 % others) / static_cast<double>(std::max<std::size_t>(others - 1, 1));
        const double by_day = quietest * std::pow(busiest / quietest, place);
        chosen.push_back(
            {service, {by_day, offset_of(service, scenario.starts()), chosen.size() + 1}, nullptr});
    }
    return chosen;
}

void write_history(storage::Database& database, const std::vector<DemoService>& services, Minute from,
                   Minute to, const std::function<void(double)>& tell) {
    const auto day = std::chrono::minutes{std::chrono::days{1}};
    for (auto first = from; first < to; first += day) {
        tell(static_cast<double>((first - from).count()) / static_cast<double>((to - from).count()));
        std::vector<storage::ServiceBin> bins;
        for (const auto& service : services) {
            for (auto minute = first; minute < std::min(first + day, to); minute += std::chrono::minutes{1}) {
                if (const auto count = service.ordinary.reports(minute); count > 0) {
                    bins.push_back({service.service.id, {.minute = minute, .reports = count}});
                }
            }
        }
        database.run([&](storage::Transaction& tx) { storage::import_bins(tx, bins); });
    }
    tell(1);
}

feeder::Schedule schedule_of(const std::vector<DemoService>& services, const feeder::Scenario& scenario) {
    feeder::Schedule schedule;
    for (const auto& [service, ordinary, role] : services) {
        std::vector<std::string> categories;
        for (const auto& category : service.categories) categories.push_back(category.key);
        const auto place = schedule.add_service(service.slug, std::move(categories));
        schedule.keep_ordinary(place, ordinary);
        if (role != nullptr) schedule.follow(place, scenario, role->scale);
    }
    return schedule;
}

}  // namespace outcry::commands
