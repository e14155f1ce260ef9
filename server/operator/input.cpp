// server/operator/input.cpp: two encodings, one reading.
#include "server/operator/input.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/http/negotiation.hpp"
#include "server/http/problem.hpp"
#include "server/operator/body.hpp"
#include "server/operator/form.hpp"

namespace outcry::operators {
namespace {

using nlohmann::json;

std::string scalar(const json& value) {
    if (value.is_string()) return value.get<std::string>();
    return value.is_null() ? std::string{} : value.dump();
}

std::string without_blanks(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

std::string flaw_of(const Flaws& flaws, std::string_view field) {
    const auto is = [&](const Flaw& wrong) { return wrong.field == field; };
    const auto found = std::find_if(flaws.begin(), flaws.end(), is);
    return found == flaws.end() ? std::string{} : found->sentence;
}

Input Input::read(const http::Request& request, const std::vector<std::string_view>& known, Flaws& flaws) {
    Input input;
    const auto is_known = [&](std::string_view name) {
        return std::find(known.begin(), known.end(), name) != known.end();
    };
    if (http::media_type(request.header("content-type")) != "application/json") {
        for (const auto& [name, value] : read_form(request))
            if (is_known(name)) input.fields_[name] = without_blanks(value);
        return input;
    }
    const auto body = json::parse(request.body, nullptr, false);
    if (!body.is_object()) flaws.push_back({"", "Send a JSON object."});
    if (!body.is_object()) return input;
    for (const auto& [name, value] : body.items()) {
        if (!is_known(name))
            flaws.push_back({name, "There is no such field."});
        else if (value.is_structured())
            flaws.push_back({name, "Give a text or a number."});
        else
            input.fields_[name] = without_blanks(scalar(value));
    }
    return input;
}

std::string Input::text(std::string_view name) const {
    const auto found = fields_.find(name);
    return found == fields_.end() ? std::string{} : found->second;
}

http::Response refuse_input(const Flaws& flaws) {
    std::vector<http::FieldError> errors;
    for (const auto& [field, sentence] : flaws) {
        if (field.empty()) return http::problem(400, "unreadable", "The body cannot be read", sentence);
        errors.push_back({pointer_to("", field), sentence});
    }
    return http::problem(422, "validation", "This cannot be taken as it is", {}, std::move(errors));
}

}  // namespace outcry::operators
