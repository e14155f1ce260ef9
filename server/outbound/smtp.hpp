// server/outbound/smtp.hpp: one mail through the server that the settings of this machine name.
#pragma once
#include <atomic>
#include <chrono>
#include <string>
#include <vector>

#include "server/outbound/outcome.hpp"

namespace outcry::outbound {

/// Chosen in the settings of the machine, not in the console, so no rule keeps it from being a neighbour.
struct MailServer {
    std::string url{};   // "smtp://host:587" (STARTTLS), "smtps://host:465" (TLS from the first byte)
    std::string user{};  // empty: without signing in
    std::string password{};
    std::string from{};  // "status@example.org"
    bool tls = true;     // false: in the clear, for a relay on this machine
    std::string ca_file{};
    std::chrono::milliseconds patience{10'000};
};

/// "mara@example.org": one address without name, comment, blank or line break; so nothing that adds a header.
bool is_mail_address(const std::string&);

struct Mail {
    std::vector<std::string> to;
    std::string subject;  // UTF-8, one line
    std::string text;     // UTF-8, plain
    std::string id;       // unique; what replies and copies are known by
    std::string date;     // RFC 5322
};

/// The mail as it travels (RFC 5322, MIME). Pure. Throws std::invalid_argument when a recipient is no address.
std::string compose(const Mail&, const std::string& from);

/// Blocks for up to `patience`; all recipients or none. A permanent refusal has a status of 500 or more.
Outcome send_mail(const MailServer&, const Mail&, const std::atomic<bool>* stop = nullptr);

}  // namespace outcry::outbound
