// ingest/admission.cpp: token buckets in two generations: when the young one is full, the old one is forgotten.
#include "ingest/admission.hpp"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cmath>
#include <mutex>

#include "ingest/network.hpp"

namespace outcry::ingest {
namespace {

constexpr double one = 1 - 1e-9;  // a token that came in parts may be a rounding error short

struct Bucket {
    double tokens = 0;
    Time filled{};
};

void refill(Bucket& bucket, double burst, double per_minute, Time now) {
    if (now <= bucket.filled) return;
    const std::chrono::duration<double, std::ratio<60>> passed = now - bucket.filled;
    bucket.tokens = std::min(burst, bucket.tokens + passed.count() * per_minute);
    bucket.filled = now;
}

std::chrono::seconds until_one(const Bucket& bucket, double per_minute) {
    if (per_minute <= 0) return std::chrono::hours{1};
    const double seconds = std::ceil((1 - bucket.tokens) * 60 / per_minute);
    return std::chrono::seconds{static_cast<long>(std::clamp(seconds, 1.0, 3600.0))};
}

}  // namespace

struct Admission::Impl {
    using Generation = boost::unordered_flat_map<Network, Bucket>;

    AdmissionLimits limits;
    mutable std::mutex mutex;
    Generation young, old;

    /// The bucket as it stands at `now`; a prefix seen for the first time, or forgotten, starts full.
    Bucket look(const Network& prefix, double burst, double per_minute, Time now) {
        Bucket bucket{burst, now};
        if (const auto found = young.find(prefix); found != young.end()) {
            bucket = found->second;
        } else if (const auto aged = old.find(prefix); aged != old.end()) {
            bucket = aged->second;
        }
        refill(bucket, burst, per_minute, now);
        return bucket;
    }

    void keep(const Network& prefix, const Bucket& bucket) {
        if (young.size() >= std::max<std::size_t>(limits.most_prefixes / 2, 1) && !young.contains(prefix)) {
            old = std::move(young);
            young = Generation{};
        }
        young.insert_or_assign(prefix, bucket);
    }
};

Admission::Admission(AdmissionLimits limits) : impl_(std::make_unique<Impl>()) {
    impl_->limits = limits;
}
Admission::~Admission() = default;

Admitted Admission::admit(const boost::asio::ip::address& address, Time now) {
    const auto host = host_of(address);
    const auto network = network_of(address);
    const auto& limits = impl_->limits;

    const std::lock_guard lock(impl_->mutex);
    auto mine = impl_->look(host, limits.per_address_burst, limits.per_address_per_minute, now);
    auto ours = impl_->look(network, limits.per_network_burst, limits.per_network_per_minute, now);
    Admitted admitted;
    if (mine.tokens < one) admitted = {false, until_one(mine, limits.per_address_per_minute), 0};
    if (ours.tokens < one) {
        admitted = {false, std::max(admitted.retry_after, until_one(ours, limits.per_network_per_minute)), 0};
    }
    if (admitted.yes) {  // a refusal takes from neither: a host that is over its own limit does not use up its
                         // neighbours'
        mine.tokens -= 1;
        ours.tokens -= 1;
        admitted.remaining = static_cast<std::uint32_t>(std::max(std::min(mine.tokens, ours.tokens), 0.0));
    }
    impl_->keep(host, mine);
    impl_->keep(network, ours);
    return admitted;
}

const AdmissionLimits& Admission::limits() const {
    return impl_->limits;
}

std::size_t Admission::prefixes() const {
    const std::lock_guard lock(impl_->mutex);
    std::size_t aged = 0;
    for (const auto& [prefix, bucket] : impl_->old) aged += impl_->young.contains(prefix) ? 0 : 1;
    return impl_->young.size() + aged;
}

}  // namespace outcry::ingest
