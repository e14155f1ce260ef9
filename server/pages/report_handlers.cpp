// server/pages/report_handlers.cpp: the report form: counted first, then a thank-you that asks for details.
#include "server/http/negotiation.hpp"
#include "server/http/target.hpp"
#include "server/pages/error_page.hpp"
#include "server/pages/handlers.hpp"
#include "server/pages/report_page.hpp"
#include "server/pages/respond.hpp"

namespace outcry::pages {
namespace {

using ingest::Rejection;
using ingest::Submission;

/// What was typed, as far as it can be read, so that nobody types it twice.
RefusedReport what_was_typed(const http::Request& request, const std::vector<Rejection>& rejections) {
    RefusedReport refused;
    if (const auto form = http::parse_target("/?" + request.body)) {
        for (const auto& [name, value] : form->query) {
            if (name == "category") refused.category = value;
            if (name == "message") refused.message = value;
        }
    }
    for (const auto& rejection : rejections)
        refused.errors.emplace_back(rejection.pointer.empty() ? "" : rejection.pointer.substr(1),
                                    rejection.reason);
    return refused;
}

bool offers(const storage::Service& service, const std::string& category) {
    for (const auto& offered : service.categories)
        if (offered.key == category) return true;
    return false;
}

/// Where the reporter goes next: a first tap is asked for details, details and "works for me" are thanked for.
std::string_view next_step(const http::Request& request, const Submission& submission) {
    if (submission.works) return "works";
    const bool details =
        submission.category || !submission.message.empty() || request.query_value("step") == "detail";
    return details ? "added" : "counted";
}

http::Response failed(const Dependencies& deps, const http::Request& request, const storage::Service& service,
                      const Receipt& receipt) {
    const bool many = receipt.outcome == Receipt::Outcome::too_many;
    const ErrorView view{.trouble = many ? Trouble::too_many_reports : Trouble::report_unsaved,
                         .again = deps.renderer->site().service(service.slug),
                         .service_slug = service.slug,
                         .service_name = service.name,
                         .request_id = many ? "" : request.id};
    auto response = html(request, render_error(view, *deps.renderer), never_stored, many ? 429 : 503);
    response.set("retry-after", std::to_string(std::max<long>(1, receipt.retry_after.count())));
    return response;
}

}  // namespace

Answer post_report(const Dependencies& deps, const http::Request& request) {
    const auto catalogue = deps.pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return not_found(*deps.renderer, *catalogue, request, request.param("slug"));

    // Another site's page must not report in its visitors' name.
    const bool foreign = request.header("sec-fetch-site") == "cross-site";
    const bool form = http::media_type(request.header("content-type")) == "application/x-www-form-urlencoded";
    if (foreign || !form) {
        const ErrorView view{.trouble = Trouble::wrong_method,
                             .again = deps.renderer->site().service(service->slug)};
        co_return html(request, render_error(view, *deps.renderer), never_stored, foreign ? 403 : 415);
    }
    auto parsed = ingest::parse_form_submission(request.body);
    const auto* submission = std::get_if<Submission>(&parsed);
    if (submission && submission->category && !offers(*service, *submission->category))
        parsed = std::vector<Rejection>{{422, "/category", deps.renderer->words().text("report.no_category")}};
    if (const auto* rejections = std::get_if<std::vector<Rejection>>(&parsed)) {
        const auto page = render_refused(*service, what_was_typed(request, *rejections), *deps.renderer);
        co_return html(request, page, never_stored, static_cast<unsigned>(rejections->front().status));
    }
    const auto receipt = co_await deps.submit(*service, *submission, request.client);
    if (receipt.outcome != Receipt::Outcome::durable) co_return failed(deps, request, *service, receipt);
    co_return http::redirect(deps.renderer->site().service(service->slug) +
                             "/thanks?step=" + std::string(next_step(request, *submission)));
}

Answer get_thanks(const Dependencies& deps, const http::Request& request) {
    const auto catalogue = deps.pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return not_found(*deps.renderer, *catalogue, request, request.param("slug"));
    const auto step = request.query_value("step").value_or("counted");
    const auto look = [&](const analytics::Board& board) {
        const auto standing = board.standing(service->id);
        ThanksView view{.step = step == "works"   ? Step::works
                                : step == "added" ? Step::added
                                                  : Step::counted,
                        .now = Time{board.complete_until()}};
        if (standing.incident.phase == analytics::Phase::open) {
            view.others = standing.incident.total + standing.running;
            view.since = Time{standing.incident.began};
        }
        return view;
    };
    const auto view = co_await deps.pulse.read(look);
    co_return html(request, render_thanks(*service, view, *deps.renderer), never_stored);
}

Answer get_client_token(const Dependencies& deps, const http::Request&) {
    auto response = http::content("text/plain; charset=utf-8", deps.make_client_token());
    response.set("cache-control", std::string(never_stored));
    co_return response;
}

}  // namespace outcry::pages
