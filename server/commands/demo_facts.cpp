// server/commands/demo_facts.cpp: incidents and bins, gathered by service.
#include "server/commands/demo_facts.hpp"

#include <algorithm>
#include <map>

#include "server/storage/bins.hpp"

namespace outcry::commands {

std::vector<storage::IncidentRecord> incidents_since(storage::Database& database, Time since) {
    storage::IncidentFilter filter;
    filter.since = since;
    filter.limit = 1'000;
    return database.run([&](storage::Transaction& tx) { return storage::load_incidents(tx, filter); });
}

DemoFacts gather_facts(storage::Database& database, const std::vector<DemoService>& services,
                       const feeder::FeedTotals& sent, Minute from) {
    DemoFacts facts{{}, sent.acknowledged, sent.refused, sent.given_up, 0};
    const auto incidents = incidents_since(database, from);
    for (const auto& [service, ordinary, role] : services) {
        ServiceFacts mine{service.slug, {}, 0};
        for (const auto& record : incidents) {
            if (record.service == service.id) mine.incidents.push_back(record.incident);
        }
        const auto bins = database.run([&, id = service.id](storage::Transaction& tx) {
            return storage::load_bins(tx, id, from, from + std::chrono::days{3});
        });
        std::map<Window, std::uint32_t> quarters;
        for (const auto& bin : bins) {
            facts.stored += bin.reports + bin.works + bin.repeated + bin.limited;
            mine.peak_15m = std::max(mine.peak_15m, quarters[window_of(bin.minute)] += bin.reports);
        }
        facts.services.push_back(std::move(mine));
    }
    return facts;
}

}  // namespace outcry::commands
