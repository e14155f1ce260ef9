// server/pages/site.hpp: where this installation lives: addresses of pages and of hashed assets.
#pragma once
#include <string>
#include <string_view>

namespace outcry::pages {

/// Every address a page links to is made here, so that the whole site can live under a sub-path.
class Site {
 public:
    /// `base_path` is empty or "/status"; `public_url` is the scheme and host people see, without a path; may
    /// be empty.
    explicit Site(std::string base_path = "", std::string public_url = "");

    /// "/s/outlook" → "/status/s/outlook".
    std::string path(std::string_view local) const { return base_path_ + std::string(local); }
    std::string service(std::string_view slug) const { return path("/s/" + std::string(slug)); }
    /// The same with scheme and host, when they are known.
    std::string address(std::string_view local) const { return public_url_ + path(local); }
    /// The same site; where nobody has said how people reach it, it is where this request reached it.
    Site seen_at(std::string origin) const;
    /// The hashed address of an asset by its plain name ("site.css"). Throws std::out_of_range when there is
    /// none.
    std::string asset(std::string_view name) const;

 private:
    std::string base_path_, public_url_;
};

/// Whether this is an address of the web, and no script in disguise.
bool is_web_address(std::string_view address);

}  // namespace outcry::pages
