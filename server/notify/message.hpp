// server/notify/message.hpp: what is said of one piece of news, in the shape each kind of receiver wants. Pure.
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "server/storage/acknowledgements.hpp"
#include "server/storage/notifications.hpp"

namespace outcry::notify {

/// Everything that is known when a message is first made.
struct Facts {
    storage::News news{};
    std::optional<storage::IncidentRecord> incident{};  // none in a test
    std::optional<storage::Acknowledgement> acknowledged{};
    std::string slug{}, name{}, group{};           // of the service
    std::string service_url{}, incident_url{};     // empty when nobody has set public_url
    std::string whole_url{};                       // of the incident that this one is a part of
    std::string acknowledge_url{}, silence_url{};  // where operators do that; empty once there is nothing to
                                                   // do, or when no address of the console is known
};

/// The sentences of it; given by the app, which has the catalogue of words.
struct Wording {
    std::string subject;                   // "Outlook: spike in user reports"
    std::string text;                      // what happened, in one or two sentences
    std::string look;                      // the label of the link
    std::string acknowledge{}, silence{};  // the labels of the console's
};
using Phrase = std::function<Wording(const Facts&)>;

/// What is sent, without secrets; the same at every attempt. `kind`: of the target. docs/notifications.md has
/// the shapes.
std::string compose_body(const std::string& kind, const Facts&, const Wording&);

/// Subject and text of a mail's body, which stands in the database as "subject\n\ntext".
std::pair<std::string, std::string> split_mail(const std::string& body);

/// PagerDuty's event with the key it needs, which is put in only on the way out.
std::string with_routing_key(const std::string& body, const std::string& key);

}  // namespace outcry::notify
