// server/official/statuspage_json.cpp: incidents and their updates, each field looked at before it is believed.
#include "server/official/statuspage_json.hpp"

#include <nlohmann/json.hpp>

#include "server/official/said.hpp"
#include "server/official/status_page.hpp"

namespace outcry::official {
namespace {

using nlohmann::json;

/// The text of a member; empty when it is missing or something else.
std::string text_of(const json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

void read_incident(const json& incident, std::vector<storage::Statement>& statements) {
    if (!incident.is_object()) return;
    const auto updates = incident.find("incident_updates");
    if (updates == incident.end() || !updates->is_array()) return;
    for (const auto& update : *updates) {
        if (!update.is_object()) continue;
        const auto shown = time_said(text_of(update, "display_at"));
        const auto at = shown ? shown : time_said(text_of(update, "created_at"));
        if (!at) continue;
        statements.push_back({.external_id = text_of(update, "id"),
                              .at = *at,
                              .status = status_said(text_of(update, "status")),
                              .title = text_of(incident, "name"),
                              .text = without_tags(text_of(update, "body")),
                              .address = text_of(incident, "shortlink"),
                              .by_whom = {}});
    }
}

}  // namespace

std::vector<storage::Statement> read_statuspage(std::string_view text) {
    const auto page = json::parse(text, nullptr, false);
    if (page.is_discarded()) throw UnreadablePage("the answer begins like JSON and is none");
    const auto incidents = page.is_object() ? page.find("incidents") : page.end();
    if (!page.is_object() || incidents == page.end() || !incidents->is_array())
        throw UnreadablePage(
            "there is no list of incidents in this JSON; a Statuspage has one at /api/v2/incidents.json");
    std::vector<storage::Statement> statements;
    for (const auto& incident : *incidents) read_incident(incident, statements);
    return statements;
}

}  // namespace outcry::official
