// server/operator/catalogue/services_page.hpp: /admin/services: the catalogue as a list, and as a file that is
// put in.
#pragma once
#include <memory>

#include "server/operator/catalogue/catalogue_api.hpp"
#include "server/pages/renderer.hpp"

namespace outcry::operators {

struct ServicesParts {
    CatalogueParts catalogue;
    std::shared_ptr<const pages::Renderer> renderer;
};

/// ?q looks for services, ?page says which hundred of them.
CatalogueAnswer get_services(const ServicesParts&, const http::Request&, const Actor&);
/// {file, do: look | import}: what a catalogue file would change, or the change itself.
CatalogueAnswer post_import(const ServicesParts&, const http::Request&, const Actor&);

}  // namespace outcry::operators
