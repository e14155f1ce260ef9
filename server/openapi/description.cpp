// server/openapi/description.cpp: one file holds what all share, one for each group of addresses the rest.
#include "server/openapi/description.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "openapi_files.hpp"

namespace outcry::openapi {

using Json = nlohmann::ordered_json;

namespace {

Json make() {
    auto whole = Json::parse(source::openapi);
    whole["info"]["version"] = OUTCRY_VERSION;
    whole["paths"] = Json::object();
    for (const auto& [name, text] : source::files)
        if (text != source::openapi) join(whole, Json::parse(text), name);
    return whole;
}

}  // namespace

void join(Json& whole, const Json& part, std::string_view name) {
    const auto add = [&](Json& to, const char* what) {
        if (!part.contains(what)) return;
        for (const auto& [key, value] : part[what].items()) {
            if (to.contains(key)) throw std::logic_error(std::string(name) + " describes " + key + " again");
            to[key] = value;
        }
    };
    add(whole["paths"], "paths");
    add(whole["components"]["schemas"], "schemas");
}

const Json& description() {
    static const auto whole = make();
    return whole;
}

std::string description_at(const std::string& address) {
    auto whole = description();
    whole["servers"] = Json::array({{{"url", address.empty() ? "/" : address}}});
    return whole.dump();
}

const Json& resolve(const Json& value) {
    if (!value.is_object() || !value.contains("$ref")) return value;
    const auto& target = value["$ref"].get_ref<const std::string&>();
    return description().at(Json::json_pointer(target.substr(1)));
}

const Json& part(const Json& value, const char* key) {
    static const Json nothing;
    const auto found = value.find(key);
    return found == value.end() ? nothing : *found;
}

std::string_view referred(const Json& value) {
    if (!value.is_object() || !value.contains("$ref")) return {};
    const std::string_view target = value["$ref"].get_ref<const std::string&>();
    return target.substr(target.rfind('/') + 1);
}

}  // namespace outcry::openapi
