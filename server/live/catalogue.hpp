// server/live/catalogue.hpp: the catalogue as everyone reads it: immutable, replaced as a whole when it
// changes.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/live/announced_work.hpp"
#include "server/storage/services.hpp"

namespace outcry::live {

struct Catalogue {
    std::int64_t version = 0;
    std::vector<storage::Service> services;  // ordered by name
    std::unordered_map<std::string, std::size_t> by_slug;
    std::unordered_map<storage::ServiceId, std::size_t> by_id;
    std::unordered_map<storage::ServiceId, storage::Service> archived{};
    AnnouncedWork work{};

    /// Null when there is no such service.
    const storage::Service* find(std::string_view slug) const;
    const storage::Service* find(storage::ServiceId) const;
    /// Also one that is archived, of which little is known (storage::load_archived_services): for the news of
    /// what ended with it.
    const storage::Service* find_even_archived(storage::ServiceId) const;
};

/// Windows of maintenance that ended before `since` are left out.
Catalogue load_catalogue(storage::Transaction&, Time since);

}  // namespace outcry::live
