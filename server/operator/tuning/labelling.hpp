// server/operator/tuning/labelling.hpp: an operator says that a rise was an outage, that it was none, or takes
// it back.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "server/storage/labels.hpp"

namespace outcry::operators {

struct LabelWish {
    Minute began{}, ended{};
    std::optional<bool> real{};  // nothing: not known
};

inline constexpr std::string_view label_rule =
    "a label is real, false or unknown, for a time from a minute up to 90 days, such as "
    "2026-01-22T19:00:00Z to 2026-01-22T20:00:00Z";

/// Nothing for what breaks `label_rule`.
std::optional<LabelWish> make_label(std::string_view label, std::string_view began, std::string_view ended);
/// The same from "real/2026-01-22T19:00:00Z/2026-01-22T20:00:00Z".
std::optional<LabelWish> parse_label(std::string_view text);

/// Takes the place of every label that it touches. Does nothing when that changes nothing; otherwise the audit
/// log has it. `why` may be empty.
void label(storage::Transaction&, const storage::Service&, const LabelWish&, const std::string& actor, Time now,
           const std::string& why = {});

}  // namespace outcry::operators
