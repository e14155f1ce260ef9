// server/live/catalogue.cpp: the version is read first, so that a change in between is only read twice.
#include "server/live/catalogue.hpp"

namespace outcry::live {

const storage::Service* Catalogue::find(std::string_view slug) const {
    const auto found = by_slug.find(std::string{slug});
    return found == by_slug.end() ? nullptr : &services[found->second];
}

const storage::Service* Catalogue::find(storage::ServiceId id) const {
    const auto found = by_id.find(id);
    return found == by_id.end() ? nullptr : &services[found->second];
}

const storage::Service* Catalogue::find_even_archived(storage::ServiceId id) const {
    if (const auto* listed = find(id)) return listed;
    const auto found = archived.find(id);
    return found == archived.end() ? nullptr : &found->second;
}

Catalogue load_catalogue(storage::Transaction& tx, Time since) {
    Catalogue catalogue;
    catalogue.version = storage::catalogue_version(tx);
    catalogue.services = storage::load_services(tx);
    catalogue.work = AnnouncedWork{storage::load_maintenances(tx, since)};
    for (std::size_t i = 0; i < catalogue.services.size(); ++i) {
        catalogue.by_slug[catalogue.services[i].slug] = i;
        catalogue.by_id[catalogue.services[i].id] = i;
    }
    for (auto& service : storage::load_archived_services(tx))
        catalogue.archived.emplace(service.id, std::move(service));
    return catalogue;
}

}  // namespace outcry::live
