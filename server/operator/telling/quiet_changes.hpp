// server/operator/telling/quiet_changes.hpp: maintenance windows and silences as operators announce them, with
// their lines in the audit log.
#pragma once
#include "server/live/catalogue.hpp"
#include "server/operator/account/actor.hpp"
#include "server/operator/input.hpp"
#include "server/pages/words.hpp"
#include "server/storage/quiet.hpp"

namespace outcry::operators {

extern const std::vector<std::string_view> maintenance_fields, silence_fields;

/// What was typed, as far as it can be read; `flaws` says what cannot.
storage::Maintenance read_maintenance(const Input&, const live::Catalogue&, const pages::Words&, Time now,
                                      Flaws& flaws);
/// `ends`, or `minutes` from now on.
storage::Silence read_silence(const Input&, const live::Catalogue&, const pages::Words&, Time now,
                              Flaws& flaws);

/// The id; 0, with a sentence that names the other window and its times, when the two overlap.
std::int32_t add_maintenance(storage::Transaction&, storage::Maintenance, const Actor&, const pages::Words&,
                             Time now, Flaws& flaws);
std::int32_t add_silence(storage::Transaction&, storage::Silence, const Actor&, Time now);
/// False when it is over already.
bool end_maintenance(storage::Transaction&, std::int32_t id, const Actor&, Time now);
bool end_silence(storage::Transaction&, std::int32_t id, const Actor&, Time now);

}  // namespace outcry::operators
