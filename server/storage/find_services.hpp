// server/storage/find_services.hpp: the catalogue as a list for people, a page at a time.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "server/storage/database.hpp"

namespace outcry::storage {

/// One service as the list shows it; `parent` is a name, or empty.
struct ListedService {
    std::string slug, name, group, zone, parent;
};

struct ServiceList {
    std::vector<ListedService> services;
    std::uint64_t total = 0;  // how many fit; 0 also when the page lies behind the last one
};

/// Those not archived whose name, slug, group or other name has `query` in it, whatever the case of its
/// letters; empty: all of them. At most `limit` after the first `skip`, ordered by name.
ServiceList find_services(Transaction&, const std::string& query, int limit, std::uint64_t skip);

}  // namespace outcry::storage
