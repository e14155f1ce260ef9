// server/outbound/client.hpp: posts to an address that an operator named, and cannot be led anywhere else.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "server/outbound/address_rules.hpp"
#include "server/outbound/outcome.hpp"
#include "server/outbound/resolve.hpp"

namespace outcry::outbound {

struct Post {
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};

struct ClientOptions {
    AddressRules rules{};
    std::string ca_file{};  // certificates to believe; empty: the system's
    std::chrono::milliseconds patience{10'000};
};

/// Every address of the host is checked, and the connection goes to one of those that were: a name that
/// resolves differently a moment later changes nothing. No redirects, no proxies, no protocol but https (and
/// http into networks that the settings name). The first 64 kB of an answer are read.
class Client {
 public:
    static constexpr std::size_t most_read = 65'536;

    explicit Client(ClientOptions, Resolve = resolve_by_system);

    /// Blocks for up to `patience`. From any thread. Never throws for what the other side does.
    Outcome post(const Post&) const;

 private:
    ClientOptions options_;
    Resolve resolve_;
};

}  // namespace outcry::outbound
