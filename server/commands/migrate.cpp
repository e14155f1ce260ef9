// server/commands/migrate.cpp: `outcry migrate`: the database's shape, step by step.
#include <fmt/format.h>

#include <CLI/App.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "server/app/log.hpp"
#include "server/commands/session.hpp"
#include "server/storage/migrations.hpp"

namespace outcry::commands {
namespace {

struct Options {
    bool plan = false, status = false;
};

std::string_view state_of(const storage::MigrationStatus& step) {
    if (step.edited) return "edited";
    if (step.newer) return "newer";
    return step.applied ? "applied" : "missing";
}

void print(const std::vector<storage::MigrationStatus>& steps, bool only_missing, bool json) {
    auto list = nlohmann::json::array();
    for (const auto& step : steps) {
        if (only_missing && step.applied) continue;
        if (json)
            list.push_back({{"number", step.number}, {"name", step.name}, {"state", state_of(step)}});
        else
            std::cout << fmt::format("{:<9}{}\n", state_of(step), step.name);
    }
    if (json) std::cout << list.dump() << '\n';
}

Exit migrate(const Invocation& invocation, const Options& options) try {
    const auto settings = load_settings(invocation);
    app::start_logging("warn", "text");
    const app::DatabaseServer server(settings, app::DatabaseServer::Use::share);
    const auto database = server.open_as_owner();
    if (options.status) {
        print(storage::list_migrations(*database), false, invocation.json);
        return Exit::ok;
    }
    const auto before = storage::migration_status(*database);
    if (options.plan) {
        print(before, true, invocation.json);
        return Exit::ok;
    }
    server.bring_up_to_date(by_command_line(),
                            [](const std::string& name) { std::cerr << "applied " << name << '\n'; });
    const auto missing =
        std::count_if(before.begin(), before.end(), [](const auto& step) { return !step.applied; });
    if (invocation.json)
        print(storage::migration_status(*database), false, true);
    else
        std::cerr << (missing == 0 ? "nothing to do\n" : "done\n");
    return Exit::ok;
} catch (const app::DatabaseTrouble& trouble) {
    throw Failure(Exit::database, trouble.what(), trouble.next);
} catch (const storage::MigrationError& error) {
    throw Failure(Exit::database, error.what(), "outcry migrate --status");
}

}  // namespace

void add_migrate(CLI::App& program, Invocation& invocation) {
    auto* command = program.add_subcommand("migrate", "Bring the database to the shape this version expects");
    const auto options = std::make_shared<Options>();
    auto* plan = command->add_flag("--plan", options->plan, "Say what would be applied, and apply nothing");
    command->add_flag("--status", options->status, "Say what was applied and what is missing")->excludes(plan);
    command->callback([&invocation, options] {
        invocation.run = [&invocation, options] { return migrate(invocation, *options); };
    });
}

}  // namespace outcry::commands
