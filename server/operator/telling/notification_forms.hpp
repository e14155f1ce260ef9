// server/operator/telling/notification_forms.hpp: the fields of a target and of a line, as more than one page
// shows them.
#pragma once
#include <string>
#include <vector>

#include "server/live/catalogue.hpp"
#include "server/operator/input.hpp"
#include "server/pages/renderer.hpp"
#include "server/storage/alert_routes.hpp"
#include "server/storage/deliveries.hpp"

namespace outcry::operators {

/// What was typed, and what is wrong with it.
struct Typed {
    Input input{};
    Flaws flaws{};
};

/// The partial {{> target_fields}} and what it shows.
void set_target_fields(pages::Data&, const Typed&, const pages::Words&);
/// A webhook's secret, the one time that it is shown.
void set_secret(pages::Data&, const std::string& target, const std::string& secret, const pages::Words&);

/// The partial {{> route_fields}} and what it shows, all but the target. `kept`: what the line has now, which
/// stays among the choices when the catalogue has it no more.
void set_route_fields(pages::Data&, const Typed&, const live::Catalogue&, const pages::Words&,
                      const storage::AlertRoute& kept = {});

/// The partial {{> routes_table}} and its rows.
void set_routes(pages::Data&, const std::vector<storage::AlertRoute>&, const live::Catalogue&,
                const pages::Renderer&);

/// Those of the messages that a page shows: of one target or of all, before the one that ?before= names.
storage::DeliveryFilter shown_of(const http::Request&, std::optional<storage::TargetId> = {});
/// The partial {{> deliveries_table}} and its rows; `path`: of the page, where older ones are.
void set_deliveries(pages::Data&, const std::vector<storage::DeliveryRecord>&, const std::string& path,
                    const pages::Renderer&, Time now);

}  // namespace outcry::operators
