// server/operator/tuning/saving.cpp: lock, look, then write version and audit line together.
#include "server/operator/tuning/saving.hpp"

#include <algorithm>

#include "server/operator/tuning/foresight.hpp"
#include "server/storage/audit.hpp"
#include "server/storage/catalogue_lock.hpp"

namespace outcry::operators {
namespace {

SaveResult look(storage::Transaction& tx, const SaveWish& wish) {
    SaveResult result{.slug = wish.slug, .now = storage::load_settings_log(tx, wish.service).at(0)};
    result.lost = wish.expected && *wish.expected != result.now.version.version;
    return result;
}

void save(storage::Transaction& tx, const SaveWish& wish, const Reason& reason, Time now, SaveResult& result) {
    const auto before = result.now.version.settings;
    if (before == wish.settings) return;
    storage::put_settings(tx, wish.service, wish.settings, reason.note, now, reason.actor);
    storage::write_audit(tx,
                         {.actor = reason.actor,
                          .action = std::string(reason.action),
                          .object = "service " + wish.slug,
                          .before = settings_json(before),
                          .after = settings_json(wish.settings),
                          .why = reason.note},
                         now);
    result.now = storage::load_settings_log(tx, wish.service).at(0);
    result.made = true;
}

}  // namespace

std::vector<SaveResult> save_settings(storage::Transaction& tx, const std::vector<SaveWish>& wishes,
                                      const Reason& reason, Time now) {
    storage::lock_catalogue(tx);
    std::vector<SaveResult> results;
    for (const auto& wish : wishes) results.push_back(look(tx, wish));
    const bool lost = std::any_of(results.begin(), results.end(), [](const auto& each) { return each.lost; });
    for (std::size_t i = 0; i < results.size() && !lost; ++i) save(tx, wishes[i], reason, now, results[i]);
    return results;
}

std::optional<SaveResult> roll_back(storage::Transaction& tx, const storage::Service& service, std::int32_t to,
                                    std::optional<std::int32_t> expected, const Reason& reason, Time now) {
    const auto log = storage::load_settings_log(tx, service.id);
    const auto found =
        std::find_if(log.begin(), log.end(), [&](const auto& entry) { return entry.version.version == to; });
    if (found == log.end()) return std::nullopt;
    return save_settings(tx, {{service.id, service.slug, found->version.settings, expected}}, reason, now)
        .front();
}

}  // namespace outcry::operators
