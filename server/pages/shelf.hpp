// server/pages/shelf.hpp: pages that are made once for each change of the data, and then served as bytes.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>

#include "server/http/answer_cache.hpp"

namespace outcry::pages {

/// `make`, asked once for each address, encoding and version of the data. What says no-store is not kept.
http::Handler shelved(std::shared_ptr<http::AnswerCache>, std::function<std::uint64_t()> version,
                      http::Handler make);

}  // namespace outcry::pages
