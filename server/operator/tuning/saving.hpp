// server/operator/tuning/saving.hpp: a draft becomes the next version of a service's settings, unless someone
// else was faster.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "server/storage/services.hpp"

namespace outcry::operators {

struct SaveWish {
    storage::ServiceId service{};
    std::string slug;
    analytics::DetectorSettings settings;
    std::optional<std::int32_t> expected;  // the version this draft was made from; nothing: whichever holds
};

/// Who saves, and why: for the version's own line and for the audit log.
struct Reason {
    std::string actor, note;
    std::string_view action = "detector.save";  // or "detector.roll_back"
};

struct SaveResult {
    std::string slug;
    storage::SettingsEntry now;  // the version that holds after all this
    bool lost = false;           // it is not the expected one
    bool made = false;           // it is new; neither: nothing differed
};

/// One transaction: either every wish is met, or, when one of them has lost, none is. A draft that equals what
/// holds makes no version.
std::vector<SaveResult> save_settings(storage::Transaction&, const std::vector<SaveWish>&, const Reason&,
                                      Time now);

/// The values of version `to` as a new version. Nothing when there is no such version.
std::optional<SaveResult> roll_back(storage::Transaction&, const storage::Service&, std::int32_t to,
                                    std::optional<std::int32_t> expected, const Reason&, Time now);

inline constexpr std::size_t longest_note = 500;

}  // namespace outcry::operators
