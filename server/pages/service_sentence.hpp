// server/pages/service_sentence.hpp: the one plain sentence of a service: how many, how many times the usual.
#pragma once
#include "server/pages/service_view.hpp"
#include "server/pages/words.hpp"

namespace outcry::pages {

Markup service_sentence(const ServiceView&, const Words&);

}  // namespace outcry::pages
