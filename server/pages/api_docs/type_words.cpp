// server/pages/api_docs/type_words.cpp: one function for each kind of schema that the description uses.
#include "server/pages/api_docs/type_words.hpp"

#include <nlohmann/json.hpp>

#include "server/openapi/description.hpp"

namespace outcry::pages {

using Json = nlohmann::ordered_json;

namespace {

/// A number or text as it stands in JSON, a text without its quotes.
std::string plain(const Json& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string code(const std::string& text) {
    return "<code>" + escape_html(text) + "</code>";
}

/// ", 1 to 200", ", 0 or more", ", at most 64"; nothing when neither end is known.
std::string span(const Json& schema, const char* least, const char* most, const Words& words) {
    const bool from = schema.contains(least), to = schema.contains(most);
    std::string says;
    if (from && to)
        says = words.text("api.type.span", {{"least", plain(schema[least])}, {"most", plain(schema[most])}});
    else if (from)
        says = words.text("api.type.from", {{"least", plain(schema[least])}});
    else if (to)
        says = words.text("api.type.up_to", {{"most", plain(schema[most])}});
    return says.empty() ? says : ", " + says;
}

std::string choices(const Json& schema, const Words& words) {
    std::string list;
    const auto& all = schema["enum"];
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto last = i + 1 == all.size();
        list += i == 0 ? "" : last ? ' ' + words.text("api.type.or") + ' ' : ", ";
        list += code(plain(all[i]));
    }
    return list;
}

std::string text_type(const Json& schema, const Words& words) {
    const auto format = schema.value("format", "");
    if (format == "date-time") return words.text("api.type.time");
    if (format == "uuid") return "UUID";
    auto type = words.text("api.type.text");
    if (const auto length = span(schema, "minLength", "maxLength", words); !length.empty())
        type += length + ' ' + words.text("api.type.characters");
    if (schema.contains("pattern")) type += ", " + code(plain(schema["pattern"]));
    return type;
}

std::string list_type(const Json& schema, const Words& words) {
    std::string of;
    if (schema.contains("items")) of = type_in_words(schema["items"], words);
    for (const auto& each : openapi::part(schema, "prefixItems"))
        of += (of.empty() ? "" : "; ") + type_in_words(each, words);
    return words.text("api.type.list") + ' ' + of;
}

std::string one_type(const std::string& type, const Json& schema, const Words& words) {
    if (type == "string") return text_type(schema, words);
    if (type == "array") return list_type(schema, words);
    if (type == "boolean") return words.text("api.type.boolean");
    if (type == "null") return "null";
    if (type == "object") {
        const auto more = schema.find("additionalProperties");
        const bool map = more != schema.end() && more->is_object();
        return words.text("api.type.object") +
               (map ? ' ' + words.text("api.type.of") + ' ' + type_in_words(*more, words) : "");
    }
    return words.text("api.type." + type) + span(schema, "minimum", "maximum", words);
}

}  // namespace

std::string type_in_words(const Json& schema, const Words& words) {
    if (const auto shape = openapi::referred(schema); !shape.empty())
        return "<a href=\"#" + std::string(shape) + "\">" + std::string(shape) + "</a>";
    if (schema.contains("enum")) return choices(schema, words);
    std::string all;
    const auto add = [&](const std::string& type) {
        all += (all.empty() ? "" : ' ' + words.text("api.type.or") + ' ') + type;
    };
    for (const auto& each : openapi::part(schema, "oneOf")) add(type_in_words(each, words));
    const auto types = schema.value("type", Json{});
    if (types.is_string()) add(one_type(types.get<std::string>(), schema, words));
    if (types.is_array())
        for (const auto& type : types) add(one_type(type.get<std::string>(), schema, words));
    return all.empty() ? words.text("api.type.anything") : all;
}

std::string default_in_words(const Json& schema) {
    return schema.contains("default") ? plain(schema["default"]) : "";
}

}  // namespace outcry::pages
