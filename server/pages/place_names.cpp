// server/pages/place_names.cpp: see the header.
#include "server/pages/place_names.hpp"

#include <algorithm>

#include "web_assets.hpp"

namespace outcry::pages {
namespace {

std::string_view name_of(std::string_view country, std::string_view language) {
    const auto& names = web::country_names;
    const auto found = std::find_if(names.begin(), names.end(), [&](const auto& row) {
        return row.language == language && row.code == country;
    });
    return found == names.end() ? std::string_view{} : found->name;
}

}  // namespace

std::string place_name(std::string_view code, std::string_view language) {
    const auto country = code.substr(0, 2);
    auto name = name_of(country, language);
    if (name.empty()) name = name_of(country, "en");
    if (name.empty()) return std::string(code);
    return code.size() > 3 ? std::string(name) + ", " + std::string(code.substr(3)) : std::string(name);
}

}  // namespace outcry::pages
