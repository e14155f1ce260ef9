// server/operator/catalogue/services_page.hpp: /admin/services: the catalogue by hand, one service or the whole
// file.
#pragma once
#include <memory>

#include "server/operator/catalogue/catalogue_api.hpp"
#include "server/pages/renderer.hpp"

namespace outcry::operators {

struct ServicesParts {
    CatalogueParts catalogue;
    std::shared_ptr<const pages::Renderer> renderer;
};

CatalogueAnswer get_services(const ServicesParts&, const http::Request&, const Actor&);
/// An empty form, or that of {slug}.
CatalogueAnswer get_service_form(const ServicesParts&, const http::Request&, const Actor&);
/// The form: adds a service, or edits {slug} when it still is what the form was made from.
CatalogueAnswer post_service_form(const ServicesParts&, const http::Request&, const Actor&);
CatalogueAnswer post_archive(const ServicesParts&, const http::Request&, const Actor&);
/// {file, do: look | import}: what a catalogue file would change, or the change itself.
CatalogueAnswer post_import(const ServicesParts&, const http::Request&, const Actor&);

}  // namespace outcry::operators
