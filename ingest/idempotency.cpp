// ingest/idempotency.cpp: from a client's key to the report's identity.
#include "ingest/idempotency.hpp"

#include <sodium.h>

#include <algorithm>
#include <span>
#include <string>

#include "ingest/report_id.hpp"

namespace outcry::ingest {
namespace {

/// An id of that time whose other bits follow from key, service and `salt`.
ReportId hashed(std::string_view key, std::span<const std::uint8_t> salt, analytics::ServiceId service,
                Time at) {
    auto id = make_report_id(at);
    std::array<unsigned char, crypto_generichash_BYTES_MIN> digest;
    const auto text = std::to_string(service) + " " + std::string(key);
    crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(text.data()),
                       text.size(), salt.data(), salt.size());
    const auto version = id[6] & 0xf0, variant = id[8] & 0xc0;
    std::copy(digest.begin(), digest.begin() + 10, id.begin() + 6);
    id[6] = static_cast<std::uint8_t>(version | (id[6] & 0x0f));
    id[8] = static_cast<std::uint8_t>(variant | (id[8] & 0x3f));
    return id;
}

}  // namespace

std::optional<ReportId> report_id_for(std::string_view key, const ReporterKey& reporter,
                                      analytics::ServiceId service, Time now) {
    const auto visible = [](char c) { return c > ' ' && c <= '~'; };
    const bool readable =
        !key.empty() && key.size() <= longest_idempotency_key && std::all_of(key.begin(), key.end(), visible);
    if (!readable) return std::nullopt;
    if (const auto id = parse_report_id(key)) {
        const auto made = time_of(*id);
        if (made >= now - Window::duration{1} && made <= now + std::chrono::minutes{1})
            return hashed(to_text(*id), {}, service, made);  // one key sent to two services is two reports
    }
    return hashed(key, reporter, service, Time{window_of(now)});
}

}  // namespace outcry::ingest
