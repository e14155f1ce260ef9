// server/storage/catalogue_lock.cpp: the row of the catalogue's version, which every change raises.
#include "server/storage/catalogue_lock.hpp"

#include "queries.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {

void lock_catalogue(Transaction& tx) {
    tx.exec(sql::lock_catalogue);
}

}  // namespace outcry::storage
