// server/config/keys.cpp: the table itself, and how a mistyped name finds its way back.
#include "server/config/keys.hpp"

#include <algorithm>
#include <numeric>

namespace outcry::config {
namespace {

std::size_t letters_to_change(std::string_view from, std::string_view to) {
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= from.size(); ++i) {
        auto diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const auto replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row.back();
}

}  // namespace

std::span<const Key> keys() {
    static const std::vector<Key> all{
        {"listen", &Config::listen},
        {"operator.listen", &Config::operator_listen},
        {"base_path", &Config::base_path},
        {"public_url", &Config::public_url},
        {"state_dir", &Config::state_dir},
        {"database", &Config::database},
        {"migrate_database", &Config::migrate_database},
        {"trusted_proxies", &Config::trusted_proxies},
        {"threads", &Config::threads, 0, 256},
        {"node", &Config::node, 0, 65'535},
        {"max_connections", &Config::max_connections, 16, 1'000'000},
        {"starter_catalogue", &Config::starter_catalogue},
        {"log.level", &Config::log_level, 0, 0, {"debug", "info", "warn", "error"}},
        {"log.format", &Config::log_format, 0, 0, {"json", "text"}},
        {"admission.per_address_burst", &Config::admission_per_address_burst, 1, 1e9},
        {"admission.per_address_per_minute", &Config::admission_per_address_per_minute, 0.1, 1e9},
        {"admission.per_network_burst", &Config::admission_per_network_burst, 1, 1e9},
        {"admission.per_network_per_minute", &Config::admission_per_network_per_minute, 0.1, 1e9},
        {"batch.reports", &Config::batch_reports, 1, 65'536},
        {"batch.queue_reports", &Config::batch_queue_reports, 1, 10'000'000},
        {"batch.queue_bytes", &Config::batch_queue_bytes, 65'536, 8e9},
        {"batch.ride_out_seconds", &Config::batch_ride_out_seconds, 0, 300},
        {"outbound.allow_networks", &Config::outbound_allow_networks},
        {"outbound.ca_file", &Config::outbound_ca_file},
        {"mail.server", &Config::mail_server},
        {"mail.user", &Config::mail_user},
        {"mail.password", &Config::mail_password, 0, 0, {}, true},
        {"mail.from", &Config::mail_from},
        {"mail.tls", &Config::mail_tls},
    };
    return all;
}

const Key* find_key(std::string_view name) {
    const auto all = keys();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Key& key) { return key.name == name; });
    return found == all.end() ? nullptr : &*found;
}

std::string variable_of(std::string_view name) {
    std::string variable = "OUTCRY_";
    for (const char c : name)
        variable += c == '.' ? '_' : (c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
    return variable;
}

std::string_view nearest(std::string_view name, std::span<const std::string_view> known) {
    std::string_view best;
    auto fewest = std::max<std::size_t>(name.size() / 2, 2);
    for (const auto candidate : known) {
        const bool begins_alike = name.starts_with(candidate) || candidate.starts_with(name);
        const auto changes = begins_alike ? std::size_t{1} : letters_to_change(name, candidate);
        if (changes <= fewest && (best.empty() || changes < fewest)) {
            best = candidate;
            fewest = changes;
        }
    }
    return best;
}

}  // namespace outcry::config
