// server/config/config.cpp: the file, then the environment, each value checked where it was written.
#include "server/config/config.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <regex>

#include "server/config/keys.hpp"

extern "C" char** environ;

namespace outcry::config {
namespace {

[[noreturn]] void wrong(const std::string& where, const std::string& what) {
    throw ConfigError(where + ": " + what);
}

template <class T>
T number_from(const std::string& text, const std::string& where) {
    T value{};
    const auto* end = text.data() + text.size();
    const auto [stopped, problem] = std::from_chars(text.data(), end, value);
    if (problem != std::errc{} || stopped != end || text.empty())
        wrong(where, fmt::format("\"{}\" is no {}number", text, std::is_integral_v<T> ? "whole " : ""));
    return value;
}

std::vector<std::string> split_at_commas(const std::string& text) {
    std::vector<std::string> parts;
    for (std::size_t from = 0; from <= text.size();) {
        const auto comma = std::min(text.find(',', from), text.size());
        auto part = text.substr(from, comma - from);
        part.erase(0, part.find_first_not_of(' '));
        part.erase(part.find_last_not_of(' ') + 1);
        if (!part.empty()) parts.push_back(part);
        from = comma + 1;
    }
    return parts;
}

/// Puts checked values into their members.
struct Setter {
    Config& config;
    const Key& key;
    std::string where;

    void operator()(const std::string& text) {
        if (!key.allowed.empty() &&
            std::find(key.allowed.begin(), key.allowed.end(), text) == key.allowed.end())
            wrong(where,
                  fmt::format("{} is one of {}, not \"{}\"", key.name, fmt::join(key.allowed, ", "), text));
        config.*std::get<std::string Config::*>(key.member) = text;
    }
    void operator()(std::vector<std::string> list) {
        config.*std::get<std::vector<std::string> Config::*>(key.member) = std::move(list);
    }
    void flag(bool value) { config.*std::get<bool Config::*>(key.member) = value; }
    template <class Number>
    void number(Number value) {
        if (!(value >= key.least && value <= key.most))
            wrong(where,
                  fmt::format("{} lies between {} and {}, not {}", key.name, key.least, key.most, value));
        if (const auto* plain = std::get_if<std::int64_t Config::*>(&key.member))
            config.** plain = static_cast<std::int64_t>(value);
        else if (const auto* whole = std::get_if<std::optional<std::int64_t> Config::*>(&key.member))
            config.** whole = static_cast<std::int64_t>(value);
        else
            config.*std::get<std::optional<double> Config::*>(key.member) = static_cast<double>(value);
    }
};

bool is_text(const Key& key) {
    return std::holds_alternative<std::string Config::*>(key.member);
}
bool is_list(const Key& key) {
    return std::holds_alternative<std::vector<std::string> Config::*>(key.member);
}
bool is_flag(const Key& key) {
    return std::holds_alternative<bool Config::*>(key.member);
}
bool is_fraction(const Key& key) {
    return std::holds_alternative<std::optional<double> Config::*>(key.member);
}

void set_from_text(Config& config, const Key& key, const std::string& text, const std::string& where) {
    Setter setter{config, key, where};
    if (is_text(key)) return setter(text);
    if (is_list(key)) return setter(split_at_commas(text));
    if (is_flag(key)) {
        if (text != "true" && text != "false")
            wrong(where, fmt::format("\"{}\" is neither true nor false", text));
        return setter.flag(text == "true");
    }
    if (is_fraction(key)) return setter.number(number_from<double>(text, where));
    setter.number(number_from<std::int64_t>(text, where));
}

void set_from_toml(Config& config, const Key& key, const toml::node& node, const std::string& where) {
    Setter setter{config, key, where};
    if (is_text(key)) {
        if (const auto* text = node.as_string()) return setter(text->get());
        wrong(where, fmt::format("{} is a text: write it in quotes", key.name));
    }
    if (is_list(key)) {
        std::vector<std::string> list;
        const auto* array = node.as_array();
        if (!array) wrong(where, fmt::format("{} is a list: [\"…\", \"…\"]", key.name));
        for (const auto& item : *array) {
            const auto text = item.value<std::string>();
            if (!text || !item.is_string())
                wrong(where, fmt::format("{} is a list of texts in quotes", key.name));
            list.push_back(*text);
        }
        return setter(std::move(list));
    }
    if (is_flag(key)) {
        if (const auto* flag = node.as_boolean()) return setter.flag(flag->get());
        wrong(where, fmt::format("{} is true or false", key.name));
    }
    if (const auto* whole = node.as_integer()) return setter.number(whole->get());
    if (const auto* fraction = node.as_floating_point(); fraction && is_fraction(key))
        return setter.number(fraction->get());
    wrong(where, fmt::format("{} is a {}number", key.name, is_fraction(key) ? "" : "whole "));
}

std::string suggestion(std::string_view name) {
    std::vector<std::string_view> names;
    for (const auto& key : keys()) names.push_back(key.name);
    const auto near = nearest(name, names);
    return near.empty() ? "docs/operating.md lists the keys" : fmt::format("did you mean {}?", near);
}

void read_table(Config& config, const toml::table& table, const std::string& prefix, const std::string& file) {
    for (const auto& [name, node] : table) {
        const auto full = prefix + std::string(name.str());
        const auto where = fmt::format("{}, line {}", file, name.source().begin.line);
        const auto* key = find_key(full);
        if (key)
            set_from_toml(config, *key, node, where);
        else if (const auto* inner = node.as_table(); inner && prefix.empty())
            read_table(config, *inner, full + ".", file);
        else
            wrong(where, fmt::format("there is no setting \"{}\"; {}", full, suggestion(full)));
    }
}

void read_file(Config& config, const std::filesystem::path& file) {
    if (::access(file.c_str(), R_OK) != 0)
        wrong(file.string(), "cannot be read; check its name and permissions");
    try {
        read_table(config, toml::parse_file(file.string()), "", file.string());
    } catch (const toml::parse_error& problem) {
        wrong(fmt::format("{}, line {}", file.string(), problem.source().begin.line),
              std::string(problem.description()));
    }
}

/// 32 or 128, the bits of an address written in numbers; 0 when it is none.
int bits_of(const std::string& address) {
    std::array<unsigned char, 16> bytes;
    if (::inet_pton(AF_INET, address.c_str(), bytes.data()) == 1) return 32;
    return ::inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1 ? 128 : 0;
}

bool is_network(const std::string& text) {
    const auto slash = std::min(text.find('/'), text.size());
    const int most = bits_of(text.substr(0, slash));
    if (most == 0 || slash == text.size()) return most > 0;
    int length = -1;
    const auto* end = text.data() + text.size();
    const auto [stopped, problem] = std::from_chars(text.data() + slash + 1, end, length);
    return problem == std::errc{} && stopped == end && length >= 0 && length <= most;
}

/// "127.0.0.1" of "127.0.0.1:8080"; every address of ":8080".
std::string address_of(const std::string& listen) {
    auto address = listen.substr(0, listen.rfind(':'));
    if (address.starts_with('[')) address = address.substr(1, address.size() - 2);
    return address.empty() ? "0.0.0.0" : address;
}

std::uint16_t port_of(const std::string& listen) {
    return static_cast<std::uint16_t>(std::stoi(listen.substr(listen.rfind(':') + 1)));
}

void check_listen(const std::string& key, const std::string& listen) {
    static const std::regex address(R"((\[[0-9a-fA-F:.]+\]|[^:\[\]/ ]*):\d{1,5})");
    if (!std::regex_match(listen, address) ||
        number_from<int>(listen.substr(listen.rfind(':') + 1), key) > 65'535 ||
        bits_of(address_of(listen)) == 0)
        wrong(key, fmt::format("\"{}\" is not address:port, such as 127.0.0.1:8080 or [::]:8080", listen));
}

/// What no single value can tell: rules that concern how values are written.
void check_shapes(const Config& config) {
    check_listen("listen", config.listen);
    if (!config.operator_listen.empty()) check_listen("operator.listen", config.operator_listen);
    for (const auto& network : config.trusted_proxies)
        if (!is_network(network))
            wrong("trusted_proxies",
                  fmt::format("\"{}\" is not a network such as 10.0.0.0/8 or 2001:db8::/32", network));
    static const std::regex path(R"((/[A-Za-z0-9._~-]+)*)");
    if (!std::regex_match(config.base_path, path))
        wrong("base_path",
              fmt::format("\"{}\" does not begin with / or ends with one; write /outcry", config.base_path));
    static const std::regex url(R"((https?://[^/ ]+)?)");
    if (!std::regex_match(config.public_url, url))
        wrong("public_url",
              fmt::format("\"{}\" is not like https://status.example.org (the path goes into base_path)",
                          config.public_url));
    for (const auto& network : config.outbound_allow_networks)
        if (!is_network(network))
            wrong("outbound.allow_networks",
                  fmt::format("\"{}\" is not a network such as 10.0.0.0/8 or fd00::/8", network));
    static const std::regex mail_server(R"((smtps?://(\[[0-9a-fA-F:.]+\]|[^:/@ ]+)(:\d{1,5})?)?)");
    if (!std::regex_match(config.mail_server, mail_server))
        wrong(
            "mail.server",
            fmt::format("\"{}\" is not like smtp://mail.example.org:587 or smtps://mail.example.org:465 (user "
                        "and password go into mail.user and mail.password)",
                        config.mail_server));
    static const std::regex mail_address(R"([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+)");
    if (!config.mail_server.empty() && !std::regex_match(config.mail_from, mail_address))
        wrong("mail.from",
              fmt::format("\"{}\" is not an address such as outcry@example.org; mail needs a sender",
                          config.mail_from));
    if (config.database.empty()) wrong("database", "is empty; write \"auto\" or a libpq connection string");
}

}  // namespace

std::string Config::listen_address() const {
    return address_of(listen);
}

std::uint16_t Config::listen_port() const {
    return port_of(listen);
}

std::string Config::operator_address() const {
    return address_of(operator_listen.empty() ? listen : operator_listen);
}

std::uint16_t Config::operator_port() const {
    return port_of(operator_listen.empty() ? listen : operator_listen);
}

Environment read_environment() {
    Environment ours;
    for (char** entry = environ; *entry; ++entry) {
        const std::string_view text(*entry);
        const auto equals = text.find('=');
        if (text.starts_with("OUTCRY_") && equals != std::string_view::npos)
            ours.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return ours;
}

std::optional<std::filesystem::path> usual_file() {
    const std::filesystem::path file = "/etc/outcry/outcry.toml";
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) return file;
    return std::nullopt;
}

Config load(const std::optional<std::filesystem::path>& file, const Environment& environment) {
    Config config;
    if (file) read_file(config, *file);
    for (const auto& key : keys()) {
        const auto variable = variable_of(key.name);
        if (const auto found = environment.find(variable); found != environment.end())
            set_from_text(config, key, found->second, variable);
    }
    check_shapes(config);
    if (config.state_dir.empty()) {
        const char* home = std::getenv("HOME");
        const char* state = std::getenv("XDG_STATE_HOME");
        config.state_dir = ::geteuid() == 0 || !(home || state) ? "/var/lib/outcry"
                           : state                              ? std::string(state) + "/outcry"
                                                                : std::string(home) + "/.local/state/outcry";
    }
    return config;
}

std::vector<std::string> unknown_variables(const Environment& environment) {
    std::vector<std::string> known_owned{"OUTCRY_CONFIG", "OUTCRY_FA_PER_YEAR", "OUTCRY_TZ_SHIFT_AT"};
    for (const auto& key : keys()) known_owned.push_back(variable_of(key.name));
    const std::vector<std::string_view> known(known_owned.begin(), known_owned.end());
    std::vector<std::string> sentences;
    for (const auto& [name, value] : environment) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        const auto near = nearest(name, known);
        sentences.push_back(near.empty()
                                ? fmt::format("{} is no setting of ours", name)
                                : fmt::format("{} is no setting of ours; did you mean {}?", name, near));
    }
    return sentences;
}

std::vector<std::pair<std::string, std::string>> describe(const Config& config) {
    std::vector<std::pair<std::string, std::string>> all;
    for (const auto& key : keys()) {
        std::string text;
        if (const auto* plain = std::get_if<std::string Config::*>(&key.member))
            text = key.secret && !(config.**plain).empty() ? "***" : without_password(config.**plain);
        else if (const auto* list = std::get_if<std::vector<std::string> Config::*>(&key.member))
            text = fmt::format("{}", fmt::join(config.**list, ", "));
        else if (const auto* flag = std::get_if<bool Config::*>(&key.member))
            text = config.**flag ? "true" : "false";
        else if (const auto* whole = std::get_if<std::int64_t Config::*>(&key.member))
            text = fmt::format("{}", config.**whole);
        else if (const auto* maybe = std::get_if<std::optional<std::int64_t> Config::*>(&key.member))
            text = config.**maybe ? fmt::format("{}", *(config.**maybe)) : "";
        else if (const auto& fraction = config.*std::get<std::optional<double> Config::*>(key.member))
            text = fmt::format("{}", *fraction);
        all.emplace_back(key.name, text);
    }
    return all;
}

std::string without_password(const std::string& text) {
    static const std::regex keyword(R"(password\s*=\s*('(\\.|[^'\\])*'|\S+))", std::regex::icase);
    static const std::regex in_url(R"((postgres(?:ql)?://[^:@/]*):[^@]*@)");
    return std::regex_replace(std::regex_replace(text, keyword, "password=***"), in_url, "$1:***@");
}

}  // namespace outcry::config
