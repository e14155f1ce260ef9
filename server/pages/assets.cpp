// server/pages/assets.cpp: see the header.
#include "server/pages/assets.hpp"

#include <stdexcept>
#include <string>

#include "server/http/static_files.hpp"
#include "web_assets.hpp"

namespace outcry::pages {

std::string_view asset_file(std::string_view name) {
    for (const auto& asset : web::assets)
        if (asset.name == name) return asset.file;
    throw std::out_of_range("no asset " + std::string(name));
}

std::string_view icon_shape(std::string_view name) {
    std::string_view sprite;
    for (const auto& file : web::files)
        if (file.name == asset_file("icons.svg")) sprite = file.bytes;
    const auto symbol = sprite.find("<symbol id=\"" + std::string(name) + '"');
    if (symbol == std::string_view::npos) throw std::out_of_range("no icon " + std::string(name));
    const auto begin = sprite.find('>', symbol) + 1;
    return sprite.substr(begin, sprite.find("</symbol>", begin) - begin);
}

http::Route asset_route() {
    std::vector<http::StaticFile> files;
    for (const auto& file : web::files) files.push_back({std::string(file.name), std::string(file.bytes)});
    const auto missing = [](const http::Request&) {
        return http::content("text/plain; charset=utf-8", "No such file.\n", 404);
    };
    return {http::Method::get, "/assets/{path*}", http::serve_files(std::move(files), missing)};
}

}  // namespace outcry::pages
