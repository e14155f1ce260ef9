// server/operator/incidents/incident_act.hpp: what an operator does to an incident: one transaction with its
// note and its line in the audit log.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "server/storage/incidents.hpp"

namespace outcry::operators {

enum class Act { acknowledge, annotate, close, merge, mark_false };
inline constexpr std::array all_acts{Act::acknowledge, Act::annotate, Act::close, Act::merge, Act::mark_false};
/// "acknowledge", "annotate", "close", "merge", "false": the last part of the address.
std::string_view to_string(Act);

struct Deed {
    Act act = Act::acknowledge;
    storage::IncidentId incident;
    std::string by;         // as the audit log names it
    std::string why;        // the note; all but an acknowledgement need one
    std::string into = {};  // merge: id of the incident that this one is a part of
};

/// The time that a label of an incident covers: all of it, of an open one up to the minute that is running.
struct LabelledTime {
    Minute began{}, ended{};
};
LabelledTime labelled_time(const storage::IncidentRecord&, Time now);

/// What became of it; the name of a key under operator.act unless `done`.
enum class Outcome { done, no_incident, no_reason, long_reason, not_open, already, bad_target, whole_over };
std::string_view to_string(Outcome);  // "done", "no_incident", …

/// acknowledge: the first one holds. annotate: a public, dated note. close: every board ends the incident with
/// the minute that is running, and opens no other before the reports have been as usual. merge: it is told as a
/// part of another. mark_false: a public note, and a label for tuning; it does not close.
Outcome act(storage::Transaction&, const Deed&, Time now);

}  // namespace outcry::operators
