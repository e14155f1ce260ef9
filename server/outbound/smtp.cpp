// server/outbound/smtp.cpp: a mail composed, and handed to libcurl.
#include "server/outbound/smtp.hpp"

#include <algorithm>
#include <array>
#include <regex>
#include <stdexcept>

#include "server/outbound/curl_handle.hpp"

namespace outcry::outbound {
namespace {

constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string base64(std::string_view bytes) {
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::array<unsigned char, 3> three{};
        const auto count = std::min<std::size_t>(3, bytes.size() - i);
        for (std::size_t j = 0; j < count; ++j) three[j] = static_cast<unsigned char>(bytes[i + j]);
        const unsigned value = static_cast<unsigned>(three[0] << 16 | three[1] << 8 | three[2]);
        for (std::size_t j = 0; j < 4; ++j) out += j <= count ? letters[value >> (18 - 6 * j) & 63] : '=';
    }
    return out;
}

std::string one_line(std::string_view text) {
    std::string line;
    for (const char c : text) line += static_cast<unsigned char>(c) < ' ' || c == 127 ? ' ' : c;
    return line;
}

/// RFC 2047: each word whole characters, 75 bytes at most.
std::string encode_header(std::string_view text) {
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 127; });
    if (plain && text.size() <= 60 && text.find("=?") == std::string_view::npos) return std::string(text);
    std::string out;
    for (std::size_t from = 0; from < text.size();) {
        auto end = std::min(from + 42, text.size());
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
        out += (out.empty() ? "=?utf-8?B?" : "\r\n =?utf-8?B?") + base64(text.substr(from, end - from)) + "?=";
        from = end;
    }
    return out;
}

std::string in_lines(const std::string& encoded) {
    std::string out;
    for (std::size_t from = 0; from < encoded.size(); from += 76) out += encoded.substr(from, 76) + "\r\n";
    return out;
}

/// What remains to be read of the mail.
struct Reading {
    std::string_view left;
};

std::size_t read_some(char* into, std::size_t, std::size_t room, void* reading) {
    auto& left = static_cast<Reading*>(reading)->left;
    const auto size = left.copy(into, room);
    left.remove_prefix(size);
    return size;
}

}  // namespace

bool is_mail_address(const std::string& text) {
    static const std::regex address(
        R"([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*)");
    return text.size() <= 254 && std::regex_match(text, address);
}

std::string compose(const Mail& mail, const std::string& from) {
    std::string to;
    for (const auto& address : mail.to) {
        if (!is_mail_address(address)) throw std::invalid_argument("'" + address + "' is no mail address");
        to += (to.empty() ? "" : ",\r\n ") + address;
    }
    const auto host = from.substr(from.rfind('@') + 1);
    std::string text;
    for (const char c : mail.text) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return "From: Outcry <" + from + ">\r\nTo: " + to +
           "\r\nSubject: " + encode_header(one_line(mail.subject)) + "\r\nDate: " + mail.date +
           "\r\nMessage-ID: <" + mail.id + "@" + host +
           ">\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; "
           "charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
           in_lines(base64(text));
}

Outcome send_mail(const MailServer& server, const Mail& mail, const std::atomic<bool>* stop) {
    const auto message = compose(mail, server.from);
    Reading reading{message};
    CurlHandle curl(CurlHandle::Speaks::smtp, server.patience, server.ca_file);
    CurlList recipients;
    for (const auto& address : mail.to) recipients.add('<' + address + '>');
    const auto from = '<' + server.from + '>';
    curl.stop_at(stop);
    curl.set(CURLOPT_URL, server.url.c_str());
    curl.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl.set(CURLOPT_USE_SSL, static_cast<long>(server.tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    if (!server.user.empty()) {
        curl.set(CURLOPT_USERNAME, server.user.c_str());
        curl.set(CURLOPT_PASSWORD, server.password.c_str());
    }
    curl.set(CURLOPT_MAIL_FROM, from.c_str());
    curl.set(CURLOPT_MAIL_RCPT, recipients.get());
    curl.set(CURLOPT_READFUNCTION, &read_some);
    curl.set(CURLOPT_READDATA, &reading);
    curl.set(CURLOPT_UPLOAD, 1L);
    return curl.perform();
}

}  // namespace outcry::outbound
