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
    for (const auto& extended : openapi::part(schema, "allOf"))
        add_fields(openapi::resolve(extended), prefix, words, fields);
    const auto required = schema.value("required", std::vector<std::string>{});
    for (const auto& [name, value] : openapi::part(schema, "properties").items()) {
        const bool always = std::find(required.begin(), required.end(), name) != required.end();
        fields.push_back({prefix + name, type_in_words(value, words), value.value("description", ""), !always});
        add_fields(value, prefix + name + '.', words, fields);
    }
}

void follow(const Json& value, std::vector<std::string>& found);

void follow_reference(const Json& value, std::vector<std::string>& found) {
    const std::string name{openapi::referred(value)};
    const bool shape = value["$ref"].get_ref<const std::string&>().starts_with("#/components/schemas/");
    if (shape && std::find(found.begin(), found.end(), name) != found.end()) return;
    if (shape) found.push_back(name);
    follow(openapi::resolve(value), found);
}

/// What a shape extends is a part of it, and no shape by itself.
void follow(const Json& value, std::vector<std::string>& found) {
    if (!value.is_structured()) return;
    for (const auto& [key, inside] : value.items()) {
        if (key == "$ref")
            follow_reference(value, found);
        else if (key == "allOf")
            for (const auto& extended : inside) follow(openapi::resolve(extended), found);
        else
            follow(inside, found);
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
    follow(value, found);
    return found;
}

}  // namespace outcry::pages
