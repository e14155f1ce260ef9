// server/commands/setup.cpp: see the header.
#include "server/commands/setup.hpp"

#include "server/operator/account/link.hpp"
#include "server/storage/database.hpp"

namespace outcry::commands {

std::optional<std::string> setup_address(app::App& app, const config::Config& settings,
                                         std::chrono::milliseconds lasts) {
    const auto link = app.database().run([&](storage::Transaction& tx) {
        return operators::make_setup_link(tx, "outcry", app.now(), app.now() + lasts);
    });
    if (!link) return std::nullopt;
    // A listener of operators' own is not what the public address leads to.
    const auto seen = settings.operator_listen.empty() ? settings.public_url : std::string{};
    return operators::base_address(seen, settings.operator_address(), app.operator_port(), settings.base_path) +
           *link;
}

}  // namespace outcry::commands
