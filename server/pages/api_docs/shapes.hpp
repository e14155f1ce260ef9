// server/pages/api_docs/shapes.hpp: the shapes that a group of operations sends and gets, as tables of fields.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "server/pages/words.hpp"

namespace outcry::pages {

struct Field {
    std::string name;  // "peak", "params.saved"
    std::string type;  // escaped HTML
    std::string meaning;
    bool optional = false;
};

/// The fields of an object, those of what it extends first, those of objects inside under their full name.
std::vector<Field> fields_of(const nlohmann::ordered_json& schema, const Words&);

/// Names of every shape that `value` refers to, at any depth, in the order in which they come up.
std::vector<std::string> shapes_in(const nlohmann::ordered_json& value);

}  // namespace outcry::pages
