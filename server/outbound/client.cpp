// server/outbound/client.cpp: resolve once, check all, connect to what was checked.
#include "server/outbound/client.hpp"

#include <algorithm>

#include "server/outbound/curl_handle.hpp"
#include "server/outbound/socket_address.hpp"
#include "server/outbound/url.hpp"

namespace outcry::outbound {

namespace ip = boost::asio::ip;
using Addresses = std::vector<ip::address>;

namespace {

Outcome failed(Trouble trouble, std::string detail) {
    Outcome outcome;
    outcome.trouble = trouble;
    outcome.detail = std::move(detail);
    return outcome;
}

/// Empty when every address may be reached this way.
std::string refusal(const AddressRules& rules, const Url& url, const Addresses& addresses) {
    for (const auto& address : addresses) {
        const auto what = rules.refuses(address);
        if (!what.empty())
            return url.host + " leads to " + address.to_string() + ", a " + std::string(what) + " address";
        if (url.scheme == "http" && !rules.allows(address))
            return "http without TLS is for networks that the settings name; use https";
    }
    return {};
}

/// "host:port:address,address": libcurl asks nobody else for the name.
std::string pin(const Url& url, const Addresses& addresses) {
    auto line = url.host + ':' + std::to_string(url.port) + ':';
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        const auto text = addresses[i].to_string();
        line += (i ? "," : "") + (addresses[i].is_v6() ? '[' + text + ']' : text);
    }
    return line;
}

/// The last gate: libcurl is about to connect, and may do so only to what was checked.
curl_socket_t open_checked(void* checked, curlsocktype, curl_sockaddr* to) {
    if (to->family != AF_INET && to->family != AF_INET6) return CURL_SOCKET_BAD;
    const auto& addresses = *static_cast<const Addresses*>(checked);
    const auto address = address_from(to->addr);
    if (std::find(addresses.begin(), addresses.end(), address) == addresses.end()) return CURL_SOCKET_BAD;
    return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

}  // namespace

Client::Client(ClientOptions options, Resolve resolve)
    : options_(std::move(options)), resolve_(std::move(resolve)) {}

/// Where a request goes: what was asked for, and the addresses that were found good.
struct Client::Way {
    Url url;
    Addresses addresses;
};

Outcome Client::find_way(const std::string& text, Way& way) const {
    BadUrl bad;
    auto url = parse_url(text, bad);
    if (!url) return failed(Trouble::address, "the address is refused: " + bad.why);
    way.url = std::move(*url);
    try {
        way.addresses = resolve_(way.url.host);
    } catch (const std::exception& error) {
        return failed(Trouble::name, way.url.host + ": " + error.what());
    }
    if (way.addresses.empty()) return failed(Trouble::name, way.url.host + " has no address");
    if (auto why = refusal(options_.rules, way.url, way.addresses); !why.empty())
        return failed(Trouble::address, std::move(why));
    return {};
}

Outcome Client::check(const std::string& url) const {
    Way way;
    return find_way(url, way);
}

Outcome Client::post(const Post& request) const {
    return perform(request.url, request.headers, most_read, [&](CurlHandle& curl) {
        curl.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        curl.set(CURLOPT_POSTFIELDS, request.body.c_str());
    });
}

Outcome Client::get(const Get& request) const {
    return perform(request.url, request.headers, request.most_read,
                   [](CurlHandle& curl) { curl.set(CURLOPT_HTTPGET, 1L); });
}

Outcome Client::perform(const std::string& text, const std::vector<std::pair<std::string, std::string>>& fields,
                        std::size_t most_read_of_it, const std::function<void(CurlHandle&)>& ask) const {
    const auto give_up = std::chrono::steady_clock::now() + options_.patience;
    Way way;
    if (auto refused = find_way(text, way); refused.trouble != Trouble::none) return refused;
    auto& [url, addresses] = way;
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(give_up - std::chrono::steady_clock::now());
    if (left.count() <= 0) return failed(Trouble::timeout, url.host + " took too long to resolve");
    CurlHandle curl(CurlHandle::Speaks::http, left, options_.ca_file, most_read_of_it);
    curl.stop_at(options_.stop);
    CurlList headers, pins;
    for (const auto& [name, value] : fields) headers.add(name + ": " + value);
    headers.add("Expect:");
    const bool is_name = url.host.find(':') == std::string::npos;  // numbers of IPv6 are no name to look up
    if (is_name) pins.add(pin(url, addresses));
    curl.set(CURLOPT_URL, url.text.c_str());
    curl.set(CURLOPT_PROTOCOLS_STR, url.scheme.c_str());
    curl.set(CURLOPT_RESOLVE, pins.get());
    curl.set(CURLOPT_OPENSOCKETFUNCTION, &open_checked);
    curl.set(CURLOPT_OPENSOCKETDATA, &addresses);
    curl.set(CURLOPT_HTTPHEADER, headers.get());
    curl.set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    ask(curl);
    auto outcome = curl.perform();
    if (outcome.trouble == Trouble::none && outcome.status / 100 == 3 && outcome.status != 304) {
        outcome.trouble = Trouble::redirect;
        outcome.detail = "the answer points elsewhere; give the address it points to instead";
    }
    return outcome;
}

}  // namespace outcry::outbound
