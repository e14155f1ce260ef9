// server/storage/incidents.hpp: the permanent record of incidents, written with the outbox rows of their
// notifications.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "analytics/board.hpp"
#include "analytics/incident_chart.hpp"
#include "server/storage/database.hpp"
#include "server/storage/services.hpp"

namespace outcry::storage {

using IncidentId = std::string;  // UUIDv7, as text

/// How an incident came to its end: reports were as usual for long enough, its service was taken off the
/// catalogue, or an operator closed it.
enum class Ending : std::uint8_t { calm, archived, by_operator };

/// That an incident is told as a part of another: an operator's dated act.
struct Merge {
    Time at{};
    IncidentId into;
    std::string slug, name;  // of the whole's service, listed or not
    Minute opened{};         // the whole
};

struct IncidentRecord {
    IncidentId id;
    ServiceId service{};
    analytics::Incident incident;
    std::int32_t settings_version = 1;
    std::optional<Ending> ending{};  // none while open
    std::string service_slug = {};   // also of a service that is archived
    std::string service_name = {};   // once it is closed: the name of then
    std::optional<Merge> merged = {};
};

/// Stores one transition: opens, updates or closes the incident of its service, adds it to the incident's
/// events and to the outbox, in this transaction. Doing the same transition twice changes nothing the second
/// time, and nothing changes an incident that is closed. `usual` is kept when the transition opens it, and when
/// it closes one that lasted longer than was foreseen. Returns the record, if there is one.
std::optional<IncidentRecord> record_transition(Transaction&, const analytics::Transition&,
                                                std::int32_t settings_version, Time now,
                                                const analytics::UsualColumns* usual = nullptr);

/// Ends an open incident for another reason than calm, with its event and news; false when it is not open.
bool close_incident(Transaction&, const IncidentId&, Ending, Time now);

struct IncidentFilter {
    std::optional<ServiceId> service{};
    std::optional<bool> open{};
    std::optional<Time> since{};                        // open at this time or later
    std::optional<IncidentId> before{};                 // cursor: incidents opened before this one
    std::optional<Time> opened_from{}, opened_until{};  // opened within [from, until)
    std::string text{};                                 // in the service's names or in a note; empty: any
    int limit = 50;
    bool only_wholes = false;  // nothing that is told as a part of another
};
/// Newest first.
std::vector<IncidentRecord> load_incidents(Transaction&, const IncidentFilter&);
/// Those that are told as parts of any of these, in the order they opened.
std::vector<IncidentRecord> load_parts(Transaction&, const std::vector<IncidentId>& wholes);
std::optional<IncidentRecord> load_incident(Transaction&, const IncidentId&);
/// Incidents that ran while this one did: those of its family, then the largest. Of one that is open as they
/// stand at `now`; of one that is closed with the names and peaks that they had when it closed.
struct RelatedRecord {
    IncidentRecord record;
    bool family = false;  // of a part of the same whole
};
std::vector<RelatedRecord> load_related_incidents(Transaction&, const IncidentRecord&, Minute now, int most);
/// How many reports named one problem.
struct NamedProblem {
    std::string label;
    std::uint64_t reports = 0;
};
/// What a closed incident's page tells of its service: the names of then, and what people had named as their
/// problem.
struct KeptOfService {
    std::string provider;
    std::vector<NamedProblem> problems;  // most often first
};
KeptOfService load_kept_of_service(Transaction&, const IncidentId&);
/// The years (UTC) in which any opened, newest first.
std::vector<int> load_incident_years(Transaction&);

/// What was usual in the columns of its chart, whatever has been learned since.
std::optional<analytics::UsualColumns> load_usual(Transaction&, const IncidentId&);

struct IncidentEvent {
    Minute at{};  // end of the bin that brought it
    enum class Kind : std::uint8_t { opened, state, closed } kind = Kind::state;
    analytics::State state{};                 // from here on
    std::optional<std::uint32_t> observed{};  // reports in the 15 minutes before; none when no bin brought it
    std::optional<double> expected{};
};
/// "opened", "state" or "closed".
std::string_view to_string(IncidentEvent::Kind);
/// In order of time. Empty for incidents recorded before events were.
std::vector<IncidentEvent> load_incident_events(Transaction&, const IncidentId&);

/// A dated note of an operator beside an incident; the only thing that is added to a closed one.
struct Annotation {
    Time at{};
    std::string by, text;
};
inline constexpr std::size_t longest_annotation = 2000;  // characters
/// False when there is no such incident. The text is neither empty nor longer than `longest_annotation`.
bool add_annotation(Transaction&, const IncidentId&, const std::string& text, const std::string& by, Time now);
/// Oldest first.
std::vector<Annotation> load_annotations(Transaction&, const IncidentId&);

}  // namespace outcry::storage
