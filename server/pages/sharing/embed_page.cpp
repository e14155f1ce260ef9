// server/pages/sharing/embed_page.cpp: see the header.
#include "server/pages/sharing/embed_page.hpp"

#include "server/pages/assets.hpp"
#include "server/pages/pictures/spark.hpp"
#include "web_templates.hpp"

namespace outcry::pages {

const std::string embed_policy =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";

std::string render_embed(const Card& card, const Renderer& renderer) {
    const auto& words = renderer.words();
    const auto& caption = card.caption;
    Data data{Data::type::object};
    if (!card.theme.empty()) data.set("theme", card.theme);
    data.set("title", words.text("share.card_title", {{"name", caption.name}}));
    data.set("address", renderer.site().page_address(card.path));
    data.set("embed_css", renderer.site().asset("embed.css"));
    data.set("state", caption.state);
    data.set("shape", std::string(icon_shape(caption.state)));
    data.set("word", caption.long_word());
    data.set("when", Words::time_element(card.at, caption.moment).html);
    data.set("name", caption.name);
    data.set("count", caption.count);
    data.set("compare", caption.compare);
    data.set("spark", draw_spark(card.curve.counts, card.curve.low, card.curve.high).html);
    return renderer.fill(web::templates::embed, data);
}

}  // namespace outcry::pages
