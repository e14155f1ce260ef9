// server/operator/catalogue/catalogue_api.hpp: /api/v1/admin/catalogue and /api/v1/admin/services/{slug}: the
// catalogue, whole or one service, as the file has it.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstddef>

#include "server/http/message.hpp"
#include "server/live/clock.hpp"
#include "server/operator/account/actor.hpp"
#include "server/storage/database.hpp"

namespace outcry::operators {

/// What these handlers use; all of it outlives them.
struct CatalogueParts {
    storage::Database& database;
    const live::Clock& clock;
};

/// Of a catalogue file that comes by HTTP: some 30,000 services. `outcry service import` takes any.
inline constexpr std::size_t most_catalogue_bytes = 8 * 1024 * 1024;

using CatalogueAnswer = boost::asio::awaitable<http::Response>;

/// The file; its ETag names its content.
CatalogueAnswer get_catalogue(const CatalogueParts&, const http::Request&, const Actor&);
/// The file, If-Match; ?dry_run=true says what would change; ?prune=true archives what the file does not name.
/// Answers {changes: [{slug, change}]}, and the same again changes nothing.
CatalogueAnswer put_catalogue(const CatalogueParts&, const http::Request&, const Actor&);
/// One service as in the file.
CatalogueAnswer get_service_entry(const CatalogueParts&, const http::Request&, const Actor&);
/// The same, If-Match, or If-None-Match: * for a new one.
CatalogueAnswer put_service_entry(const CatalogueParts&, const http::Request&, const Actor&);
/// Archives it, If-Match; 204.
CatalogueAnswer delete_service_entry(const CatalogueParts&, const http::Request&, const Actor&);

}  // namespace outcry::operators
