// server/operator/tuning/rises.hpp: every rise of a window once, with what saved and draft settings make of it
// and what people said it was.
#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "analytics/backtest.hpp"
#include "server/storage/labels.hpp"

namespace outcry::operators {

/// missed: labelled an outage, and the draft does not alert.
enum class Change { added, removed, missed, earlier, later, kept };
std::string_view to_string(Change);

struct Rise {
    Minute began{}, ended{};  // of both alerts together; ended is exclusive, the end of the window when open
    std::optional<analytics::Incident> saved{}, draft{};  // both missing: only its label is left
    std::optional<bool> real{};                           // as labelled
    Change change = Change::kept;

    const analytics::Incident* alert() const { return draft ? &*draft : saved ? &*saved : nullptr; }
};

/// Newest first. A label belongs to the alert that it overlaps; one that overlaps none is a rise of its own.
std::vector<Rise> rises_of(const analytics::Comparison&, std::span<const storage::AlertLabel>, Minute to);

/// What the labels say of both settings: counts of rises.
struct Labelled {
    std::size_t outages = 0, missed = 0, missed_by_saved = 0;  // outages: labelled real
    std::size_t false_alarms = 0, raised = 0, raised_by_saved = 0;
    friend bool operator==(const Labelled&, const Labelled&) = default;
};
Labelled labelled(std::span<const Rise>);

}  // namespace outcry::operators
