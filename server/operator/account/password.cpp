// server/operator/account/password.cpp: argon2id by libsodium; weakness by what people who guess try first.
#include "server/operator/account/password.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

namespace outcry::operators {
namespace {

/// The stems of nearly every password of twelve or more characters in the lists of leaked ones; longer before
/// shorter where one holds the other.
constexpr std::array<std::string_view, 66> common_words{"administrator",
                                                        "correcthorsebatterystaple",
                                                        "abcdefghijklmnopqrstuvwxyz",
                                                        "qwertzuiop",
                                                        "qwertyuiop",
                                                        "azertyuiop",
                                                        "asdfghjkl",
                                                        "zxcvbnm",
                                                        "yxcvbnm",
                                                        "qazwsx",
                                                        "qwerty",
                                                        "qwertz",
                                                        "azerty",
                                                        "asdfgh",
                                                        "zxcvbn",
                                                        "abcdefgh",
                                                        "abcdef",
                                                        "abcabc",
                                                        "abc",
                                                        "password",
                                                        "passwort",
                                                        "passwd",
                                                        "passphrase",
                                                        "contrasena",
                                                        "motdepasse",
                                                        "geheim",
                                                        "secret",
                                                        "changeme",
                                                        "letmein",
                                                        "welcome",
                                                        "willkommen",
                                                        "hallo",
                                                        "hello",
                                                        "iloveyou",
                                                        "sunshine",
                                                        "princess",
                                                        "football",
                                                        "baseball",
                                                        "superman",
                                                        "batman",
                                                        "pokemon",
                                                        "starwars",
                                                        "dragon",
                                                        "monkey",
                                                        "master",
                                                        "shadow",
                                                        "summer",
                                                        "winter",
                                                        "spring",
                                                        "autumn",
                                                        "sommer",
                                                        "january",
                                                        "trustno",
                                                        "whatever",
                                                        "computer",
                                                        "internet",
                                                        "server",
                                                        "login",
                                                        "default",
                                                        "admin",
                                                        "operator",
                                                        "viewer",
                                                        "outcry",
                                                        "root",
                                                        "user",
                                                        "test"};

std::string lower(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c & 0x80) != 0;
}

/// "P@ssw0rd-2026!" → "password": ends without digits and signs, then letters for the signs that stand for
/// them.
std::string stem(std::string_view password) {
    auto text = lower(password);
    const auto first = std::find_if(text.begin(), text.end(), is_letter);
    const auto last = std::find_if(text.rbegin(), text.rend(), is_letter).base();
    std::string out;
    for (auto c = first; c < last; ++c) {
        constexpr std::string_view signs = "013457@$!", letters = "oieastasi";
        const auto sign = signs.find(*c);
        if (sign != std::string_view::npos)
            out += letters[sign];
        else if (is_letter(*c))
            out += *c;
    }
    return out;
}

void take_away(std::string& text, std::string_view word) {
    if (word.size() < 3) return;
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word)) text.erase(at, word.size());
}

}  // namespace

std::optional<std::string_view> weakness(std::string_view password, std::string_view user) {
    if (characters(password) < least_password) return "short";
    if (password.size() > most_password) return "long";
    constexpr std::size_t too_few = 4;
    const auto plain = lower(password);
    if (std::set<char>(plain.begin(), plain.end()).size() <= too_few) return "common";
    auto left = stem(password);
    if (characters(left) >= too_few) {
        take_away(left, lower(user));
        if (characters(left) < too_few) return "name";
    }
    for (const auto word : common_words) take_away(left, word);
    if (characters(left) < too_few) return "common";
    return std::nullopt;
}

std::string keep_password(std::string_view password) {
    if (sodium_init() < 0) throw std::runtime_error("the system gives no random bytes");
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                              crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::runtime_error("no memory to keep a password safely");
    return text.data();
}

bool is_password(const std::string& kept, std::string_view password) {
    return crypto_pwhash_str_verify(kept.c_str(), password.data(), password.size()) == 0;
}

}  // namespace outcry::operators
