// server/operator/incidents/statements_api.cpp: JSON in, JSON out.
#include "server/operator/incidents/statements_api.hpp"

#include <nlohmann/json.hpp>

#include "server/http/problem.hpp"
#include "server/operator/account/token.hpp"
#include "server/operator/body.hpp"
#include "server/operator/incidents/statement_draft.hpp"
#include "server/operator/incidents/statements.hpp"
#include "server/storage/statements.hpp"

namespace outcry::operators {

using boost::asio::awaitable;
using http::Method;
using http::Request;
using http::Response;
using nlohmann::json;

namespace {

using namespace std::chrono_literals;

Response unknown_service() {
    return http::problem(404, "unknown-service", "No such service");
}

json source_json(const std::optional<storage::StatementSource>& source) {
    if (!source) return nullptr;
    return {{"address", source->address},
            {"answered", source->answered ? json(pages::Words::stamp(*source->answered)) : json(nullptr)},
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
        data.push_back({{"at", pages::Words::stamp(each.at)},
                        {"status", each.status},
                        {"title", each.title},
                        {"text", each.text},
                        {"address", each.address},
                        {"by", each.by_whom.empty() ? json(nullptr) : json(each.by_whom)}});
    co_return answer({{"source", source_json(source)}, {"data", std::move(data)}});
}

awaitable<Response> add(const Parts& parts, const Request& request, const Actor& actor) {
    const auto catalogue = parts.pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return unknown_service();
    const auto now = parts.clock.now();
    Flaws flaws;
    const auto statement = read_statement(request, actor.audit_name(), now, parts.renderer->words(), flaws);
    if (!flaws.empty()) co_return refuse_input(flaws);
    const auto work = [&](storage::Transaction& tx) { write_down(tx, *service, statement, actor, now); };
    co_await parts.database.transact(work);
    co_return answer(
        {{"at", pages::Words::stamp(statement.at)}, {"status", statement.status}, {"text", statement.text}},
        201);
}

awaitable<Response> set_source(const Parts& parts, const Request& request, const Actor& actor) {
    const auto catalogue = parts.pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return unknown_service();
    Flaws flaws;
    const auto address = read_source(request, parts.renderer->words(), flaws);
    if (!flaws.empty()) co_return refuse_input(flaws);
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
