// server/pages/renderer.cpp: see the header.
#include "server/pages/renderer.hpp"

#include <stdexcept>

#include "server/pages/sharing/oembed.hpp"
#include "web_templates.hpp"

namespace outcry::pages {
namespace {

using Patterns = std::map<std::string, std::string, std::less<>>;

/// The keys "a.b.c" below `prefix` as nested objects, for {{t.a.b.c}}.
Data nested(Patterns::const_iterator& at, Patterns::const_iterator end, const std::string& prefix) {
    Data node{Data::type::object};
    while (at != end && at->first.compare(0, prefix.size(), prefix) == 0) {
        const auto dot = at->first.find('.', prefix.size());
        if (dot == std::string::npos) {
            node.set(at->first.substr(prefix.size()), at->second);
            ++at;
        } else {
            const auto name = at->first.substr(prefix.size(), dot - prefix.size());
            node.set(name, nested(at, end, prefix + name + '.'));
        }
    }
    return node;
}

/// What search engines, chats and feed readers look for in the head of a page.
void set_links(Data& outer, const Frame& frame, const Words& words, const Site& site) {
    outer.set("feed_atom", site.page_address(frame.feed + ".atom"));
    outer.set("feed_json", site.page_address(frame.feed + ".json"));
    if (frame.path.empty()) return;
    const auto path = frame.path.substr(0, frame.path.find('?'));
    const bool large = !frame.preview.empty();
    outer.set("canonical", site.page_address(path));
    outer.set("large", large);
    outer.set("image", large ? site.page_address(frame.preview) : site.address("/icon-512.png"));
    outer.set("says", frame.says.empty() ? frame.description : frame.says);
    outer.set("image_says", frame.says.empty() ? words.text("frame.name") : frame.says);
    if (frame.quotable) outer.set("oembed", oembed_address(path, site));
}

}  // namespace

Renderer::Renderer(Words words, Site site, std::vector<Language> languages) : site_(std::move(site)) {
    Data common{Data::type::object};
    auto first = words.all().begin();
    common.set("t", nested(first, words.all().end(), ""));
    common.set("root", site_.page(""));
    common.set("base", site_.path(""));
    common.set("css", site_.asset("site.css"));
    common.set("console_css", site_.asset("console.css"));
    common.set("js", site_.asset("site.js"));
    common.set("favicon", site_.asset("icon.svg"));
    common.set("icons", site_.asset("icons.svg"));
    common.set("find", std::string(web::templates::find));
    common.set("detail", std::string(web::templates::detail));
    common.set("voices", std::string(web::templates::voices));
    fixed_ = std::make_shared<const Fixed>(Fixed{std::move(words), std::move(common), std::move(languages)});
}

Renderer Renderer::seen_at(std::string origin) const {
    return Renderer{fixed_, site_.seen_at(std::move(origin))};
}

std::string Renderer::page(const Frame& frame, std::string_view body_template, Data& view) const {
    Data outer{Data::type::object};
    outer.set("title", frame.title);
    if (!frame.description.empty()) outer.set("description", frame.description);
    if (!frame.styles.empty()) outer.set("styles", site_.asset(frame.styles));
    if (!frame.here.empty()) outer.set("at_" + std::string(frame.here), true);
    set_links(outer, frame, words(), site_);
    set_languages(outer, frame.path);
    return page_in(web::templates::layout, outer, body_template, view);
}

std::string Renderer::page_in(std::string_view frame_template, Data& outer, std::string_view body_template,
                              Data& view) const {
    outer.set("body", fill(body_template, view));
    return fill(frame_template, outer);
}

/// The switch, and for search engines the same page in every language.
void Renderer::set_languages(Data& outer, const std::string& path) const {
    const auto& languages = fixed_->languages;
    if (languages.size() < 2) return;
    kainjow::mustache::list choices, alternates;
    for (const auto& language : languages) {
        const auto site = site_.in(language.segment);
        const auto entry = [&](std::string href) {
            Data data{Data::type::object};
            data.set("code", language.code);
            data.set("name", language.name);
            data.set("href", std::move(href));
            data.set("chosen", language.code == words().language());
            return data;
        };
        choices.push_back(entry(site.page(path.empty() ? "/" : path)));
        if (!path.empty()) alternates.push_back(entry(site.page_address(path)));
    }
    outer.set("has_languages", true);
    outer.set("languages", choices);
    outer.set("alternates", alternates);
    if (!path.empty()) outer.set("default_alternate", site_.in(languages.front().segment).page_address(path));
}

std::string Renderer::fill(std::string_view text, Data& view) const {
    kainjow::mustache::mustache prepared{std::string(text)};
    if (!prepared.is_valid()) throw std::logic_error("a template is broken: " + prepared.error_message());
    prepared.set_custom_escape([](const std::string& value) { return escape_html(value); });
    kainjow::mustache::context<std::string> context{&fixed_->common};
    context.push(&view);
    return prepared.render(context);
}

}  // namespace outcry::pages
