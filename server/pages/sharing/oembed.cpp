// server/pages/sharing/oembed.cpp: see the header. The format: https://oembed.com
#include "server/pages/sharing/oembed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/pages/sharing/embed_page.hpp"
#include "server/pages/sharing/share_page.hpp"

namespace outcry::pages {
namespace {

constexpr int cache_age = 60;  // seconds

std::string_view without_scheme(std::string_view address) {
    for (const std::string_view scheme : {"https://", "http://"})
        if (address.starts_with(scheme)) return address.substr(scheme.size());
    return {};
}

std::string encode_component(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           std::string_view("-._~").find(c) != std::string_view::npos;
        if (plain) {
            out += c;
        } else {
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return out;
}

int at_most(int usual, int most) {
    return most > 0 ? std::min(usual, most) : usual;
}

}  // namespace

std::optional<std::string> quotable_path(std::string_view address, const Site& site) {
    auto asked = without_scheme(address);
    const auto home = site.page_address("");
    const auto ours = without_scheme(home);
    if (ours.empty() || !asked.starts_with(ours)) return std::nullopt;
    asked.remove_prefix(ours.size());
    asked = asked.substr(0, asked.find_first_of("?#"));
    if (asked.size() > 3 && asked.ends_with('/')) asked.remove_suffix(1);
    const bool known = asked.starts_with("/s/") || asked.starts_with("/i/");
    if (!known || asked.size() == 3 || asked.find('/', 3) != std::string_view::npos) return std::nullopt;
    return std::string(asked);
}

std::string oembed_json(const std::string& name, const std::string& title, const std::string& path,
                        const std::string& preview, const OembedWish& wish, const Renderer& renderer) {
    using Json = nlohmann::ordered_json;
    const auto& site = renderer.site();
    const int width = at_most(card_size.width, wish.max_width),
              height = at_most(card_size.height, wish.max_height);
    Json answer{{"type", "rich"},
                {"version", "1.0"},
                {"title", title},
                {"provider_name", renderer.words().text("frame.name")},
                {"provider_url", site.page_address("/")},
                {"cache_age", cache_age},
                {"html", card_code(name, path, width, height, renderer)},
                {"width", width},
                {"height", height}};
    const bool fits = (wish.max_width == 0 || preview_size.width <= wish.max_width) &&
                      (wish.max_height == 0 || preview_size.height <= wish.max_height);
    if (fits) {  // a thumbnail may not be larger than what was wished for either
        answer["thumbnail_url"] = site.page_address(path + "/preview.png?v=" + preview);
        answer["thumbnail_width"] = preview_size.width;
        answer["thumbnail_height"] = preview_size.height;
    }
    return answer.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string oembed_address(const std::string& path, const Site& site) {
    return site.page_address("/oembed") + "?format=json&url=" + encode_component(site.page_address(path));
}

}  // namespace outcry::pages
