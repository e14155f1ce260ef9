// ingest/counting.cpp: one window's ledger in flat tables: about 110 bytes for a report, nothing allocated one
// by one.
#include "ingest/counting.hpp"

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <cmath>
#include <cstring>

namespace outcry::ingest {
namespace {

/// A reporter or a prefix, for one service and kind of report.
template <class Who>
struct Key {
    Who who{};
    analytics::ServiceId service{};
    bool works = false;
    friend bool operator==(const Key&, const Key&) = default;
};

std::uint64_t first_eight(const std::uint8_t* bytes) {
    std::uint64_t value = 0;
    std::memcpy(&value, bytes, sizeof value);
    return value;
}

/// The keyed parts are hashes already; service and kind only have to stir them.
struct KeyHash {
    using is_avalanching = void;
    template <class Who>
    std::size_t operator()(const Key<Who>& key) const {
        const auto where = static_cast<std::uint64_t>(key.service) << 1 | (key.works ? 1 : 0);
        return first_eight(key.who.data()) ^ (where + 1) * 0x9e3779b97f4a7c15;
    }
};

/// An id opens with its time; its last eight bytes are random.
struct IdHash {
    std::size_t operator()(const ReportId& id) const { return first_eight(id.data() + 8); }
};

struct First {
    ReportId id{};
    bool counted = false, category = false, region = false, message = false;
};

}  // namespace

struct WindowLedger::Impl {
    boost::unordered_flat_set<ReportId, IdHash> ids;
    boost::unordered_flat_map<Key<ReporterKey>, First, KeyHash> reporters;
    boost::unordered_flat_map<Key<PrefixKey>, std::uint32_t, KeyHash> prefixes;

    std::uint32_t& prefix_of(const Report& report) {
        return prefixes[{report.prefix, report.service, report.works}];
    }

    First first_from(const Report& report, bool counted) const {
        return {report.id, counted, report.category != 0, !report.region.empty(), !report.message.empty()};
    }

    static Ruling repeat(First& first, const Report& report) {
        Ruling ruling{.outcome = Outcome::repeated, .first = first.id, .first_counted = first.counted};
        ruling.adds_category = !first.category && report.category != 0;
        ruling.adds_region = !first.region && !report.region.empty();
        ruling.adds_message = !first.message && !report.message.empty();
        ruling.adds_detail = ruling.adds_category || ruling.adds_region || ruling.adds_message;
        first.category |= ruling.adds_category;
        first.region |= ruling.adds_region;
        first.message |= ruling.adds_message;
        return ruling;
    }
};

std::uint32_t prefix_share(std::uint32_t n) {
    if (n <= 8) return n;
    return static_cast<std::uint32_t>(8 + 8 * std::log2(static_cast<double>(n) / 8));
}

WindowLedger::WindowLedger(std::size_t expected) : impl_(std::make_unique<Impl>()) {
    impl_->ids.reserve(expected);
    impl_->reporters.reserve(expected);
}
WindowLedger::~WindowLedger() = default;
WindowLedger::WindowLedger(WindowLedger&&) noexcept = default;
WindowLedger& WindowLedger::operator=(WindowLedger&&) noexcept = default;

Ruling WindowLedger::rule(const Report& report) {
    if (!impl_->ids.insert(report.id).second) return {.outcome = Outcome::known};
    const auto [mine, is_first] = impl_->reporters.try_emplace({report.reporter, report.service, report.works});
    if (!is_first) return Impl::repeat(mine->second, report);

    const auto n = ++impl_->prefix_of(report);
    const bool counts = prefix_share(n) > prefix_share(n - 1);
    mine->second = impl_->first_from(report, counts);
    return {.outcome = counts ? Outcome::counted : Outcome::limited};
}

void WindowLedger::restore(const Report& report, Outcome outcome) {
    if (outcome == Outcome::known || !impl_->ids.insert(report.id).second) return;
    const auto [mine, is_first] = impl_->reporters.try_emplace({report.reporter, report.service, report.works});
    if (!is_first) {
        Impl::repeat(mine->second, report);
        return;
    }
    mine->second = impl_->first_from(report, outcome == Outcome::counted);
    if (outcome != Outcome::repeated) ++impl_->prefix_of(report);
}

std::size_t WindowLedger::size() const {
    return impl_->ids.size();
}

}  // namespace outcry::ingest
