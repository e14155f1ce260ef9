// server/app/notifier_options.cpp: settings put where each is used.
#include "server/app/notifier_options.hpp"

namespace outcry::app {

outbound::ClientOptions outbound_options(const config::Config& config) {
    return {.rules = outbound::AddressRules(config.outbound_allow_networks),
            .ca_file = config.outbound_ca_file};
}

notify::NotifierOptions notifier_options(const config::Config& config) {
    notify::NotifierOptions options;
    options.node = static_cast<std::int32_t>(config.node);
    if (!config.public_url.empty()) options.addresses.site = config.public_url + config.base_path;
    // With a listener of their own, operators come by an address that is not known here.
    if (config.operator_listen.empty()) options.addresses.console = options.addresses.site;
    options.outbound = outbound_options(config);
    if (!config.mail_server.empty())
        options.mail = outbound::MailServer{.url = config.mail_server,
                                            .user = config.mail_user,
                                            .password = config.mail_password,
                                            .from = config.mail_from,
                                            .tls = config.mail_tls,
                                            .ca_file = config.outbound_ca_file};
    return options;
}

}  // namespace outcry::app
