// server/api/reports.hpp: POST /services/{slug}/reports; answered once the report is durable.
#pragma once
#include <boost/asio/awaitable.hpp>

#include "ingest/admission.hpp"
#include "ingest/batch_writer.hpp"
#include "ingest/reporter.hpp"
#include "server/http/message.hpp"
#include "server/live/pulse.hpp"

namespace outcry::api {

/// 202 with the report's id, the same whether or not it counts. 400 or 422 names the field and the fix, 429 and
/// 503 say when to come back. An Idempotency-Key makes the same request sent again the same report.
boost::asio::awaitable<http::Response> post_report(const http::Request&, std::shared_ptr<const live::Catalogue>,
                                                   ingest::Admission&, ingest::BatchWriter&,
                                                   ingest::ReporterSecrets, Time now);

/// Lets scripts of other origins ask before they post.
boost::asio::awaitable<http::Response> preflight_report(const http::Request&);

}  // namespace outcry::api
