// server/outbound/curl_handle.cpp: libcurl's options and results, turned into ours.
#include "server/outbound/curl_handle.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "server/outbound/client.hpp"

namespace outcry::outbound {
namespace {

CURL* make_handle() {
    static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    auto* handle = ready ? curl_easy_init() : nullptr;
    if (!handle) throw std::runtime_error("libcurl does not start");
    return handle;
}

Trouble trouble_of(CURLcode code) {
    switch (code) {
        case CURLE_OK:
            return Trouble::none;
        case CURLE_OPERATION_TIMEDOUT:
            return Trouble::timeout;
        case CURLE_URL_MALFORMAT:
        case CURLE_UNSUPPORTED_PROTOCOL:
            return Trouble::address;
        case CURLE_COULDNT_RESOLVE_HOST:
            return Trouble::name;
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_USE_SSL_FAILED:
            return Trouble::tls;
        case CURLE_COULDNT_CONNECT:
        case CURLE_ABORTED_BY_CALLBACK:
        case CURLE_GOT_NOTHING:
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
        case CURLE_PARTIAL_FILE:
            return Trouble::connection;
        default:
            return Trouble::protocol;
    }
}

/// The value of a header line of this name; nothing for other lines.
std::optional<std::string> value_of(std::string_view line, std::string_view name) {
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; };
    if (line.size() <= name.size() || line[name.size()] != ':' ||
        !std::equal(name.begin(), name.end(), line.begin(), [&](char n, char l) { return same(l, n); }))
        return std::nullopt;
    line.remove_prefix(name.size() + 1);
    const auto first = line.find_first_not_of(" \t"), last = line.find_last_not_of(" \t\r\n");
    return first == line.npos || last < first ? std::string{}
                                              : std::string(line.substr(first, last + 1 - first));
}

/// "SSL connect error: OpenSSL/3.0: …": what kind of failure it is, then what exactly, where there is more to
/// say.
std::string detail_of(CURLcode code, std::string_view exactly) {
    const std::string kind = curl_easy_strerror(code);
    return exactly.empty() || exactly == kind ? kind : kind + ": " + std::string(exactly);
}

}  // namespace

CurlHandle::CurlHandle(Speaks speaks, std::chrono::milliseconds patience, const std::string& ca_file,
                       std::size_t most_read)
    : handle_(make_handle(), &curl_easy_cleanup), is_mail_(speaks == Speaks::smtp), most_read_(most_read) {
    set(CURLOPT_ERRORBUFFER, words_);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(patience.count()));
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(patience.count()));
    set(CURLOPT_PROXY, "");  // whatever the environment says
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_FORBID_REUSE, 1L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!ca_file.empty()) set(CURLOPT_CAINFO, ca_file.c_str());
    set(CURLOPT_WRITEFUNCTION, &CurlHandle::read_body);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_HEADERFUNCTION, &CurlHandle::read_header);
    set(CURLOPT_HEADERDATA, this);
}

Outcome CurlHandle::perform() {
    const auto began = std::chrono::steady_clock::now();
    const auto code = curl_easy_perform(handle_.get());
    outcome_.took =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
    long status = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
    outcome_.status = static_cast<unsigned>(status);
    if (outcome_.cut) return std::move(outcome_);  // we hung up, with what we wanted
    outcome_.trouble = trouble_of(code);
    if (outcome_.trouble != Trouble::none) outcome_.detail = detail_of(code, words_);
    return std::move(outcome_);
}

void CurlHandle::stop_at(const std::atomic<bool>* stop) {
    if (!stop) return;
    set(CURLOPT_XFERINFOFUNCTION, &CurlHandle::look_up);
    set(CURLOPT_XFERINFODATA, const_cast<std::atomic<bool>*>(stop));
    set(CURLOPT_NOPROGRESS, 0L);
}

int CurlHandle::look_up(void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return *static_cast<const std::atomic<bool>*>(stop) ? 1 : 0;
}

std::size_t CurlHandle::read_body(char* data, std::size_t, std::size_t size, void* self) {
    auto& own = *static_cast<CurlHandle*>(self);
    const auto room = own.most_read_ - own.outcome_.answer.size();
    own.outcome_.answer.append(data, std::min(size, room));
    if (size <= room) return size;
    own.outcome_.cut = true;
    return 0;
}

std::size_t CurlHandle::read_header(char* data, std::size_t, std::size_t size, void* self) {
    auto& own = *static_cast<CurlHandle*>(self);
    const std::string_view line(data, size);
    const auto keep = [line](std::string_view name, std::string& value) {
        if (auto given = value_of(line, name)) value = std::move(*given);
    };
    keep("etag", own.outcome_.etag);
    keep("last-modified", own.outcome_.last_modified);
    keep("retry-after", own.outcome_.retry_after);
    keep("date", own.outcome_.date);
    own.header_bytes_ += size;
    if (own.is_mail_ && own.outcome_.answer.size() < Client::most_read) own.outcome_.answer.append(data, size);
    return own.header_bytes_ > Client::most_read ? 0 : size;
}

}  // namespace outcry::outbound
