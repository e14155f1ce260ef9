// server/pages/api_docs/example.hpp: an operation as a command that can be copied and works against this site.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace outcry::pages {

/// What examples are about: a service and an incident that there are. Empty: as the description has it.
struct Familiar {
    std::string slug, incident;
};

/// `method` in capitals. The token stands in the variable OUTCRY_TOKEN.
std::string curl_example(const std::string& address, const std::string& method, const std::string& path,
                         const nlohmann::ordered_json& operation, const Familiar&);

}  // namespace outcry::pages
