// server/storage/find_services.cpp: one statement.
#include "server/storage/find_services.hpp"

#include <optional>

#include "queries.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {

ServiceList find_services(Transaction& tx, const std::string& query, int limit, std::uint64_t skip) {
    const auto wanted = query.empty() ? std::nullopt : std::optional{query};
    ServiceList list;
    for (const auto& row : tx.exec(sql::find_services, wanted, limit, static_cast<std::int64_t>(skip))) {
        list.services.push_back({.slug = text_from(row[0]),
                                 .name = text_from(row[1]),
                                 .group = text_from(row[2]),
                                 .zone = text_from(row[3]),
                                 .parent = text_from(row[4])});
        list.total = row[5].as<std::uint64_t>();
    }
    return list;
}

}  // namespace outcry::storage
