// server/api/reports.cpp: POST /services/{slug}/reports; answered once the report is durable.
#include "server/api/reports.hpp"

#include <algorithm>

#include "ingest/idempotency.hpp"
#include "ingest/report_id.hpp"
#include "ingest/submission.hpp"
#include "server/api/json.hpp"
#include "server/api/query.hpp"
#include "server/api/refusals.hpp"
#include "server/api/shared_answer.hpp"
#include "server/http/negotiation.hpp"
#include "server/http/problem.hpp"

namespace outcry::api {

using boost::asio::awaitable;
using http::Response;

namespace {

Response wrong_content_type() {
    auto response = http::problem(415, "content-type", "This is not JSON",
                                  "Send the report as JSON with Content-Type: application/json.");
    response.set("accept-post", "application/json");
    return response;
}

Response rejected(const std::vector<ingest::Rejection>& rejections) {
    const auto status = static_cast<unsigned>(rejections.front().status);
    std::vector<http::FieldError> errors;
    for (const auto& rejection : rejections) errors.push_back({rejection.pointer, rejection.reason});
    return http::problem(status, status == 400 ? "unreadable" : "validation",
                         status == 400 ? "The report cannot be read" : "The report cannot be taken as it is",
                         {}, std::move(errors));
}

Response unknown_category(const storage::Service& service) {
    std::string known;
    for (const auto& category : service.categories)
        known.append(known.empty() ? "" : ", ").append(category.key);
    const auto fix = known.empty() ? "This service has no categories; leave the field out."
                                   : "Choose one of: " + known + "; or leave the field out.";
    return rejected({{422, "/category", fix}});
}

Response bad_idempotency_key() {
    return http::problem(400, "idempotency-key", "The Idempotency-Key cannot be used",
                         "Give from 1 to 255 visible ASCII characters, best a UUIDv7.");
}

Response too_many_reports(std::chrono::seconds retry_after) {
    const auto seconds = std::to_string(retry_after.count());
    auto response = http::problem(429, "too-many-reports", "Too many reports from this network",
                                  "Please try again in " + seconds + " s.");
    response.set("retry-after", seconds);
    return response;
}

/// What this client may send, and how much of it is left.
void tell_limits(Response& response, const ingest::AdmissionLimits& limits, const ingest::Admitted& admitted) {
    const auto whole = [](double number) { return std::to_string(static_cast<long>(number)); };
    const auto refill = limits.per_address_burst / std::max(limits.per_address_per_minute, 1e-3) * 60;
    response.set("ratelimit-policy",
                 "\"reports\";q=" + whole(limits.per_address_burst) + ";w=" + whole(refill));
    auto left = "\"reports\";r=" + std::to_string(admitted.remaining);
    if (!admitted.yes) left += ";t=" + std::to_string(admitted.retry_after.count());
    response.set("ratelimit", std::move(left));
}

Response accepted(const ingest::ReportId& id) {
    auto response = http::content("application/json", accepted_json(ingest::to_text(id)), 202);
    response.set("cache-control", "no-store");
    return response;
}

Response answer_for(ingest::Accepted outcome, const ingest::ReportId& id) {
    using namespace std::chrono_literals;
    switch (outcome) {
        case ingest::Accepted::durable:
            return accepted(id);
        case ingest::Accepted::full:
            return overloaded("More reports are waiting than can be kept.", 5s);
        case ingest::Accepted::timed_out:
            break;
    }
    // Whether it was stored is not known: the same key makes sure that it counts once.
    return overloaded("The report could not be confirmed in time. Send it again with the same Idempotency-Key.",
                      5s);
}

/// The category's id, 0 when none was named, nothing when the service has no such category.
std::optional<storage::CategoryId> find_category(const storage::Service& service,
                                                 const std::optional<std::string>& key) {
    if (!key) return 0;
    const auto named = [&](const auto& category) { return category.key == *key; };
    const auto found = std::find_if(service.categories.begin(), service.categories.end(), named);
    return found == service.categories.end() ? std::nullopt : std::optional{found->id};
}

awaitable<Response> take_report(const http::Request& request, const live::Catalogue& catalogue,
                                ingest::Admission& admission, ingest::BatchWriter& writer,
                                const ingest::ReporterSecrets& secrets, Time now) {
    const auto* service = catalogue.find(request.param("slug"));
    if (!service) co_return unknown_service(request.param("slug"));
    if (http::media_type(request.header("content-type")) != "application/json") co_return wrong_content_type();
    if (!http::accepts(request.header("accept"), "application/json"))
        co_return not_acceptable("application/json");

    if (auto refusal = Query(request, {}).refusal()) co_return std::move(*refusal);

    auto parsed = ingest::parse_json_submission(request.body);
    if (const auto* rejections = std::get_if<std::vector<ingest::Rejection>>(&parsed))
        co_return rejected(*rejections);
    auto& submission = std::get<ingest::Submission>(parsed);
    const auto category = find_category(*service, submission.category);
    if (!category) co_return unknown_category(*service);

    const auto reporter = ingest::reporter_key(secrets, request.client, submission.client);
    auto id = ingest::make_report_id(now);
    const auto is_key = [](const auto& field) { return field.first == "idempotency-key"; };
    if (const auto keys = std::count_if(request.headers.begin(), request.headers.end(), is_key); keys > 0) {
        const auto own = ingest::report_id_for(request.header("idempotency-key"), reporter, service->id, now);
        if (keys > 1 || !own) co_return bad_idempotency_key();
        id = *own;
    }
    const auto admitted = admission.admit(request.client, now);
    if (!admitted.yes) {
        auto refused = too_many_reports(admitted.retry_after);
        tell_limits(refused, admission.limits(), admitted);
        co_return refused;
    }

    ingest::Report report{.id = id,
                          .service = service->id,
                          .at = now,
                          .reporter = reporter,
                          .prefix = ingest::prefix_key(secrets, request.client),
                          .works = submission.works,
                          .category = *category,
                          .region = std::move(submission.region),
                          .message = std::move(submission.message)};
    const auto outcome = co_await writer.submit(std::move(report));
    auto response = answer_for(outcome, id);
    tell_limits(response, admission.limits(), admitted);
    co_return response;
}

}  // namespace

awaitable<Response> post_report(const http::Request& request, std::shared_ptr<const live::Catalogue> catalogue,
                                ingest::Admission& admission, ingest::BatchWriter& writer,
                                ingest::ReporterSecrets secrets, Time now) {
    auto response = co_await take_report(request, *catalogue, admission, writer, secrets, now);
    open_to_every_origin(response);
    co_return response;
}

awaitable<Response> preflight_report(const http::Request&) {
    Response response;
    response.status = 204;
    response.set("allow", "OPTIONS, POST");
    response.set("access-control-allow-origin", "*");
    response.set("access-control-allow-methods", "POST");
    response.set("access-control-allow-headers", "content-type, idempotency-key");
    response.set("access-control-max-age", "86400");
    co_return response;
}

}  // namespace outcry::api
