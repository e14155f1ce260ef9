// server/openapi/description.hpp: the API as OpenAPI 3.1 describes it, joined from the files of data/openapi.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace outcry::openapi {

/// The whole of it, with this program's version and without an address. Made once. Throws std::logic_error when
/// a file is broken or says what another has said.
const nlohmann::ordered_json& description();

/// Joins `part` ({"paths", "schemas"}) into `whole`; `name` is for the error.
void join(nlohmann::ordered_json& whole, const nlohmann::ordered_json& part, std::string_view name);

/// The same as text, for a site at this address ("https://status.example.org/outcry").
std::string description_at(const std::string& address);

/// What {"$ref": "#/components/…"} leads to; `value` itself when it is none.
const nlohmann::ordered_json& resolve(const nlohmann::ordered_json& value);

/// What `value` holds under `key`; a null, over which a loop does nothing, when it holds nothing there.
const nlohmann::ordered_json& part(const nlohmann::ordered_json& value, const char* key);

/// "Service", the last part of what `value` refers to; empty when it refers to nothing.
std::string_view referred(const nlohmann::ordered_json& value);

}  // namespace outcry::openapi
