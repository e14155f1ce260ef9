// server/outbound/url.cpp: libcurl's own reading of an address, with what we do not want taken out.
#include "server/outbound/url.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

namespace outcry::outbound {
namespace {

constexpr std::size_t longest = 2048;

std::string part(CURLU* url, CURLUPart which, unsigned flags = 0) {
    char* text = nullptr;
    if (curl_url_get(url, which, &text, flags) != CURLUE_OK) return {};
    const std::unique_ptr<char, decltype(&curl_free)> owner{text, &curl_free};
    return text;
}

std::string refusal(CURLU* url, const std::string& text) {
    if (text.size() > longest) return "long";
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127; });
    if (!plain || curl_url_set(url, CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) {
        const bool ascii = std::all_of(text.begin(), text.end(), [](char c) { return c >= 0; });
        return ascii ? "unreadable" : "host";
    }
    const auto scheme = part(url, CURLUPART_SCHEME);
    if (scheme != "https" && scheme != "http") return "scheme";
    if (!part(url, CURLUPART_USER).empty() || !part(url, CURLUPART_PASSWORD).empty()) return "credentials";
    if (!part(url, CURLUPART_ZONEID).empty()) return "zone";
    return part(url, CURLUPART_HOST).empty() ? "host" : "";
}

}  // namespace

std::optional<Url> parse_url(const std::string& text, BadUrl& bad) {
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> url{curl_url(), &curl_url_cleanup};
    bad.why = refusal(url.get(), text);
    if (!bad.why.empty()) return std::nullopt;
    auto host = part(url.get(), CURLUPART_HOST);
    if (host.front() == '[') host = host.substr(1, host.size() - 2);
    const auto port = part(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
    return Url{.text = part(url.get(), CURLUPART_URL, CURLU_NO_DEFAULT_PORT),
               .scheme = part(url.get(), CURLUPART_SCHEME),
               .host = host,
               .port = static_cast<std::uint16_t>(std::stoi(port))};
}

}  // namespace outcry::outbound
