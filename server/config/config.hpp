// server/config/config.hpp: the settings of one process: a TOML file, overridden by OUTCRY_* variables, read
// once.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace outcry::config {

/// One member for each key; `log.level` in the file is log_level here and OUTCRY_LOG_LEVEL in the environment.
/// A limit that is not set is what the part itself thinks right.
struct Config {
    std::string listen = "127.0.0.1:8080";  // address:port; [::]:8080 for every address
    std::string operator_listen;            // address:port for operators alone; empty: the same as everyone
    std::string base_path;                  // "" or "/outcry", when a proxy serves Outcry under a path
    std::string public_url;                 // "https://status.example.org"; empty: links stay relative
    std::string state_dir;                  // empty: /var/lib/outcry for root, ~/.local/state/outcry otherwise
    std::string database = "auto";          // "auto": a private PostgreSQL; else a libpq connection string
    std::string migrate_database;  // connection string of the role that owns the tables; empty: the same
    std::vector<std::string> trusted_proxies = {"127.0.0.0/8", "::1/128"};  // whose X-Forwarded-For is believed
    std::int64_t threads = 0;  // of the server; 0: one for each core
    std::int64_t node = 0;     // number of this node when several share a database
    std::int64_t max_connections = 12'000;
    bool starter_catalogue = true;  // a catalogue without a service gets the one that comes with Outcry

    std::string log_level = "info";   // debug, info, warn, error
    std::string log_format = "json";  // json, text

    std::optional<double> admission_per_address_burst, admission_per_address_per_minute;
    std::optional<double> admission_per_network_burst, admission_per_network_per_minute;

    std::optional<std::int64_t> batch_reports, batch_queue_reports, batch_queue_bytes, batch_ride_out_seconds;

    // What operators' targets may reach beside public addresses, and whose certificates are believed there.
    std::vector<std::string> outbound_allow_networks;
    std::string outbound_ca_file;  // empty: the system's

    std::string mail_server;  // smtp://host:587, smtps://host:465; empty: no mail is sent
    std::string mail_user, mail_password, mail_from;
    bool mail_tls = true;

    /// The two halves of `listen`, and of where operators are served.
    std::string listen_address() const;
    std::uint16_t listen_port() const;
    std::string operator_address() const;
    std::uint16_t operator_port() const;
};

/// What is wrong with the settings: where ("outcry.toml, line 3" or "OUTCRY_LISTEN"), what, and how to put it
/// right.
struct ConfigError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

using Environment = std::map<std::string, std::string>;
/// The variables of this process whose names begin with OUTCRY_.
Environment read_environment();

/// Where the file is looked for when none was named; nothing when there is none.
std::optional<std::filesystem::path> usual_file();

/// Defaults, then the file, then the environment. Throws ConfigError at the first thing that is wrong.
Config load(const std::optional<std::filesystem::path>& file, const Environment&);

/// Variables that look like ours and are none, each as a sentence with the nearest one that is.
std::vector<std::string> unknown_variables(const Environment&);

/// Every key with the value in force, in the order of the documentation; what may hold a secret is left out.
std::vector<std::pair<std::string, std::string>> describe(const Config&);

/// `text` without the password a libpq connection string may hold.
std::string without_password(const std::string& text);

}  // namespace outcry::config
