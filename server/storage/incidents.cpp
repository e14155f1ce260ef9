// server/storage/incidents.cpp: recorded once, however often and by however many nodes the same change is seen.
#include "server/storage/incidents.hpp"

#include <algorithm>
#include <stdexcept>
#include <type_traits>

#include "queries.hpp"
#include "server/storage/array_text.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/new_id.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {
namespace {

using analytics::Incident;
using analytics::Phase;
using analytics::State;
using analytics::Transition;

constexpr std::array<std::string_view, 3> endings{"calm", "archived", "operator"};
constexpr std::array<std::string_view, 3> event_kinds{"opened", "state", "closed"};

template <class Named>
Named named(const std::array<std::string_view, 3>& names, const std::string& name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) throw std::runtime_error("unknown word " + name);
    return static_cast<Named>(found - names.begin());
}

template <class Named>
std::string name_of(const std::array<std::string_view, 3>& names, Named value) {
    return std::string{names.at(static_cast<std::size_t>(value))};
}

State state_from(const std::string& name) {
    for (const auto state :
         {State::insufficient_data, State::normal, State::possible, State::spike, State::recovering})
        if (analytics::to_string(state) == name) return state;
    throw std::runtime_error("unknown state " + name);
}

IncidentRecord record_from(const pqxx::row& row) {
    IncidentRecord record{.id = text_from(row[0]), .service = row[1].as<ServiceId>(), .incident = {}};
    record.settings_version = row[2].as<std::int32_t>();
    auto& incident = record.incident;
    incident.began = minute_from(row[3]);
    incident.opened = minute_from(row[4]);
    incident.closed = maybe_minute_from(row[5]).value_or(Minute{});
    incident.phase = row[5].is_null() ? Phase::open : Phase::closed;
    incident.peak = row[6].as<std::uint32_t>();
    incident.peak_at = minute_from(row[7]);
    incident.total = row[8].as<std::uint64_t>();
    incident.reasons = {.until = minute_from(row[9]),
                        .state = state_from(text_from(row[10])),
                        .observed = row[11].as<std::uint32_t>(),
                        .expected = row[12].as<double>(),
                        .low = row[13].as<double>(),
                        .high = row[14].as<double>(),
                        .score = row[15].as<double>(),
                        .threshold = row[16].as<double>(),
                        .since = minute_from(row[17]),
                        .reports_since = row[18].as<std::uint64_t>(),
                        .last_hour = row[19].as<std::uint32_t>()};
    if (!row[20].is_null()) record.ending = named<Ending>(endings, text_from(row[20]));
    record.service_slug = text_from(row[21]);
    record.service_name = text_from(row[22]);
    incident.region = analytics::region_key(text_from(row[23]));
    if (const auto at = maybe_time_from(row[24]))
        record.merged = Merge{.at = *at,
                              .into = text_from(row[25]),
                              .slug = text_from(row[26]),
                              .name = text_from(row[27]),
                              .opened = minute_from(row[28])};
    return record;
}

std::optional<IncidentRecord> first_of(const pqxx::result& rows) {
    if (rows.empty()) return std::nullopt;
    return record_from(rows[0]);
}

/// The moment of closing as a parameter: null while open.
struct Closed {
    explicit Closed(const Incident& incident) : text(std::to_string(seconds(incident.closed))) {
        if (incident.phase == Phase::closed) value = text.c_str();
    }
    std::string text;
    const char* value = nullptr;
};

/// True when this opening was not known before. None opens at a service that has been archived, since whoever
/// archived it has ended all that were open.
bool insert_incident(Transaction& tx, const Transition& transition, std::int32_t settings_version) {
    const auto& incident = transition.incident;
    const auto& why = incident.reasons;
    const bool open = incident.phase == Phase::open;
    if (open && tx.exec(sql::lock_listed_service, transition.service).empty()) return false;
    const Closed closed{incident};
    return tx.exec(sql::open_incident, new_id(incident.opened), transition.service, settings_version,
                   seconds(incident.began), seconds(incident.opened), closed.value, seconds(transition.at),
                   incident.peak, seconds(incident.peak_at), incident.total, seconds(why.until),
                   std::string{analytics::to_string(why.state)}, why.observed, exact(why.expected),
                   exact(why.low), exact(why.high), exact(why.score), exact(why.threshold), seconds(why.since),
                   why.reports_since, why.last_hour, analytics::region_code(incident.region))
               .affected_rows() == 1;
}

/// False when this change, or a later one, was known before.
bool revise(Transaction& tx, const Transition& transition) {
    const auto& incident = transition.incident;
    const Closed closed{incident};
    return tx.exec(sql::revise_incident, transition.service, seconds(incident.opened), seconds(transition.at),
                   closed.value, incident.peak, seconds(incident.peak_at), incident.total,
                   analytics::region_code(incident.region))
               .affected_rows() == 1;
}

void add_event(Transaction& tx, const IncidentId& id, Minute at, IncidentEvent::Kind kind, State state,
               const analytics::Verdict* verdict) {
    const auto observed = verdict ? std::to_string(verdict->observed) : std::string{};
    const auto expected = verdict ? exact(verdict->expected) : std::string{};
    tx.exec(sql::add_incident_event, id, seconds(at), name_of(event_kinds, kind),
            std::string{analytics::to_string(state)}, verdict ? observed.c_str() : nullptr,
            verdict ? expected.c_str() : nullptr);
}

IncidentEvent::Kind kind_of(const Transition& transition) {
    if (transition.opened) return IncidentEvent::Kind::opened;
    return transition.closed ? IncidentEvent::Kind::closed : IncidentEvent::Kind::state;
}

/// Whether this transition belongs to the incident's own story, once `record` holds it.
bool is_event(const Transition& transition, const IncidentRecord& record, bool written) {
    if (transition.opened || transition.closed) return written;
    return transition.from != transition.to && transition.incident.phase == Phase::open && !record.ending;
}

void tell(Transaction& tx, const IncidentId& id, const char* kind, Minute at, Time now) {
    tx.exec(sql::add_to_outbox, new_id(now), kind, id, seconds(at), millis(now));
}

std::string joined(const std::vector<double>& values) {
    ArrayText array;
    for (const auto value : values) array.add_plain(exact(value));
    return array.str();
}

void put_usual(Transaction& tx, const IncidentId& id, const analytics::UsualColumns& usual) {
    tx.exec(sql::put_incident_usual, id, seconds(usual.from), usual.step.count(), joined(usual.expected),
            joined(usual.low), joined(usual.high));
}

std::vector<double> numbers_from(const pqxx::field& field) {
    std::vector<double> values;
    for (const auto& part : split(text_from(field))) values.push_back(std::stod(part));
    return values;
}

/// A parameter that may be null.
template <class Value>
struct Maybe {
    explicit Maybe(const std::optional<Value>& value) : there(value.has_value()) {
        if constexpr (std::is_same_v<Value, Time>)
            text = value ? std::to_string(millis(*value)) : "";
        else if constexpr (std::is_same_v<Value, std::string>)
            text = value.value_or("");
        else
            text = value ? std::to_string(*value) : "";
    }
    const char* get() const { return there ? text.c_str() : nullptr; }
    std::string text;
    bool there;
};

}  // namespace

std::optional<IncidentRecord> record_transition(Transaction& tx, const Transition& transition,
                                                std::int32_t settings_version, Time now,
                                                const analytics::UsualColumns* usual) {
    const auto& incident = transition.incident;
    if (incident.phase != Phase::open && incident.phase != Phase::closed) return std::nullopt;
    const bool changed = transition.opened || transition.updated || transition.closed;
    // An incident that opened before anything was recorded is put in as it stands, without news of its opening.
    const bool revised = changed && revise(tx, transition);
    const bool fresh = changed && !revised && insert_incident(tx, transition, settings_version);
    auto record =
        first_of(tx.exec(sql::load_incident_by_opening, transition.service, seconds(incident.opened)));
    if (!record) return record;
    const bool written = fresh || revised;
    if (is_event(transition, *record, written))
        add_event(tx, record->id, transition.at, kind_of(transition), transition.to, &transition.verdict);
    if (usual && written && (transition.opened || transition.closed)) put_usual(tx, record->id, *usual);
    if (revised || (fresh && transition.opened)) {
        const auto* kind = transition.opened   ? "incident.opened"
                           : transition.closed ? "incident.closed"
                                               : "incident.updated";
        tell(tx, record->id, kind, transition.at, now);
    }
    return record;
}

bool close_incident(Transaction& tx, const IncidentId& id, Ending ending, Time now) {
    const auto closed = tx.exec(sql::close_incident, id, seconds(minute_of(now)), name_of(endings, ending));
    if (closed.empty()) return false;
    const auto at = minute_from(closed[0][0]);
    add_event(tx, id, at, IncidentEvent::Kind::closed, State::insufficient_data, nullptr);
    tell(tx, id, "incident.closed", at, now);
    return true;
}

std::vector<IncidentRecord> load_incidents(Transaction& tx, const IncidentFilter& filter) {
    const char* const open = filter.open ? *filter.open ? "t" : "f" : nullptr;
    const auto rows =
        tx.exec(sql::load_incidents, Maybe(filter.service).get(), open, Maybe(filter.since).get(),
                Maybe(filter.before).get(), Maybe(filter.opened_from).get(), Maybe(filter.opened_until).get(),
                filter.text.empty() ? nullptr : filter.text.c_str(), filter.limit, filter.only_wholes);
    std::vector<IncidentRecord> records;
    for (const auto& row : rows) records.push_back(record_from(row));
    return records;
}

std::vector<IncidentRecord> load_parts(Transaction& tx, const std::vector<IncidentId>& wholes) {
    if (wholes.empty()) return {};
    ArrayText ids;
    for (const auto& id : wholes) ids.add_plain(id);
    std::vector<IncidentRecord> parts;
    for (const auto& row : tx.exec(sql::load_parts, ids.str())) parts.push_back(record_from(row));
    return parts;
}

std::optional<IncidentRecord> load_incident(Transaction& tx, const IncidentId& id) {
    try {
        uuid_from(id);
    } catch (const std::invalid_argument&) {
        return std::nullopt;  // no incident has such an id
    }
    return first_of(tx.exec(sql::load_incident, id));
}

std::vector<RelatedRecord> load_related_incidents(Transaction& tx, const IncidentRecord& of, Minute now,
                                                  int most) {
    const auto& incident = of.incident;
    const auto rows = incident.phase == Phase::closed ? tx.exec(sql::load_kept_related, of.id, most)
                                                      : tx.exec(sql::load_related_incidents, of.id,
                                                                seconds(incident.began), seconds(now), most);
    std::vector<RelatedRecord> related;
    for (const auto& row : rows) {
        auto& [record, family] = related.emplace_back(record_from(row), row[29].as<bool>());
        record.incident.peak = row[30].as<std::uint32_t>();
        record.service_name = text_from(row[31]);
    }
    return related;
}

KeptOfService load_kept_of_service(Transaction& tx, const IncidentId& id) {
    KeptOfService kept;
    for (const auto& row : tx.exec(sql::load_incident_provider, id)) kept.provider = text_from(row[0]);
    for (const auto& row : tx.exec(sql::load_incident_problems, id))
        kept.problems.push_back({text_from(row[0]), row[1].as<std::uint64_t>()});
    return kept;
}

std::vector<int> load_incident_years(Transaction& tx) {
    std::vector<int> years;
    for (const auto& row : tx.exec(sql::load_incident_years)) years.push_back(row[0].as<int>());
    return years;
}

std::optional<analytics::UsualColumns> load_usual(Transaction& tx, const IncidentId& id) {
    const auto rows = tx.exec(sql::load_incident_usual, id);
    if (rows.empty()) return std::nullopt;
    const auto row = rows[0];
    return analytics::UsualColumns{.from = minute_from(row[0]),
                                   .step = std::chrono::minutes{row[1].as<int>()},
                                   .expected = numbers_from(row[2]),
                                   .low = numbers_from(row[3]),
                                   .high = numbers_from(row[4])};
}

std::string_view to_string(IncidentEvent::Kind kind) {
    return event_kinds.at(static_cast<std::size_t>(kind));
}

std::vector<IncidentEvent> load_incident_events(Transaction& tx, const IncidentId& id) {
    std::vector<IncidentEvent> events;
    for (const auto& row : tx.exec(sql::load_incident_events, id)) {
        auto& event = events.emplace_back();
        event.at = minute_from(row[0]);
        event.kind = named<IncidentEvent::Kind>(event_kinds, text_from(row[1]));
        event.state = state_from(text_from(row[2]));
        if (!row[3].is_null()) event.observed = row[3].as<std::uint32_t>();
        if (!row[4].is_null()) event.expected = row[4].as<double>();
    }
    return events;
}

bool add_annotation(Transaction& tx, const IncidentId& id, const std::string& text, const std::string& by,
                    Time now) {
    return tx.exec(sql::add_annotation, id, text, by, millis(now)).affected_rows() == 1;
}

std::vector<Annotation> load_annotations(Transaction& tx, const IncidentId& id) {
    std::vector<Annotation> annotations;
    for (const auto& row : tx.exec(sql::load_annotations, id))
        annotations.push_back({.at = time_from(row[0]), .by = text_from(row[1]), .text = text_from(row[2])});
    return annotations;
}

}  // namespace outcry::storage
