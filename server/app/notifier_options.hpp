// server/app/notifier_options.hpp: what the settings say of notifications.
#pragma once
#include "server/config/config.hpp"
#include "server/notify/notifier.hpp"

namespace outcry::app {

outbound::ClientOptions outbound_options(const config::Config&);
notify::NotifierOptions notifier_options(const config::Config&);

}  // namespace outcry::app
