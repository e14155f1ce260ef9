// server/api/json.cpp: every shape of JSON that leaves the API.
#include "server/api/json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "server/api/timestamps.hpp"

namespace outcry::api {

using nlohmann::ordered_json;

namespace {

std::string text_of(const ordered_json& value) {
    return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

ordered_json time_or_null(Minute at) {
    return at == Minute{} ? ordered_json(nullptr) : ordered_json(to_rfc3339(at));
}

ordered_json text_or_null(const std::string& text) {
    return text.empty() ? ordered_json(nullptr) : ordered_json(text);
}

/// Two places are enough for people and for charts.
double rounded(double value) {
    return std::round(value * 100) / 100;
}

bool is_elevated(analytics::State state) {
    return state == analytics::State::possible || state == analytics::State::spike ||
           state == analytics::State::recovering;
}

ordered_json maintenance(const storage::Maintenance& window) {
    return {{"title", window.title}, {"starts", to_rfc3339(window.starts)}, {"ends", to_rfc3339(window.ends)}};
}

ordered_json line(const ServiceLine& of) {
    const auto& verdict = of.standing.verdict;
    return {{"slug", of.service->slug},
            {"name", of.service->name},
            {"category", of.service->group},
            {"state", live::shown_state(verdict.state, of.work)},
            {"reports_state", analytics::to_string(verdict.state)},
            {"maintenance", of.work ? maintenance(*of.work) : ordered_json(nullptr)},
            {"since", is_elevated(verdict.state) ? time_or_null(verdict.since) : ordered_json(nullptr)},
            {"reports_15m", verdict.observed},
            {"expected_15m", rounded(verdict.expected)},
            {"ratio", rounded(verdict.ratio())},
            {"spark", of.spark}};
}

ordered_json brief(const ServiceLine& of) {
    return {{"slug", of.service->slug},
            {"name", of.service->name},
            {"state", live::shown_state(of.standing.verdict.state, of.work)},
            {"reports_state", analytics::to_string(of.standing.verdict.state)}};
}

ordered_json categories(const storage::Service& service) {
    auto list = ordered_json::array();
    for (const auto& category : service.categories)
        list.push_back({{"key", category.key}, {"label", category.label}});
    return list;
}

ordered_json statements(const std::vector<storage::Statement>& said) {
    auto list = ordered_json::array();
    for (const auto& each : said)
        list.push_back({{"at", to_rfc3339(each.at)},
                        {"status", each.status},
                        {"title", text_or_null(each.title)},
                        {"text", text_or_null(each.text)},
                        {"address", text_or_null(each.address)},
                        {"written_down_by_operators", !each.by_whom.empty()}});
    return list;
}

/// Also of a service that has been taken off the catalogue since.
ordered_json service_of(const storage::IncidentRecord& record, const live::Catalogue& catalogue) {
    if (!record.service_slug.empty()) return {{"slug", record.service_slug}, {"name", record.service_name}};
    if (const auto* service = catalogue.find(record.service))  // one that the board alone knows
        return {{"slug", service->slug}, {"name", service->name}};
    return nullptr;
}

std::string_view ended_by(const storage::IncidentRecord& record) {
    switch (record.ending.value_or(storage::Ending::calm)) {
        case storage::Ending::archived:
            return "archived";
        case storage::Ending::by_operator:
            return "operator";
        case storage::Ending::calm:
            break;
    }
    return "calm";
}

ordered_json timeline(const std::vector<storage::IncidentEvent>& events) {
    auto list = ordered_json::array();
    for (const auto& event : events) {
        const bool counted = event.observed && event.expected;
        list.push_back(
            {{"at", time_or_null(event.at)},
             {"event", storage::to_string(event.kind)},
             {"state", analytics::to_string(event.state)},
             {"reports_15m", counted ? ordered_json(*event.observed) : ordered_json(nullptr)},
             {"expected_15m", counted ? ordered_json(rounded(*event.expected)) : ordered_json(nullptr)}});
    }
    return list;
}

ordered_json whole_of(const storage::Merge& merged) {
    return {{"id", merged.into},
            {"service", {{"slug", merged.slug}, {"name", merged.name}}},
            {"opened", time_or_null(merged.opened)},
            {"since", to_rfc3339(merged.at)}};
}

ordered_json incident(const storage::IncidentRecord& record, const live::Catalogue& catalogue) {
    const auto& told = record.incident;
    const auto& why = told.reasons;
    return {
        {"id", record.id},
        {"service", service_of(record, catalogue)},
        {"state", told.phase == analytics::Phase::closed ? "closed" : "open"},
        {"began", time_or_null(told.began)},
        {"opened", time_or_null(told.opened)},
        {"closed", told.phase == analytics::Phase::closed ? time_or_null(told.closed) : ordered_json(nullptr)},
        {"ended_by", record.ending ? ordered_json(ended_by(record)) : ordered_json(nullptr)},
        {"peak", {{"reports_15m", told.peak}, {"at", time_or_null(told.peak_at)}}},
        {"total", told.total},
        {"region", text_or_null(analytics::region_code(told.region))},
        {"merged_into", record.merged ? whole_of(*record.merged) : ordered_json(nullptr)},
        {"settings_version", record.settings_version},
        {"reasons",
         {{"until", time_or_null(why.until)},
          {"observed", why.observed},
          {"expected", rounded(why.expected)},
          {"low", rounded(why.low)},
          {"high", rounded(why.high)},
          {"ratio", rounded(why.ratio())},
          {"score", rounded(why.score)},
          {"threshold", rounded(why.threshold)}}}};
}

ordered_json counts(const Series& series, const std::vector<std::uint32_t>& values) {
    auto list = ordered_json::array();
    for (const auto value : values)
        list.push_back(series.tells(value) ? ordered_json(value) : ordered_json(nullptr));
    return list;
}

ordered_json levels(const std::vector<double>& values) {
    auto list = ordered_json::array();
    for (const auto value : values) list.push_back(rounded(value));
    return list;
}

}  // namespace

std::string services_json(const std::vector<ServiceLine>& lines, const std::optional<std::string>& next) {
    auto data = ordered_json::array();
    for (const auto& each : lines) data.push_back(line(each));
    return text_of({{"data", std::move(data)}, {"next", next ? ordered_json(*next) : ordered_json(nullptr)}});
}

std::string service_json(const ServiceDetail& detail, const live::Catalogue& catalogue) {
    const auto& service = *detail.line.service;
    auto body = line(detail.line);
    body["homepage"] = text_or_null(service.homepage);
    body["provider"] = text_or_null(service.provider);
    body["status_page"] = text_or_null(service.status_page);
    body["zone"] = service.zone;
    body["problem_categories"] = categories(service);
    body["parent"] = detail.parent ? brief(*detail.parent) : ordered_json(nullptr);
    body["children"] = ordered_json::array();
    for (const auto& child : detail.children) body["children"].push_back(brief(child));
    body["incident"] =
        detail.open_incident ? incident(*detail.open_incident, catalogue) : ordered_json(nullptr);
    body["official"] = statements(detail.official);
    body["maintenance_ahead"] = ordered_json::array();
    for (const auto& window : detail.work_ahead) body["maintenance_ahead"].push_back(maintenance(window));
    body["complete_until"] = time_or_null(detail.complete_until);
    return text_of(body);
}

std::string series_columns_json(const Series& series) {
    const auto& columns = series.columns;
    ordered_json body = {{"start", to_rfc3339(columns.from)},
                         {"step_s", std::chrono::seconds{columns.step}.count()},
                         {"reports", counts(series, columns.reports)},
                         {"works", counts(series, columns.works)}};
    if (series.has_expected) {
        body["expected"] = levels(columns.expected);
        body["low"] = levels(columns.low);
        body["high"] = levels(columns.high);
    }
    body["complete_until"] = time_or_null(series.complete_until);
    return text_of(body);
}

std::string series_rows_json(const Series& series) {
    const auto& columns = series.columns;
    auto data = ordered_json::array();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        ordered_json row = {{"time", to_rfc3339(columns.start(i))}};
        row["reports"] =
            series.tells(columns.reports[i]) ? ordered_json(columns.reports[i]) : ordered_json(nullptr);
        row["works"] = series.tells(columns.works[i]) ? ordered_json(columns.works[i]) : ordered_json(nullptr);
        if (series.has_expected) {
            row["expected"] = rounded(columns.expected[i]);
            row["low"] = rounded(columns.low[i]);
            row["high"] = rounded(columns.high[i]);
        }
        row["complete"] = i < columns.complete;
        data.push_back(std::move(row));
    }
    return text_of({{"data", std::move(data)},
                    {"step_s", std::chrono::seconds{columns.step}.count()},
                    {"complete_until", time_or_null(series.complete_until)}});
}

std::string breakdown_json(const Breakdown& breakdown) {
    const auto share = [&](std::uint64_t count) {
        const auto part =
            static_cast<double>(count) / static_cast<double>(std::max<std::uint64_t>(breakdown.total, 1));
        return std::round(part * 10'000) / 10'000;
    };
    auto data = ordered_json::array();
    for (const auto& cell : breakdown.cells) {
        ordered_json row = {{"key", cell.key}, {"label", cell.label}, {"count", cell.count}};
        if (breakdown.has_expected)
            row["expected"] = cell.expected ? ordered_json(rounded(*cell.expected)) : ordered_json(nullptr);
        row["share"] = share(cell.count);
        data.push_back(std::move(row));
    }
    return text_of({{"by", breakdown.by},
                    {"from", to_rfc3339(breakdown.from)},
                    {"to", to_rfc3339(breakdown.to)},
                    {"data", std::move(data)},
                    {"not_said", breakdown.not_said},
                    {"other", breakdown.other},
                    {"total", breakdown.total},
                    {"suppressed", breakdown.suppressed}});
}

std::string messages_json(const std::vector<analytics::MessageGroup>& groups, Minute from) {
    auto data = ordered_json::array();
    for (const auto& group : groups)
        data.push_back(
            {{"example", group.example}, {"count", group.count}, {"last_seen", time_or_null(group.last_seen)}});
    return text_of({{"from", to_rfc3339(from)}, {"data", std::move(data)}});
}

std::string incidents_json(const std::vector<storage::IncidentRecord>& records,
                           const live::Catalogue& catalogue, const std::optional<std::string>& next) {
    auto data = ordered_json::array();
    for (const auto& record : records) data.push_back(incident(record, catalogue));
    return text_of({{"data", std::move(data)}, {"next", next ? ordered_json(*next) : ordered_json(nullptr)}});
}

std::string incident_json(const IncidentDetail& detail, const live::Catalogue& catalogue) {
    auto body = incident(detail.record, catalogue);
    body["timeline"] = timeline(detail.events);
    body["official"] = statements(detail.official.known);
    body["official_later"] = statements(detail.official.later);
    body["merged"] = ordered_json::array();
    for (const auto& part : detail.parts)
        body["merged"].push_back({{"id", part.id},
                                  {"service", service_of(part, catalogue)},
                                  {"opened", time_or_null(part.incident.opened)},
                                  {"peak_15m", part.incident.peak}});
    body["related"] = ordered_json::array();
    for (const auto& [record, family] : detail.related)
        body["related"].push_back({{"id", record.id},
                                   {"service", service_of(record, catalogue)},
                                   {"same_family", family},
                                   {"opened", time_or_null(record.incident.opened)},
                                   {"peak_15m", record.incident.peak}});
    body["annotations"] = ordered_json::array();
    for (const auto& note : detail.annotations)
        body["annotations"].push_back({{"at", to_rfc3339(note.at)}, {"text", note.text}});
    return text_of(body);
}

std::string accepted_json(std::string_view report_id) {
    return text_of({{"id", report_id}});
}

std::string health_json(std::string_view status) {
    return text_of({{"status", status}});
}

}  // namespace outcry::api
