// server/operator/tuning/preview.hpp: POST /admin/services/{slug}/detector/preview: what a draft would have
// changed.
#pragma once
#include <boost/asio/awaitable.hpp>

#include "server/http/message.hpp"
#include "server/live/pulse.hpp"
#include "server/operator/tuning/past.hpp"
#include "server/operator/tuning/workbench.hpp"
#include "server/storage/database.hpp"

namespace outcry::operators {

/// {params:{…}, window:"30d", against:"record"}, all may be left out: alerts under saved and draft settings,
/// and what differs. Judges bins again on the side; stores nothing, notifies nobody.
boost::asio::awaitable<http::Response> preview_detector(const http::Request&, const live::Pulse&,
                                                        storage::Database&, Workbench&, RecentPasts&);

}  // namespace outcry::operators
