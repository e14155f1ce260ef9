// server/operator/telling/notification_view.hpp: targets, routes and messages in the words and rows of pages.
#pragma once
#include <string>
#include <vector>

#include "server/live/catalogue.hpp"
#include "server/pages/renderer.hpp"
#include "server/storage/alert_routes.hpp"
#include "server/storage/deliveries.hpp"

namespace outcry::operators {

/// A sentence, and whether it is bad news.
struct Standing {
    std::string text;
    bool bad = false;
};
Standing standing_of(const storage::Target&, const pages::Words&, Time now);
Standing standing_of(const storage::DeliveryRecord&, const pages::Words&, Time now);
/// "200", or a word for what went wrong; empty before the first attempt.
std::string answer_of(unsigned status, const std::string& trouble, const pages::Words&);
/// "Opened", "Test".
std::string kind_of(const storage::News&, const pages::Words&);
/// Sets `about`, the service, and `incident`, where its incident is; nothing of a test.
void set_about(pages::Data&, const storage::DeliveryRecord&, const pages::Site&);

using Rows = kainjow::mustache::list;
Rows target_rows(const std::vector<storage::Target>&, const pages::Renderer&, Time now);
/// A route's `target`, what it `hears` of, when it is `quiet`, and where it is changed.
void set_route(pages::Data&, const storage::AlertRoute&, const live::Catalogue&, const pages::Renderer&);
Rows route_rows(const std::vector<storage::AlertRoute>&, const live::Catalogue&, const pages::Renderer&);
Rows delivery_rows(const std::vector<storage::DeliveryRecord>&, const pages::Renderer&, Time now);

/// The choices of a list, with one of them chosen.
struct Choice {
    std::string value, label;
};
Rows choices(const std::vector<Choice>&, const std::string& chosen);
std::vector<Choice> services_of(const live::Catalogue&);
std::vector<Choice> groups_of(const live::Catalogue&);

}  // namespace outcry::operators
