// server/pages/sharing/feed.hpp: incidents as feeds that any reader can follow: Atom (RFC 4287) and JSON
// Feed 1.1.
#pragma once
#include <string>
#include <vector>

#include "server/pages/incident_page.hpp"

namespace outcry::pages {

/// Addresses are absolute. Instants are those of the incidents, so a feed changes when they do and not before.
struct Feed {
    struct Entry {
        std::string id;  // "urn:uuid:…", the same wherever the site lives
        std::string address, title, sentence;
        Time published{}, updated{};
    };
    std::string title, subtitle, language;
    std::string atom, json;  // where each form of it lives; the Atom one is also its id
    std::string home;        // the page it is about
    std::string icon;
    Time updated{};
    std::vector<Entry> entries{};  // newest first
};

/// About the whole site (`service` null), or about one service.
Feed make_feed(const storage::Service* service, const std::vector<IncidentRow>&, Time founded, Time now,
               const Renderer&);

std::string write_atom(const Feed&, const Words&);
std::string write_json_feed(const Feed&, const Words&);

}  // namespace outcry::pages
