// server/pages/site.cpp: see the header.
#include "server/pages/site.hpp"

#include "server/pages/assets.hpp"

namespace outcry::pages {

Site::Site(std::string base_path, std::string public_url, std::string_view language)
    : base_path_(std::move(base_path)), public_url_(std::move(public_url)), language_(language) {}

bool is_web_address(std::string_view address) {
    return address.starts_with("https://") || address.starts_with("http://");
}

Site Site::seen_at(std::string origin) const {
    return Site(base_path_, public_url_.empty() ? std::move(origin) : public_url_, language_);
}

std::string Site::asset(std::string_view name) const {
    return path("/assets/" + std::string(asset_file(name)));
}

}  // namespace outcry::pages
