// server/operator/catalogue/service_page.hpp: /admin/services/new and /admin/s/{slug}: one service by hand.
#pragma once
#include "server/operator/catalogue/services_page.hpp"

namespace outcry::operators {

/// An empty form, or that of {slug}.
CatalogueAnswer get_service_form(const ServicesParts&, const http::Request&, const Actor&);
/// The form: adds a service, or edits {slug} when it still is what the form was made from.
CatalogueAnswer post_service_form(const ServicesParts&, const http::Request&, const Actor&);
CatalogueAnswer post_archive(const ServicesParts&, const http::Request&, const Actor&);

}  // namespace outcry::operators
