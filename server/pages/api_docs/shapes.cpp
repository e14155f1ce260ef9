// server/pages/api_docs/shapes.cpp: walks schemas along their references.
#include "server/pages/api_docs/shapes.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/openapi/description.hpp"
#include "server/pages/api_docs/type_words.hpp"

namespace outcry::pages {

using Json = nlohmann::ordered_json;

namespace {

void add_fields(const Json& schema, const std::string& prefix, const Words& words, std::vector<Field>& fields) {
    if (schema.contains("$ref")) add_fields(openapi::resolve(schema), prefix, words, fields);
    if (!schema.contains("properties")) return;
    const auto required = schema.value("required", std::vector<std::string>{});
    for (const auto& [name, value] : schema["properties"].items()) {
        const bool always = std::find(required.begin(), required.end(), name) != required.end();
        fields.push_back({prefix + name, type_in_words(value, words), value.value("description", ""), !always});
        if (value.contains("properties")) add_fields(value, prefix + name + '.', words, fields);
    }
}

/// Of a shape that extends another, what it extends is a part of it and no shape by itself.
void follow(const Json& value, bool is_shape, std::vector<std::string>& found) {
    if (!value.is_structured()) return;
    for (const auto& [key, inside] : value.items()) {
        if (key != "$ref") {
            follow(inside, false, found);
            continue;
        }
        const std::string name{openapi::referred(value)};
        const bool schema = inside.get_ref<const std::string&>().starts_with("#/components/schemas/");
        if (std::find(found.begin(), found.end(), name) != found.end()) continue;
        if (schema && !is_shape) found.push_back(name);
        follow(openapi::resolve(value), schema, found);
    }
}

}  // namespace

std::vector<Field> fields_of(const Json& schema, const Words& words) {
    std::vector<Field> fields;
    add_fields(schema, "", words, fields);
    return fields;
}

std::vector<std::string> shapes_in(const Json& value) {
    std::vector<std::string> found;
    follow(value, false, found);
    return found;
}

}  // namespace outcry::pages
