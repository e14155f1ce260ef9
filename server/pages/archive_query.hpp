// server/pages/archive_query.hpp: what of the archive a reader asks for, read from the address.
#pragma once
#include <optional>
#include <string>

#include "server/http/message.hpp"
#include "server/storage/incidents.hpp"

namespace outcry::pages {

/// As it stands in the address, so that the form and the link to older incidents can repeat it.
struct ArchiveQuery {
    std::string text{};       // words in the service's names or in a note
    std::string service{};    // a slug
    std::string state{};      // "", "open" or "closed"
    int year = 0, month = 0;  // 0: any; a month counts only within a year
    std::string before{};     // an incident's id

    bool any() const { return !text.empty() || !service.empty() || !state.empty() || year != 0; }
};

/// Nothing when a value is none that the form offers: the address was mistyped.
std::optional<ArchiveQuery> read_archive_query(const http::Request&);

/// All but the service, which only the catalogue knows.
storage::IncidentFilter filter_of(const ArchiveQuery&);

/// "?state=open&year=2026…", with `before` in the place of the query's own.
std::string address_of(const ArchiveQuery&, const std::string& before);

}  // namespace outcry::pages
