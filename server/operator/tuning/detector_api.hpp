// server/operator/tuning/detector_api.hpp: /api/v1/admin/services/{slug}/detector: settings, their versions,
// labels.
#pragma once
#include "server/operator/tuning/tune_page.hpp"

namespace outcry::operators {

/// {service, version, since, made, by, note, params}; the ETag is the version.
TuneAnswer get_detector(const Tuning&, const http::Request&, const Actor&);
/// {params: all four, note}, If-Match: 428 without it, 412 with both versions when it is not what holds.
TuneAnswer put_detector(const Tuning&, const http::Request&, const Actor&);
/// {data: every version, newest first}.
TuneAnswer get_detector_history(const Tuning&, const http::Request&, const Actor&);
/// {version, note}, If-Match: a new version with the values of an old one.
TuneAnswer post_detector_rollback(const Tuning&, const http::Request&, const Actor&);
/// {data: labels that touch the last 90 days, oldest first}.
TuneAnswer get_labels(const Tuning&, const http::Request&, const Actor&);
/// {began, ended, label: real | false | unknown}: takes the place of what it touches; answers as get_labels.
TuneAnswer post_labels(const Tuning&, const http::Request&, const Actor&);

}  // namespace outcry::operators
