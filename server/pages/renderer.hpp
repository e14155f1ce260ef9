// server/pages/renderer.hpp: templates and view data become HTML, inside the frame that every page shares.
#pragma once
#include <kainjow/mustache.hpp>
#include <memory>
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
    std::string_view styles{};  // beside site.css: "home.css"; empty: none
    std::string preview{};  // address of its link preview within the site, 1200 × 630; empty: the site's icon
    std::string says{};     // what the preview says, in a sentence
    bool quotable = false;  // has a card for other sites
    std::string feed = "/feed";  // address of its feeds within the site, without their ending
};

/// One of the languages that a page can be read in.
struct Language {
    std::string code, name;  // "de", "Deutsch"
    std::string segment;     // of its addresses: "de"; empty for English
};

/// Cheap to copy: words and templates are shared. Safe from any thread.
class Renderer {
 public:
    /// `languages` are offered for choice on every page; with fewer than two there is nothing to choose.
    Renderer(Words words, Site site, std::vector<Language> languages = {});

    /// A whole page. Every value in `view` is escaped, except where the template asks for three braces.
    std::string page(const Frame&, std::string_view body_template, Data& view) const;

    /// The same inside another frame, whose template shows the body as {{{body}}}; `outer` is what else it
    /// says.
    std::string page_in(std::string_view frame_template, Data& outer, std::string_view body_template,
                        Data& view) const;

    /// The same, with the absolute addresses of someone who came by this origin, unless the site has a public
    /// one.
    Renderer seen_at(std::string origin) const;

    /// A template by itself, without the frame.
    std::string fill(std::string_view text, Data& view) const;

    const Words& words() const { return fixed_->words; }
    const Site& site() const { return site_; }

 private:
    struct Fixed {
        Words words;
        Data common;  // words, addresses of assets, templates that others include
        std::vector<Language> languages;
    };
    Renderer(std::shared_ptr<const Fixed> fixed, Site site)
        : fixed_(std::move(fixed)), site_(std::move(site)) {}
    void set_languages(Data& outer, const std::string& path) const;
    std::shared_ptr<const Fixed> fixed_;
    Site site_;
};

}  // namespace outcry::pages
