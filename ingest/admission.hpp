// ingest/admission.hpp: a token bucket for each network prefix; memory only, said early and politely.
#pragma once
#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "analytics/time.hpp"

namespace outcry::ingest {

struct AdmissionLimits {
    // Thousands of people can stand behind one carrier address: what holds back one loud host is what counts,
    // not this.
    double per_address_burst = 1'200, per_address_per_minute = 600;    // IPv4 /32, IPv6 /64
    double per_network_burst = 3'000, per_network_per_minute = 2'000;  // IPv4 /24, IPv6 /48
    std::size_t most_prefixes = 200'000;                               // oldest forgotten first
};

struct Admitted {
    bool yes = true;
    std::chrono::seconds retry_after{0};  // when refused
    std::uint32_t remaining = 0;          // how many more would be admitted at once
};

/// Safe from any thread.
class Admission {
 public:
    explicit Admission(AdmissionLimits = {});
    ~Admission();
    /// `now` is the program's clock; a step backwards gives nothing and takes nothing.
    Admitted admit(const boost::asio::ip::address&, Time now);
    const AdmissionLimits& limits() const;
    /// Prefixes remembered at present, at most `most_prefixes`.
    std::size_t prefixes() const;

 private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace outcry::ingest
