// server/pages/api_docs/reference_page.cpp: from the description to view data; the templates say how it looks.
#include "server/pages/api_docs/reference_page.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/openapi/description.hpp"
#include "server/pages/api_docs/shapes.hpp"
#include "server/pages/api_docs/type_words.hpp"
#include "web_templates.hpp"

namespace outcry::pages {

using kainjow::mustache::list;
using Json = nlohmann::ordered_json;

namespace {

std::string in_capitals(std::string text) {
    for (auto& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    return text;
}

Data row(std::initializer_list<std::pair<const char*, std::string>> cells) {
    Data data{Data::type::object};
    for (const auto& [name, text] : cells)
        if (!text.empty()) data.set(name, text);
    return data;
}

void put(Data& data, const char* name, list rows) {
    if (rows.empty()) return;
    data.set(std::string("has_") + name, true);
    data.set(name, std::move(rows));
}

list parameters(const Json& operation, const Words& words) {
    list rows;
    for (const auto& each : openapi::part(operation, "parameters")) {
        const auto& parameter = openapi::resolve(each);
        const auto& schema = parameter["schema"];
        const auto place = parameter["in"].get<std::string>();
        const bool needed = parameter.value("required", false) && place != "path";
        rows.push_back(row({{"name", parameter["name"].get<std::string>()},
                            {"place", words.text(needed ? "api.needed" : "api.in." + place)},
                            {"type", type_in_words(schema, words)},
                            {"otherwise", default_in_words(schema)},
                            {"meaning", parameter["description"].get<std::string>()}}));
    }
    return rows;
}

/// "Services as application/json", "text as text/csv".
std::string content(const Json& answer, const std::string& overview, const Words& words) {
    std::string all;
    for (const auto& [type, media] : openapi::part(answer, "content").items()) {
        const bool problem = openapi::referred(media["schema"]) == "Problem";
        all += (all.empty() ? "" : "; ") +
               (problem ? "<a href=\"" + overview + "#Problem\">" + words.text("api.problem") + "</a>"
                        : type_in_words(media["schema"], words) + ' ' + words.text("api.as") + ' ' +
                              escape_html(type));
    }
    return all;
}

/// All but what any address may answer, which the overview tells once.
list answers(const Json& operation, const std::string& overview, const Words& words) {
    list rows;
    for (const auto& [status, each] : operation["responses"].items()) {
        if (status == "default") continue;
        const auto& answer = openapi::resolve(each);
        std::string headers;
        for (const auto& [name, header] : openapi::part(answer, "headers").items())
            if (name != "X-Request-Id") headers += (headers.empty() ? "" : ", ") + name;
        rows.push_back(row({{"status", status},
                            {"meaning", answer["description"].get<std::string>()},
                            {"content", content(answer, overview, words)},
                            {"headers", headers}}));
    }
    return rows;
}

list fields(const Json& schema, const Words& words) {
    list rows;
    for (const auto& field : fields_of(schema, words)) {
        auto cells = row({{"name", field.name}, {"type", field.type}, {"meaning", field.meaning}});
        cells.set("optional", field.optional);
        rows.push_back(std::move(cells));
    }
    return rows;
}

list shapes(const Json& operations, const Words& words) {
    list rows;
    for (const auto& name : shapes_in(operations)) {
        const auto& schema = openapi::description()["components"]["schemas"][name];
        auto shape = row({{"name", name}, {"meaning", schema.value("description", "")}});
        put(shape, "fields", fields(schema, words));
        rows.push_back(std::move(shape));
    }
    return rows;
}

struct Operation {
    std::string method, path;
    const Json* described;
};

std::vector<Operation> operations_of(std::string_view group) {
    std::vector<Operation> all;
    for (const auto& [path, item] : openapi::description()["paths"].items())
        for (const auto& [method, operation] : item.items())
            if (operation["tags"][0] == group) all.push_back({in_capitals(method), path, &operation});
    return all;
}

Data brief(const Operation& operation) {
    return row({{"id", (*operation.described)["operationId"].get<std::string>()},
                {"method", operation.method},
                {"path", operation.path},
                {"summary", (*operation.described)["summary"].get<std::string>()}});
}

Data whole(const Operation& operation, const Familiar& familiar, const Renderer& renderer) {
    const auto& described = *operation.described;
    const auto& words = renderer.words();
    auto data = brief(operation);
    data.set("says", described["description"].get<std::string>());
    if (described.contains("x-role")) {
        data.set("role", described["x-role"].get<std::string>());
        data.set("scope", described["x-scope"].get<std::string>());
    }
    put(data, "parameters", parameters(described, words));
    if (described.contains("requestBody"))
        data.set("sends",
                 type_in_words(described["requestBody"]["content"]["application/json"]["schema"], words));
    put(data, "answers", answers(described, escape_html(renderer.site().path("/api/docs")), words));
    data.set("example",
             curl_example(renderer.site().address(""), operation.method, operation.path, described, familiar));
    return data;
}

Frame frame_of(const std::string& title, const std::string& description, const Words& words) {
    return {.title = words.text("frame.title", {{"page", title}}),
            .description = description,
            .here = "developers",
            .styles = "reading.css"};
}

}  // namespace

std::string render_reference(const Renderer& renderer) {
    const auto& words = renderer.words();
    const auto& whole = openapi::description();
    list groups;
    for (const auto& tag : whole["tags"]) {
        const auto name = tag["name"].get<std::string>();
        auto group = row({{"title", tag["x-displayName"].get<std::string>()},
                          {"says", tag["description"].get<std::string>()},
                          {"href", renderer.site().path("/api/docs/" + name)}});
        list rows;
        for (const auto& operation : operations_of(name)) rows.push_back(brief(operation));
        group.set("operations", rows);
        groups.push_back(std::move(group));
    }
    list ways;
    for (const auto& [name, scheme] : whole["components"]["securitySchemes"].items())
        ways.push_back(
            row({{"name", words.text("api.way." + name)}, {"says", scheme["description"].get<std::string>()}}));
    Data data{Data::type::object};
    data.set("says", whole["info"]["description"].get<std::string>());
    data.set("version", whole["info"]["version"].get<std::string>());
    data.set("json", renderer.site().address("/api/openapi.json"));
    data.set("groups", groups);
    data.set("ways", ways);
    data.set("any_other", whole["components"]["responses"]["Other"]["description"].get<std::string>());
    data.set("problem_fields", fields(whole["components"]["schemas"]["Problem"], words));
    data.set("error_fields", fields(whole["components"]["schemas"]["FieldError"], words));
    return renderer.page(frame_of(words.text("api.title"), words.text("api.lead"), words),
                         web::templates::reference, data);
}

std::optional<std::string> render_reference_group(std::string_view group, const Familiar& familiar,
                                                  const Renderer& renderer) {
    const auto& tags = openapi::description()["tags"];
    const auto tag =
        std::find_if(tags.begin(), tags.end(), [&](const auto& each) { return each["name"] == group; });
    if (tag == tags.end()) return std::nullopt;
    const auto& words = renderer.words();
    const auto title = (*tag)["x-displayName"].get<std::string>(),
               says = (*tag)["description"].get<std::string>();
    list operations;
    auto described = Json::array();
    for (const auto& each : operations_of(group)) {
        operations.push_back(whole(each, familiar, renderer));
        for (const auto& [status, answer] : (*each.described)["responses"].items())
            if (status[0] == '2') described.push_back(answer);
        described.push_back(openapi::part(*each.described, "requestBody"));
    }
    Data data{Data::type::object};
    data.set("title", title);
    data.set("says", says);
    data.set("overview", renderer.site().path("/api/docs"));
    data.set("operations", operations);
    put(data, "shapes", shapes(described, words));
    return renderer.page(frame_of(title, says, words), web::templates::reference_group, data);
}

}  // namespace outcry::pages
