// server/pages/renderer.hpp: templates and view data become HTML, inside the frame that every page shares.
#pragma once
#include <kainjow/mustache.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "server/pages/site.hpp"
#include "server/pages/words.hpp"

namespace outcry::pages {

using Data = kainjow::mustache::data;

/// What the frame of a page says.
struct Frame {
    std::string title, description;
    std::string_view here;  // "incidents" or "method": marked in the navigation
    std::string path{};     // its local address, "/s/outlook?range=7d", the same in every language; empty: none
};

/// One of the languages that a page can be read in.
struct Language {
    std::string code, name;  // "de", "Deutsch"
    Site site;
};

/// Safe from any thread.
class Renderer {
 public:
    /// `languages` are offered for choice on every page; with fewer than two there is nothing to choose.
    Renderer(Words words, Site site, std::vector<Language> languages = {});

    /// A whole page. Every value in `view` is escaped, except where the template asks for three braces.
    std::string page(const Frame&, std::string_view body_template, Data& view) const;

    const Words& words() const { return words_; }
    const Site& site() const { return site_; }

 private:
    std::string render(std::string_view text, Data& view) const;
    void set_languages(Data& outer, const std::string& path) const;
    Words words_;
    Site site_;
    std::vector<Language> languages_;
    Data common_;  // words, addresses of assets, templates that others include
};

}  // namespace outcry::pages
