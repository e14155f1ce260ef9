// server/api/shared_answer.hpp: public answers: open to every origin, cacheable, and made once for each change
// of the data.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "server/http/answer_cache.hpp"

namespace outcry::api {

/// A handler round `make`: 406 unless one of `types` is accepted, the kept answer if there is one, public
/// headers on all. `version` rises whenever an answer could be another.
http::Handler share(std::shared_ptr<http::AnswerCache>, std::function<std::uint64_t()> version,
                    std::vector<std::string_view> types, http::Handler make);

/// Lets scripts of any origin read this answer.
void open_to_every_origin(http::Response&);

}  // namespace outcry::api
