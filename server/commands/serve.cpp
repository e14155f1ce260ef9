// server/commands/serve.cpp: `outcry serve`: the site, until it is told to stop.
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <CLI/App.hpp>
#include <iostream>

#include "server/app/app.hpp"
#include "server/app/log.hpp"
#include "server/commands/catalogue.hpp"
#include "server/commands/session.hpp"
#include "server/commands/setup.hpp"
#include "server/operator/account/link.hpp"

namespace outcry::commands {
namespace {

/// What a running instance can take over; the rest waits for the next start, and that is said.
void reload(const Invocation& invocation, config::Config& current) try {
    const auto fresh = load_settings(invocation);
    app::start_logging(fresh.log_level, fresh.log_format);
    const auto before = config::describe(current), after = config::describe(fresh);
    std::string waiting;
    for (std::size_t i = 0; i < after.size(); ++i)
        if (after[i].second != before[i].second && !after[i].first.starts_with("log."))
            waiting += " " + after[i].first;
    current = fresh;
    spdlog::info("settings read again{}", waiting.empty() ? "" : "; in force after the next start:" + waiting);
} catch (const Failure& failure) {
    spdlog::error("the new settings are wrong, the old ones stay: {}", failure.what());
}

/// Without a user, whoever started the program is shown the way in: on standard output, not in the log.
void offer_setup(app::App& app, const config::Config& settings) {
    if (const auto address = setup_address(app, settings, operators::link_lasts))
        std::cout << "No operator yet. Open this within 24 hours to set up the first one; it works once:\n  "
                  << *address << std::endl;
}

Exit serve(const Invocation& invocation) {
    auto settings = load_settings(invocation);
    app::start_logging(settings.log_level, settings.log_format);
    for (const auto& sentence : config::unknown_variables(config::read_environment()))
        spdlog::warn("{}", sentence);
    try {
        app::App app(settings);
        if (settings.starter_catalogue)
            if (const auto imported = import_starter_catalogue(app.database()))
                spdlog::info("imported the starter catalogue, {} services", imported);
        app.start();
        offer_setup(app, settings);
        spdlog::info("serving http://{}{}/", settings.listen, settings.base_path);
        const bool told = app.wait([&] { reload(invocation, settings); });
        app.stop();
        spdlog::info("stopped");
        return told ? Exit::ok : Exit::failed;
    } catch (const app::DatabaseTrouble& trouble) {
        throw Failure(Exit::database, trouble.what(), trouble.next);
    } catch (const app::ListenTrouble& trouble) {
        throw Failure(Exit::failed, trouble.what(), trouble.next);
    }
}

}  // namespace

void add_serve(CLI::App& program, Invocation& invocation) {
    program.add_subcommand("serve", "Serve the site and the API, count and judge")->callback([&invocation] {
        invocation.run = [&invocation] { return serve(invocation); };
    });
}

}  // namespace outcry::commands
