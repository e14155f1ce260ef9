// server/outbound/client.hpp: asks an address that an operator named, and cannot be led anywhere else.
#pragma once
#include <atomic>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "server/outbound/address_rules.hpp"
#include "server/outbound/outcome.hpp"
#include "server/outbound/resolve.hpp"

namespace outcry::outbound {

class CurlHandle;

struct Post {
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};

struct Get {
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers;
    std::size_t most_read = 65'536;  // bytes of the answer
};

struct ClientOptions {
    AddressRules rules{};
    std::string ca_file{};  // certificates to believe; empty: the system's
    std::chrono::milliseconds patience{10'000};
    const std::atomic<bool>* stop = nullptr;  // once true, requests under way are hung up on
};

/// Every address of the host is checked, and the connection goes to one of those that were: a name that
/// resolves differently a moment later changes nothing. No redirects, no proxies, no protocol but https (and
/// http into networks that the settings name). Of an answer the first 64 kB are read, or what a Get says.
class Client {
 public:
    static constexpr std::size_t most_read = 65'536;

    explicit Client(ClientOptions, Resolve = resolve_by_system);

    /// Blocks for up to `patience`. From any thread. Never throws for what the other side does.
    Outcome post(const Post&) const;
    /// The same. An answer of 304 is one like any other.
    Outcome get(const Get&) const;

    /// Whether a request would be made at all: the address is read, the name resolved and judged; nobody is
    /// connected to. May block for some seconds.
    Outcome check(const std::string& url) const;

 private:
    struct Way;
    Outcome find_way(const std::string& url, Way&) const;
    /// `ask` says what is asked of an address that was checked.
    Outcome perform(const std::string& url, const std::vector<std::pair<std::string, std::string>>& headers,
                    std::size_t most_read_of_it, const std::function<void(CurlHandle&)>& ask) const;

    ClientOptions options_;
    Resolve resolve_;
};

}  // namespace outcry::outbound
