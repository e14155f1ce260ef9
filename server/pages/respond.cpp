// server/pages/respond.cpp: see the header.
#include "server/pages/respond.hpp"

#include <zlib.h>

#include <stdexcept>

#include "server/http/negotiation.hpp"

namespace outcry::pages {
namespace {

constexpr std::size_t worth_compressing = 1'000;

std::string gzip(const std::string& plain) {
    z_stream stream{};
    constexpr int gzip_window = 15 + 16, memory = 8, level = 5;
    if (deflateInit2(&stream, level, Z_DEFLATED, gzip_window, memory, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error("zlib cannot start");
    std::string packed(deflateBound(&stream, plain.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const int done = deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    if (done != Z_STREAM_END) throw std::runtime_error("zlib did not finish");
    return packed;
}

}  // namespace

http::Response text(const http::Request& request, std::string type, std::string page, std::string_view caching,
                    unsigned status) {
    const bool packed =
        page.size() >= worth_compressing && http::accepts_encoding(request.header("accept-encoding"), "gzip");
    auto response = http::content(std::move(type), packed ? gzip(page) : std::move(page), status);
    if (packed) response.set("content-encoding", "gzip");
    response.set("vary", "Accept-Encoding");
    response.set("cache-control", std::string(caching));
    return response;
}

http::Response html(const http::Request& request, std::string page, std::string_view caching, unsigned status) {
    auto response = text(request, "text/html; charset=utf-8", std::move(page), caching, status);
    response.set("content-security-policy",
                 "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                 "manifest-src 'self'; frame-src 'self'; form-action 'self'; "
                 "base-uri 'none'; frame-ancestors 'none'");
    response.set("x-content-type-options", "nosniff");
    response.set("referrer-policy", "strict-origin-when-cross-origin");
    return response;
}

http::Response for_others(http::Response response) {
    if (response.header("content-security-policy").empty())
        response.set(
            "content-security-policy",
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox");
    response.set("x-content-type-options", "nosniff");
    response.set("access-control-allow-origin", "*");
    return response;
}

}  // namespace outcry::pages
