// server/operator/incidents/incident_api.cpp: JSON in, JSON out.
#include "server/operator/incidents/incident_api.hpp"

#include <nlohmann/json.hpp>

#include "server/http/negotiation.hpp"
#include "server/http/problem.hpp"
#include "server/operator/account/token.hpp"
#include "server/operator/incidents/incident_answer.hpp"
#include "server/operator/input.hpp"

namespace outcry::operators {

using boost::asio::awaitable;
using http::Request;
using http::Response;

namespace {

Response answer(const Deed& deed, Outcome outcome, const pages::Words& words) {
    if (outcome == Outcome::done)
        return http::content(
            "application/json",
            nlohmann::ordered_json{{"incident", deed.incident}, {"done", to_string(deed.act)}}.dump());
    const auto status = status_of(outcome);
    const auto sentence = in_words(outcome, words);
    const bool of_into = outcome == Outcome::bad_target || outcome == Outcome::whole_over;
    if (status == 422) return refuse_input({{of_into ? "into" : "why", sentence}});
    return http::problem(status, status == 404 ? "not-found" : "conflict", sentence);
}

awaitable<Response> post(Act what, const Request& request, const Actor& actor, const Parts& parts) {
    auto deed = deed_of(what, request.param("id"), actor);
    Flaws flaws;
    if (!request.body.empty()) {
        const auto input = Input::read(request, {"why", "into"}, flaws);
        deed.why = input.text("why");
        deed.into = input.text("into");
    }
    if (!flaws.empty()) co_return refuse_input(flaws);
    const auto work = [&](storage::Transaction& tx) { return act(tx, deed, parts.clock.now()); };
    const auto outcome = co_await parts.database.transact(work);
    co_return answer(deed, outcome, parts.renderer->words());
}

}  // namespace

std::vector<GuardedRoute> incident_api(const Parts& parts) {
    std::vector<GuardedRoute> routes;
    for (const auto each : all_acts)
        routes.push_back({http::Method::post,
                          "/api/v1/admin/incidents/{id}/" + std::string(to_string(each)),
                          {Role::operator_, incidents_scope},
                          [parts, each](const Request& r, const Actor& a) { return post(each, r, a, parts); }});
    return routes;
}

}  // namespace outcry::operators
