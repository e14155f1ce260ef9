// server/notify/courier.hpp: takes one message to one target, once.
#pragma once
#include <optional>
#include <string>

#include "server/outbound/client.hpp"
#include "server/outbound/smtp.hpp"
#include "server/storage/deliveries.hpp"

namespace outcry::notify {

/// What one attempt was, and what follows from it.
struct Attempted {
    storage::Attempt attempt;  // without its number
    enum class Result { arrived, failed, refused, gone } result = Result::failed;
    std::optional<std::chrono::milliseconds> asked{};  // how long the receiver wants to be left alone
};

/// refused: sending the same again makes no sense; gone: nothing should be sent there any more (HTTP 410).
class Courier {
 public:
    /// Without a mail server, mail fails with a word for it. `stop`, once true, hangs up on who is slow.
    Courier(outbound::ClientOptions, std::optional<outbound::MailServer>, const std::atomic<bool>* stop,
            outbound::Resolve = outbound::resolve_by_system);

    /// Blocks for up to ten seconds. From any thread.
    Attempted attempt(const storage::Target&, const storage::News&, const std::string& body, Time now) const;

 private:
    Attempted post(const storage::Target&, const storage::News&, const std::string& body, Time now) const;
    Attempted mail(const storage::Target&, const storage::News&, const std::string& body, Time now) const;

    outbound::Client client_;
    std::optional<outbound::MailServer> mail_server_;
    const std::atomic<bool>* stop_;
};

}  // namespace outcry::notify
