// server/pages/report_handlers.cpp: the report form: counted first, then a thank-you that asks for details.
#include "ingest/report_id.hpp"
#include "ingest/submission.hpp"
#include "ingest/text.hpp"
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

/// Why, in the reader's language where it is the message, the one field in which anything can be typed.
std::string reason_in(const Words& words, const Rejection& rejection, const std::string& message) {
    if (rejection.pointer != "/message") return rejection.reason;
    if (ingest::first_control(message)) return words.text("report.message_controls");
    const auto length = ingest::characters(message);
    if (length <= ingest::most_message_characters) return rejection.reason;
    return words.text("report.message_long",
                      {{"most", std::to_string(ingest::most_message_characters)}, {"n", words.number(length)}});
}

/// What was typed, as far as it can be read, so that nobody types it twice.
RefusedReport what_was_typed(const http::Request& request, const std::vector<Rejection>& rejections,
                             const Words& words) {
    RefusedReport refused;
    if (const auto form = http::parse_target("/?" + request.body)) {
        for (const auto& [name, value] : form->query) {
            if (name == "category") refused.category = value;
            if (name == "message") refused.message = value;
        }
    }
    for (const auto& rejection : rejections)
        refused.errors.emplace_back(rejection.pointer.empty() ? "" : rejection.pointer.substr(1),
                                    reason_in(words, rejection, refused.message));
    return refused;
}

/// The category's id, 0 when none was named, nothing when the service has no such category.
std::optional<storage::CategoryId> find_category(const storage::Service& service,
                                                 const std::optional<std::string>& key) {
    if (!key) return 0;
    for (const auto& offered : service.categories)
        if (offered.key == *key) return offered.id;
    return std::nullopt;
}

/// What became of a submission that was handed in.
struct Receipt {
    enum class Outcome { durable, too_many, busy } outcome = Outcome::durable;
    std::chrono::seconds retry_after{5};  // unless durable
};

/// The same way in as the API's.
boost::asio::awaitable<Receipt> hand_in(const Parts& parts, const storage::Service& service,
                                        storage::CategoryId category, const Submission& submission,
                                        const boost::asio::ip::address& client) {
    const auto now = parts.clock.now();
    const auto admitted = parts.admission.admit(client, now);
    if (!admitted.yes) co_return Receipt{Receipt::Outcome::too_many, admitted.retry_after};
    const auto secrets = parts.secrets();
    ingest::Report report{.id = ingest::make_report_id(now),
                          .service = service.id,
                          .at = now,
                          .reporter = ingest::reporter_key(secrets, client, submission.client),
                          .prefix = ingest::prefix_key(secrets, client),
                          .works = submission.works,
                          .category = category,
                          .region = submission.region,
                          .message = submission.message};
    const auto accepted = co_await parts.writer.submit(std::move(report));
    co_return Receipt{accepted == ingest::Accepted::durable ? Receipt::Outcome::durable
                                                            : Receipt::Outcome::busy};
}

/// Where the reporter goes next: a first tap is asked for details, details and "works for me" are thanked for.
std::string_view next_step(const http::Request& request, const Submission& submission) {
    if (submission.works) return "works";
    const bool details =
        submission.category || !submission.message.empty() || request.query_value("step") == "detail";
    return details ? "added" : "counted";
}

http::Response failed(const Parts& parts, const http::Request& request, const storage::Service& service,
                      const Receipt& receipt) {
    const bool many = receipt.outcome == Receipt::Outcome::too_many;
    const ErrorView view{.trouble = many ? Trouble::too_many_reports : Trouble::report_unsaved,
                         .again = parts.renderer->site().service(service.slug),
                         .service_slug = service.slug,
                         .service_name = service.name,
                         .request_id = many ? "" : request.id};
    auto response = html(request, render_error(view, *parts.renderer), never_stored, many ? 429 : 503);
    response.set("retry-after", std::to_string(std::max<long>(1, receipt.retry_after.count())));
    return response;
}

}  // namespace

Answer post_report(const Parts& parts, const http::Request& request) {
    const auto catalogue = parts.pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return not_found(*parts.renderer, *catalogue, request, request.param("slug"));

    // Another site's page must not report in its visitors' name.
    const bool foreign = request.header("sec-fetch-site") == "cross-site";
    const bool form = http::media_type(request.header("content-type")) == "application/x-www-form-urlencoded";
    if (foreign || !form) {
        const ErrorView view{.trouble = Trouble::wrong_method,
                             .again = parts.renderer->site().service(service->slug)};
        co_return html(request, render_error(view, *parts.renderer), never_stored, foreign ? 403 : 415);
    }
    auto parsed = ingest::parse_form_submission(request.body);
    const auto* submission = std::get_if<Submission>(&parsed);
    const auto category = submission ? find_category(*service, submission->category) : 0;
    if (!category)
        parsed = std::vector<Rejection>{{422, "/category", parts.renderer->words().text("report.no_category")}};
    if (const auto* rejections = std::get_if<std::vector<Rejection>>(&parsed)) {
        const auto page = render_refused(
            *service, what_was_typed(request, *rejections, parts.renderer->words()), *parts.renderer);
        co_return html(request, page, never_stored, static_cast<unsigned>(rejections->front().status));
    }
    const auto receipt = co_await hand_in(parts, *service, *category, *submission, request.client);
    if (receipt.outcome != Receipt::Outcome::durable) co_return failed(parts, request, *service, receipt);
    co_return http::redirect(parts.renderer->site().service(service->slug) +
                             "/thanks?step=" + std::string(next_step(request, *submission)));
}

Answer get_thanks(const Parts& parts, const http::Request& request) {
    const auto catalogue = parts.pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return not_found(*parts.renderer, *catalogue, request, request.param("slug"));
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
    const auto view = co_await parts.pulse.read(look);
    co_return html(request, render_thanks(*service, view, *parts.renderer), never_stored);
}

Answer get_client_token(const Parts& parts, const http::Request&) {
    auto response = http::content("text/plain; charset=utf-8", ingest::make_client_token(parts.secrets()));
    response.set("cache-control", std::string(never_stored));
    co_return response;
}

}  // namespace outcry::pages
