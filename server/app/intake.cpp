// server/app/intake.cpp: from a checked submission to a durable report.
#include "server/app/intake.hpp"

#include <algorithm>

#include "ingest/report_id.hpp"
#include "ingest/reporter.hpp"

namespace outcry::app {
namespace {

using namespace std::chrono_literals;

storage::CategoryId id_of(const storage::Service& service, const std::optional<std::string>& key) {
    const auto named = [&](const auto& category) { return key && category.key == *key; };
    const auto found = std::find_if(service.categories.begin(), service.categories.end(), named);
    return found == service.categories.end() ? 0 : found->id;
}

ingest::Report make_report(const storage::Service& service, const ingest::Submission& submission,
                           const boost::asio::ip::address& client, const ingest::ReporterSecrets& secrets,
                           Time now) {
    return {.id = ingest::make_report_id(now),
            .service = service.id,
            .at = now,
            .reporter = ingest::reporter_key(secrets, client, submission.client),
            .prefix = ingest::prefix_key(secrets, client),
            .works = submission.works,
            .category = id_of(service, submission.category),
            .region = submission.region,
            .message = submission.message};
}

pages::Receipt receipt_for(ingest::Accepted accepted) {
    if (accepted == ingest::Accepted::durable) return {};
    return {.outcome = pages::Receipt::Outcome::busy, .retry_after = 5s};
}

}  // namespace

pages::Submit make_intake(ingest::Admission& admission, ingest::BatchWriter& writer,
                          const live::Secrets& secrets, const live::Clock& clock) {
    return [&](const storage::Service& service, const ingest::Submission& submission,
               const boost::asio::ip::address& client) -> boost::asio::awaitable<pages::Receipt> {
        const auto now = clock.now();
        const auto admitted = admission.admit(client, now);
        if (!admitted.yes)
            co_return pages::Receipt{.outcome = pages::Receipt::Outcome::too_many,
                                     .retry_after = admitted.retry_after};
        auto report = make_report(service, submission, client, secrets.current(), now);
        co_return receipt_for(co_await writer.submit(std::move(report)));
    };
}

}  // namespace outcry::app
