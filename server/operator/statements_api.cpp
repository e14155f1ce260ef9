// server/operator/statements_api.cpp: JSON in, JSON out.
#include "server/operator/statements_api.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/http/negotiation.hpp"
#include "server/http/problem.hpp"
#include "server/operator/statement_draft.hpp"
#include "server/operator/statements.hpp"
#include "server/operator/token.hpp"
#include "server/storage/statements.hpp"

namespace outcry::operators {

using boost::asio::awaitable;
using http::Method;
using http::Request;
using http::Response;
using nlohmann::json;

namespace {

using namespace std::chrono_literals;

Response answer(const json& body, unsigned status = 200) {
    return http::content("application/json", body.dump(-1, ' ', false, json::error_handler_t::replace), status);
}

Response unknown_service() {
    return http::problem(404, "unknown-service", "No such service");
}

/// Milliseconds since 1970 would be exact, seconds are what people said.
std::string stamp(Time at) {
    return pages::Words::stamp(at);
}

json source_json(const std::optional<storage::StatementSource>& source) {
    if (!source) return nullptr;
    return {{"address", source->address},
            {"answered", source->answered ? json(stamp(*source->answered)) : json(nullptr)},
            {"failures", source->failures},
            {"trouble", source->trouble.empty() ? json(nullptr) : json(source->trouble)}};
}

awaitable<Response> list(const Parts& parts, const Request& request) {
    const auto catalogue = parts.pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return unknown_service();
    const auto now = parts.clock.now();
    std::optional<storage::StatementSource> source;
    const auto load = [&](storage::Transaction& tx) {
        source = storage::load_statement_source(tx, service->id);
        return storage::load_statements(tx, service->id, now - 30 * 24h, now + 1h);
    };
    const auto said = co_await parts.database.read(load);
    auto data = json::array();
    for (const auto& each : said)
        data.push_back({{"at", stamp(each.at)},
                        {"status", each.status},
                        {"title", each.title},
                        {"text", each.text},
                        {"address", each.address},
                        {"by", each.by_whom.empty() ? json(nullptr) : json(each.by_whom)}});
    co_return answer({{"source", source_json(source)}, {"data", std::move(data)}});
}

/// The members of a JSON object, all of them text and all of them known; otherwise what is wrong.
std::vector<http::FieldError> read_texts(const json& body,
                                         const std::vector<std::pair<std::string, std::string*>>& known) {
    if (!body.is_object()) return {{"", "Send a JSON object."}};
    std::vector<http::FieldError> errors;
    for (const auto& [name, value] : body.items()) {
        const auto* found = std::find_if(known.data(), known.data() + known.size(),
                                         [&, &key = name](const auto& each) { return each.first == key; });
        if (found == known.data() + known.size())
            errors.push_back({"/" + name, "There is no such field."});
        else if (!value.is_string())
            errors.push_back({"/" + name, "Give text."});
        else
            *found->second = value.get<std::string>();
    }
    return errors;
}

Response invalid(std::vector<http::FieldError> errors) {
    return http::problem(422, "validation", "This cannot be used as it is", {}, std::move(errors));
}

awaitable<Response> add(const Parts& parts, const Request& request, const Actor& actor) {
    const auto catalogue = parts.pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return unknown_service();
    StatementDraft draft;
    auto errors = read_texts(
        json::parse(request.body, nullptr, false),
        {{"status", &draft.status}, {"text", &draft.text}, {"address", &draft.address}, {"at", &draft.at}});
    if (!errors.empty()) co_return invalid(std::move(errors));
    const auto now = parts.clock.now();
    std::vector<Wrong> wrong;
    const auto statement = check_statement(draft, actor.audit_name(), now, wrong);
    for (const auto& each : wrong)
        errors.push_back(
            {"/" + each.field, parts.renderer->words().text("operator.statements.wrong." + each.why)});
    if (!errors.empty()) co_return invalid(std::move(errors));
    const auto work = [&](storage::Transaction& tx) { write_down(tx, *service, statement, actor, now); };
    co_await parts.database.transact(work);
    co_return answer({{"at", stamp(statement.at)}, {"status", statement.status}, {"text", statement.text}},
                     201);
}

awaitable<Response> set_source(const Parts& parts, const Request& request, const Actor& actor) {
    const auto catalogue = parts.pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return unknown_service();
    std::string address;
    auto errors = read_texts(json::parse(request.body, nullptr, false), {{"address", &address}});
    if (const auto why = check_source_address(address); errors.empty() && !why.empty())
        errors.push_back({"/address", parts.renderer->words().text("operator.statements.wrong." + why)});
    if (!errors.empty()) co_return invalid(std::move(errors));
    const auto now = parts.clock.now();
    std::optional<storage::StatementSource> source;
    const auto work = [&](storage::Transaction& tx) {
        read_from(tx, *service, address, actor, now);
        source = storage::load_statement_source(tx, service->id);
    };
    co_await parts.database.transact(work);
    co_return answer({{"source", source_json(source)}});
}

}  // namespace

std::vector<GuardedRoute> statement_api(const Parts& parts) {
    const std::string address = "/api/v1/admin/services/{slug}/statements";
    return {{Method::get,
             address,
             {Role::viewer, read_scope},
             [parts](const Request& r, const Actor&) { return list(parts, r); }},
            {Method::post,
             address,
             {Role::operator_, incidents_scope},
             [parts](const Request& r, const Actor& a) { return add(parts, r, a); }},
            {Method::put,
             address + "/source",
             {Role::operator_, catalogue_scope},
             [parts](const Request& r, const Actor& a) { return set_source(parts, r, a); }}};
}

}  // namespace outcry::operators
