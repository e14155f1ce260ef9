// server/notify/message.cpp: one function for each kind of receiver.
#include "server/notify/message.hpp"

#include <fmt/chrono.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace outcry::notify {
namespace {

using nlohmann::json;

std::string rfc3339(Time at) {
    return fmt::format(
        "{:%Y-%m-%dT%H:%M:%SZ}",
        fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(at))));
}

std::string dump(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

json or_null(const std::string& text) {
    return text.empty() ? json() : json(text);
}

json incident_json(const Facts& facts) {
    if (!facts.incident) return nullptr;
    const auto& incident = facts.incident->incident;
    const auto& why = incident.reasons;
    const bool closed = incident.phase == analytics::Phase::closed;
    return {{"id", facts.incident->id},
            {"url", or_null(facts.incident_url)},
            {"state", closed ? "closed" : "open"},
            {"began", rfc3339(incident.began)},
            {"opened", rfc3339(incident.opened)},
            {"closed", closed ? json(rfc3339(incident.closed)) : json()},
            {"peak_15m", incident.peak},
            {"peak_at", rfc3339(incident.peak_at)},
            {"total", incident.total},
            {"why",
             {{"until", rfc3339(why.until)},
              {"reports_15m", why.observed},
              {"expected_15m", std::round(why.expected * 100) / 100},
              {"ratio", std::round(why.ratio() * 100) / 100}}},
            {"acknowledge_url", or_null(facts.acknowledge_url)},
            {"merged_into", facts.incident->merged ? json{{"id", facts.incident->merged->into},
                                                          {"url", or_null(facts.whole_url)},
                                                          {"service", facts.incident->merged->slug}}
                                                   : json()},
            {"acknowledged", facts.acknowledged ? json{{"by", facts.acknowledged->by_whom},
                                                       {"at", rfc3339(facts.acknowledged->at)}}
                                                : json()}};
}

std::string webhook(const Facts& facts, const Wording& wording) {
    return dump({{"type", facts.news.kind},
                 {"timestamp", rfc3339(facts.news.at)},
                 {"data",
                  {{"service", facts.slug.empty() ? json()
                                                  : json{{"slug", facts.slug},
                                                         {"name", facts.name},
                                                         {"group", facts.group},
                                                         {"url", or_null(facts.service_url)}}},
                   {"region", or_null(facts.news.region)},
                   {"severity", facts.incident ? json("spike") : json()},
                   {"incident", incident_json(facts)},
                   {"text", wording.text}}}});
}

/// Slack reads <…> as markup and & as the beginning of an entity.
std::string slack_text(std::string_view text) {
    std::string out;
    for (const char c : text)
        out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
    return out;
}

/// What a person on call can do about it: addresses and their labels.
std::vector<std::pair<std::string, std::string>> deeds(const Facts& facts, const Wording& wording) {
    std::vector<std::pair<std::string, std::string>> all;
    if (!facts.acknowledge_url.empty()) all.emplace_back(facts.acknowledge_url, wording.acknowledge);
    if (!facts.silence_url.empty()) all.emplace_back(facts.silence_url, wording.silence);
    return all;
}

std::string slack(const Facts& facts, const Wording& wording) {
    auto text = '*' + slack_text(wording.subject) + "*\n" + slack_text(wording.text);
    if (!facts.incident_url.empty()) text += "\n<" + facts.incident_url + '|' + slack_text(wording.look) + '>';
    for (const auto& [address, label] : deeds(facts, wording))
        text += " · <" + address + '|' + slack_text(label) + '>';
    return dump({{"text", text}});
}

std::string pagerduty(const Facts& facts, const Wording& wording) {
    const bool over = facts.news.kind == "incident.closed" || facts.news.kind == "incident.merged";
    const auto key = facts.incident ? "outcry-" + facts.incident->id : "outcry-" + facts.news.id;
    json event{{"event_action", over ? "resolve" : "trigger"}, {"dedup_key", key}};
    if (over) return dump(event);
    event["payload"] = {{"summary", wording.subject},
                        {"source", facts.slug.empty() ? "outcry" : facts.slug},
                        {"severity", facts.news.kind == "test" ? "info" : "error"},
                        {"timestamp", rfc3339(facts.news.at)},
                        {"class", "user reports"},
                        {"custom_details", {{"text", wording.text}, {"incident", incident_json(facts)}}}};
    if (!facts.slug.empty()) event["payload"]["component"] = facts.slug;
    if (!facts.group.empty()) event["payload"]["group"] = facts.group;
    event["client"] = "Outcry";
    if (!facts.incident_url.empty()) {
        event["client_url"] = facts.incident_url;
        event["links"] = json::array({{{"href", facts.incident_url}, {"text", wording.look}}});
        for (const auto& [address, label] : deeds(facts, wording))
            event["links"].push_back({{"href", address}, {"text", label}});
    }
    return dump(event);
}

std::string mail(const Facts& facts, const Wording& wording) {
    auto body = wording.subject + "\n\n" + wording.text + '\n';
    if (!facts.incident_url.empty()) body += '\n' + wording.look + ": " + facts.incident_url + '\n';
    for (const auto& [address, label] : deeds(facts, wording)) body += label + ": " + address + '\n';
    return body;
}

}  // namespace

std::string compose_body(const std::string& kind, const Facts& facts, const Wording& wording) {
    if (kind == "webhook") return webhook(facts, wording);
    if (kind == "slack") return slack(facts, wording);
    if (kind == "pagerduty") return pagerduty(facts, wording);
    if (kind == "mail") return mail(facts, wording);
    throw std::invalid_argument("no such kind of target: " + kind);
}

std::pair<std::string, std::string> split_mail(const std::string& body) {
    const auto end = body.find("\n\n");
    if (end == std::string::npos) return {body, {}};
    return {body.substr(0, end), body.substr(end + 2)};
}

std::string with_routing_key(const std::string& body, const std::string& key) {
    auto event = json::parse(body);
    event["routing_key"] = key;
    return dump(event);
}

}  // namespace outcry::notify
