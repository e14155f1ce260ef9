// server/http/static_files.hpp: a set of files held in memory and served by name; what is not in the set does
// not exist.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.hpp"

namespace outcry::http {

struct StaticFile {
    std::string name;  // "app-3f9a1c20.js"; "app-3f9a1c20.js.br" is its precompressed form
    std::string bytes;
};

/// Every regular file under `directory`, named by its path inside. Throws std::system_error when it cannot be
/// read.
std::vector<StaticFile> load_directory(const std::filesystem::path& directory);

/// A handler for a route that ends in {path*}. A name with a hash in it ("name-0123abcd.css") never changes and
/// is cached for ever; the others for an hour. A ".br" or ".gz" beside a file is sent to those who take it.
/// Unknown names get `missing`.
Handler serve_files(std::vector<StaticFile>, std::function<Response(const Request&)> missing);

std::string_view content_type_of(std::string_view name);

}  // namespace outcry::http
