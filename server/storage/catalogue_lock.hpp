// server/storage/catalogue_lock.hpp: one change of the catalogue or of settings at a time.
#pragma once
#include "server/storage/database.hpp"

namespace outcry::storage {

/// Until this transaction ends nobody else changes the catalogue or settings. Call it before reading what is to
/// be changed, and before any lock of a service.
void lock_catalogue(Transaction&);

}  // namespace outcry::storage
