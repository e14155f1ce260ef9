// server/http/static_files.cpp: a set of files held in memory and served by name.
#include "server/http/static_files.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <map>
#include <system_error>

#include "server/http/negotiation.hpp"

namespace outcry::http {

namespace {

using Bytes = std::shared_ptr<const std::string>;

struct Entry {
    Bytes plain, brotli, gzip;
    std::string etag;  // of the plain form
    bool immutable = false;
};

using Entries = std::map<std::string, Entry, std::less<>>;

/// A part of eight or more hexadecimal or base-32 characters with a digit in it, set off by - or . before the
/// extension.
bool has_hash(std::string_view name) {
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0) return false;
    const auto start = name.find_last_of("-.", dot - 1);
    if (start == std::string_view::npos) return false;
    const auto part = name.substr(start + 1, dot - start - 1);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto belongs = [&](char c) {
        return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    };
    return part.size() >= 8 && std::all_of(part.begin(), part.end(), belongs) &&
           std::any_of(part.begin(), part.end(), is_digit);
}

Entries arrange(std::vector<StaticFile> files) {
    Entries entries;
    const auto compressed = [](std::string_view name) {
        return name.ends_with(".br") || name.ends_with(".gz");
    };
    for (auto& file : files) {
        if (compressed(file.name)) continue;
        auto& entry = entries[file.name];
        entry.immutable = has_hash(file.name);
        entry.etag = entity_tag(file.bytes);
        entry.plain = std::make_shared<const std::string>(std::move(file.bytes));
    }
    for (auto& file : files) {
        if (!compressed(file.name)) continue;
        const auto found = entries.find(file.name.substr(0, file.name.size() - 3));
        if (found == entries.end()) continue;
        auto& form = file.name.ends_with(".br") ? found->second.brotli : found->second.gzip;
        form = std::make_shared<const std::string>(std::move(file.bytes));
    }
    return entries;
}

Response serve_entry(const std::string& name, const Entry& entry, std::string_view accept_encoding) {
    Response response;
    response.body = entry.plain;
    std::string_view coding;
    if (entry.brotli && accepts_encoding(accept_encoding, "br")) {
        response.body = entry.brotli;
        coding = "br";
    } else if (entry.gzip && accepts_encoding(accept_encoding, "gzip")) {
        response.body = entry.gzip;
        coding = "gzip";
    }
    response.headers.reserve(6);
    response.headers.emplace_back("content-type", content_type_of(name));
    response.headers.emplace_back(
        "cache-control", entry.immutable ? "public, max-age=31536000, immutable" : "public, max-age=3600");
    if (entry.brotli || entry.gzip) response.headers.emplace_back("vary", "accept-encoding");
    if (!coding.empty()) response.headers.emplace_back("content-encoding", coding);
    auto etag = entry.etag;
    if (!coding.empty()) etag.insert(etag.size() - 1, "-" + std::string(coding));
    response.headers.emplace_back("etag", std::move(etag));
    return response;
}

}  // namespace

std::string_view content_type_of(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 14> types{{
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".html", "text/html; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".webp", "image/webp"},
        {".json", "application/json"},
        {".map", "application/json"},
        {".webmanifest", "application/manifest+json"},
        {".woff2", "font/woff2"},
        {".txt", "text/plain; charset=utf-8"},
        {".xml", "application/xml"},
    }};
    for (const auto& [ending, type] : types) {
        if (name.ends_with(ending)) return type;
    }
    return "application/octet-stream";
}

std::vector<StaticFile> load_directory(const std::filesystem::path& directory) {
    std::vector<StaticFile> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        std::string bytes(std::istreambuf_iterator<char>(in), {});
        if (!in)
            throw std::system_error(errno, std::generic_category(), "cannot read " + entry.path().string());
        files.push_back({entry.path().lexically_relative(directory).generic_string(), std::move(bytes)});
    }
    return files;
}

Handler serve_files(std::vector<StaticFile> files, std::function<Response(const Request&)> missing) {
    const auto entries = std::make_shared<const Entries>(arrange(std::move(files)));
    return [entries, missing = std::move(missing)](const Request& request) -> boost::asio::awaitable<Response> {
        const auto found =
            entries->find(request.params.empty() ? std::string_view{} : request.params.back().second);
        if (found == entries->end()) co_return missing(request);
        co_return serve_entry(found->first, found->second, request.header("accept-encoding"));
    };
}

}  // namespace outcry::http
