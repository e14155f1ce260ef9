// server/pages/site.hpp: where this installation lives: addresses of pages and of hashed assets.
#pragma once
#include <string>
#include <string_view>

namespace outcry::pages {

/// Every address a page links to is made here, so that the whole site can live under a sub-path.
class Site {
 public:
    /// `base_path` is empty or "/status"; `public_url` is the scheme and host people see, without a path; may
    /// be empty. `language` ("de") is a part of the address of every page, so that shared caches tell
    /// translations apart; empty for English.
    explicit Site(std::string base_path = "", std::string public_url = "", std::string_view language = "");

    /// "/api/v1/events" → "/status/api/v1/events": what has one language, such as the API, feeds and assets.
    std::string path(std::string_view local) const { return base_path_ + std::string(local); }
    /// "/s/outlook" → "/status/de/s/outlook": a page, in the language of this site.
    std::string page(std::string_view local) const { return base_path_ + prefix() + std::string(local); }
    std::string service(std::string_view slug) const { return page("/s/" + std::string(slug)); }
    /// The same two with scheme and host, when they are known.
    std::string address(std::string_view local) const { return public_url_ + path(local); }
    std::string page_address(std::string_view local) const { return public_url_ + page(local); }
    /// "/de", which the local address of each page begins with; empty for English.
    std::string prefix() const { return language_.empty() ? "" : '/' + language_; }
    /// The same site in another language; empty: English.
    Site in(std::string_view language) const { return Site(base_path_, public_url_, language); }
    /// The same site; where nobody has said how people reach it, it is where this request reached it.
    Site seen_at(std::string origin) const;
    /// The hashed address of an asset by its plain name ("site.css"). Throws std::out_of_range when there is
    /// none.
    std::string asset(std::string_view name) const;

 private:
    std::string base_path_, public_url_, language_;
};

/// Whether this is an address of the web, and no script in disguise.
bool is_web_address(std::string_view address);

}  // namespace outcry::pages
