// server/commands/demo_statements.cpp: as an operator would write them down.
#include "server/commands/demo_statements.hpp"

#include <string>

#include "server/storage/statements.hpp"

namespace outcry::commands {

DemoStatements::DemoStatements(const feeder::Scenario& scenario, const std::vector<DemoService>& services)
    : official_(scenario.official) {
    for (const auto& each : services)
        if (each.service.slug == scenario.services.front().slug) service_ = each.service.id;
}

void DemoStatements::write_down(storage::Database& database, Time now) {
    auto until = written_;
    while (until < official_.size() && official_[until].at <= now) ++until;
    if (until == written_) return;
    database.run([&](storage::Transaction& tx) {
        for (auto i = written_; i < until; ++i)
            storage::add_statement(tx, service_,
                                   {.external_id = "demo " + std::to_string(i + 1),
                                    .at = official_[i].at,
                                    .status = official_[i].status,
                                    .title = {},
                                    .text = official_[i].summary,
                                    .address = {},
                                    .by_whom = "demo"},
                                   now);
    });
    written_ = until;
}

}  // namespace outcry::commands
