// server/operator/audit_change.cpp: two JSON objects, held against each other.
#include "server/operator/audit_change.hpp"

#include <nlohmann/json.hpp>

namespace outcry::operators {

using nlohmann::json;

namespace {

constexpr std::size_t most_fields = 6, most_bytes = 160;

json read(const std::optional<std::string>& text) {
    auto value = text ? json::parse(*text, nullptr, false) : json::object();
    return value.is_object() ? value : json{{"", std::move(value)}};
}

bool says_nothing(const json& value) {
    return value.is_null() || value == "" || value == json::array();
}

std::string in_words(const json& value) {
    if (says_nothing(value)) return {};
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_array()) return value.dump(-1, ' ', false, json::error_handler_t::replace);
    std::string text;
    for (const auto& each : value) text.append(text.empty() ? "" : ", ").append(in_words(each));
    return text;
}

/// At most so many bytes, cut between characters.
std::string shortened(std::string text, bool& cut) {
    if (text.size() <= most_bytes) return text;
    cut = true;
    auto end = most_bytes;
    while (end > 0 && (text[end] & 0xc0) == 0x80) --end;
    return text.substr(0, end) + "…";
}

}  // namespace

AuditChange change_of(const storage::AuditEntry& entry) {
    const auto before = read(entry.before), after = read(entry.after);
    AuditChange change;
    bool cut = false;
    const auto add = [&](const std::string& field, const json& was, const json& is) {
        if (was == is || (says_nothing(was) && says_nothing(is))) return;
        if (change.fields.size() == most_fields) {
            cut = true;
            return;
        }
        change.fields.push_back({field, shortened(in_words(was), cut), shortened(in_words(is), cut)});
    };
    for (const auto& [field, was] : before.items()) add(field, was, after.value(field, json()));
    for (const auto& [field, is] : after.items())
        if (!before.contains(field)) add(field, json(), is);
    if (cut)
        change.whole =
            entry.before.value_or("") + (entry.before && entry.after ? " → " : "") + entry.after.value_or("");
    return change;
}

}  // namespace outcry::operators
