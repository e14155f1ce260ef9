// server/commands/setup.cpp: see the header.
#include "server/commands/setup.hpp"

#include "server/operator/link.hpp"
#include "server/storage/database.hpp"

namespace outcry::commands {

std::optional<std::string> setup_address(app::App& app, const config::Config& settings,
                                         std::chrono::milliseconds lasts) {
    const auto link = app.database().run(
        [&](storage::Transaction& tx) { return operators::make_setup_link(tx, app.now(), app.now() + lasts); });
    if (!link) return std::nullopt;
    return operators::base_address(settings.public_url, settings.listen_address(), app.port(),
                                   settings.base_path) +
           *link;
}

}  // namespace outcry::commands
