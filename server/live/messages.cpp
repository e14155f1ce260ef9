// server/live/messages.cpp: see the header.
#include "server/live/messages.hpp"

#include <algorithm>
#include <cstring>

namespace outcry::live {
namespace {

/// The network, not the reporter: one address can ask for as many tokens as it likes, and be as many reporters.
std::int64_t voice_of(const ingest::Report& report) {
    std::int64_t voice = 0;
    static_assert(sizeof voice == std::tuple_size_v<ingest::PrefixKey>);
    std::memcpy(&voice, report.prefix.data(), sizeof voice);
    return voice;
}

}  // namespace

void MessageCount::note(const ingest::Report& report, Minute minute) {
    if (report.works || report.message.empty()) return;
    auto signature = analytics::signature_of(report.message);
    if (signature.key.empty()) return;
    const Minute hour = std::chrono::floor<std::chrono::hours>(minute);
    auto& row = rows_[{report.service, hour, signature.key}];
    auto& counted = row.messages;
    if (counted.count == 0) row = {report.service, hour, {.signature = std::move(signature)}};
    ++counted.count;
    counted.last_seen = std::max(counted.last_seen, minute);
    const auto voice = voice_of(report);
    const bool heard = std::find(counted.voices.begin(), counted.voices.end(), voice) != counted.voices.end();
    if (!heard && counted.voices.size() < storage::voices_kept) counted.voices.push_back(voice);
}

std::vector<storage::HourMessages> MessageCount::rows() && {
    std::vector<storage::HourMessages> rows;
    for (auto& [key, row] : rows_) rows.push_back(std::move(row));
    return rows;
}

}  // namespace outcry::live
