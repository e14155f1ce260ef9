// server/commands/catalogue.cpp: see the header.
#include "server/commands/catalogue.hpp"

#include "server/storage/services.hpp"
#include "starter_catalogue.hpp"

namespace outcry::commands {

std::vector<catalogue::Change> import_catalogue(storage::Database& database, std::string_view file,
                                                catalogue::ImportOptions options) {
    return database.run([&](storage::Transaction& tx) {
        return catalogue::import_file(tx, file, options, storage::database_time(tx));
    });
}

std::string_view starter_catalogue() {
    return data::catalogue;
}

std::size_t import_starter_catalogue(storage::Database& database) {
    const bool empty =
        database.run([](storage::Transaction& tx) { return storage::load_services(tx).empty(); });
    if (!empty) return 0;
    return import_catalogue(database, starter_catalogue(), {.actor = "first start", .why = "starter catalogue"})
        .size();
}

}  // namespace outcry::commands
