// server/operator/routes.cpp: what operators alone may ask for, each address with the scope it needs.
#include "server/operator/routes.hpp"

#include "server/operator/authorise.hpp"
#include "server/operator/preview.hpp"
#include "server/operator/token.hpp"

namespace outcry::operators {

using http::Method;
using http::Request;

std::vector<http::Route> routes(const Parts& parts) {
    const auto bench = std::make_shared<Workbench>();
    const auto recent = std::make_shared<RecentRecordings>();
    const auto preview = [parts, bench, recent](const Request& r) {
        return preview_detector(r, parts.pulse, parts.database, *bench, *recent);
    };
    return {{Method::post, "/api/v1/admin/services/{slug}/detector/preview",
             with_scope(parts.database, preview_scope, preview)}};
}

}  // namespace outcry::operators
