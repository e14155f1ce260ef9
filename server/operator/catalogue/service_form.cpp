// server/operator/catalogue/service_form.cpp: lines of text to lists, and back.
#include "server/operator/catalogue/service_form.hpp"

#include <array>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

namespace outcry::operators {

using nlohmann::ordered_json;

namespace {

constexpr std::array<FormField, 11> fields{{{"slug"},
                                            {"name"},
                                            {"group"},
                                            {"zone"},
                                            {"parent"},
                                            {"aliases", true},
                                            {"homepage"},
                                            {"status_page"},
                                            {"provider"},
                                            {"networks", true},
                                            {"categories", true}}};

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        const auto first = line.find_first_not_of(" \t\r");
        if (first != std::string::npos)
            lines.push_back(line.substr(first, line.find_last_not_of(" \t\r") - first + 1));
    }
    return lines;
}

/// "login = Signing in" as the file has it.
ordered_json category_from(const std::string& line) {
    const auto equals = line.find('=');
    const auto trim = [](std::string text) {
        const auto first = text.find_first_not_of(' ');
        return first == std::string::npos ? std::string{}
                                          : text.substr(first, text.find_last_not_of(' ') - first + 1);
    };
    const auto key = trim(line.substr(0, equals));
    return {{"key", key}, {"label", equals == std::string::npos ? key : trim(line.substr(equals + 1))}};
}

/// A number where it is one; anything else stays text, and the rules of the file refuse it.
ordered_json network_from(std::string line) {
    if (line.starts_with("AS") || line.starts_with("as")) line.erase(0, 2);
    const bool digits =
        !line.empty() && line.size() < 12 && line.find_first_not_of("0123456789") == std::string::npos;
    return digits ? ordered_json(std::stoll(line)) : ordered_json(line);
}

}  // namespace

std::span<const FormField> form_fields() {
    return fields;
}

std::string file_from(const Typed& typed) {
    ordered_json entry;
    for (const auto& [name, several] : form_fields()) {
        const auto& text = typed.at(std::string(name));
        const std::string key(name);
        if (!several) {
            if (!text.empty()) entry[key] = text;
            continue;
        }
        auto values = ordered_json::array();
        for (const auto& line : lines_of(text))
            values.push_back(key == "categories" ? category_from(line)
                             : key == "networks" ? network_from(line)
                                                 : ordered_json(line));
        entry[key] = std::move(values);
    }
    return ordered_json{{"services", {entry}}}.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

Typed typed_from(const std::string& entry) {
    const auto json = ordered_json::parse(entry);
    Typed typed;
    for (const auto& [name, several] : form_fields()) {
        const auto found = json.find(std::string(name));
        auto& text = typed[std::string(name)];
        if (found == json.end()) continue;
        if (!several) text = found->get<std::string>();
        for (const auto& value : several ? *found : ordered_json::array())
            text +=
                (value.is_object() ? value["key"].get<std::string>() + " = " + value["label"].get<std::string>()
                 : value.is_number() ? std::to_string(value.get<std::int64_t>())
                                     : value.get<std::string>()) +
                "\n";
    }
    if (typed["zone"].empty()) typed["zone"] = "UTC";
    return typed;
}

}  // namespace outcry::operators
