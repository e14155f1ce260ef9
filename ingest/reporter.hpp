// ingest/reporter.hpp: who reports, without knowing who: keyed hashes with a daily salt, and signed anonymous
// tokens.
#pragma once
#include <boost/asio/ip/address.hpp>
#include <string>
#include <string_view>

#include "ingest/report.hpp"

namespace outcry::ingest {

/// The secrets of one installation. `daily_salt` changes each UTC day and is deleted after 48 h.
struct ReporterSecrets {
    std::array<std::uint8_t, 32> token_key{};
    std::array<std::uint8_t, 32> daily_salt{};
};

/// Keyed hash of the address and, when it is validly signed, of the client token, so that thousands behind one
/// carrier address stay distinct. IPv4 whole address; IPv6 its /64.
ReporterKey reporter_key(const ReporterSecrets&, const boost::asio::ip::address&,
                         std::string_view client_token);

/// Keyed hash of the /24 (IPv4) or /48 (IPv6).
PrefixKey prefix_key(const ReporterSecrets&, const boost::asio::ip::address&);

/// A token for the page's form: random, signed, says nothing of anyone. URL-safe text.
std::string make_client_token(const ReporterSecrets&);
bool is_valid_client_token(const ReporterSecrets&, std::string_view token);

}  // namespace outcry::ingest
