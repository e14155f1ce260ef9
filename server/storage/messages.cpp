// server/storage/messages.cpp: see the header.
#include "server/storage/messages.hpp"

#include "queries.hpp"
#include "server/storage/array_text.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {
namespace {

long long hour_of(Minute at) {
    return seconds(std::chrono::floor<std::chrono::hours>(at));
}

std::string joined(const std::vector<std::int64_t>& voices) {
    std::string text;
    for (const auto voice : voices) text += (text.empty() ? "" : " ") + std::to_string(voice);
    return text;
}

}  // namespace

void add_messages(Transaction& tx, std::span<const HourMessages> rows) {
    if (rows.empty()) return;
    ArrayText service, hour, signature, shown, messages, last_seen, voices;
    for (const auto& row : rows) {
        service.add(row.service);
        hour.add(hour_of(row.hour));
        signature.add(row.messages.signature.key);
        shown.add(row.messages.signature.shown);
        messages.add(row.messages.count);
        last_seen.add(seconds(row.messages.last_seen));
        voices.add(joined(row.messages.voices));
    }
    tx.exec(sql::add_messages, service.str(), hour.str(), signature.str(), shown.str(), messages.str(),
            last_seen.str(), voices.str());
}

std::vector<analytics::MessageCount> load_messages(Transaction& tx, ServiceId service, Minute from, Minute to) {
    std::vector<analytics::MessageCount> counts;
    for (const auto& row : tx.exec(sql::load_messages, service, hour_of(from), hour_of(to))) {
        auto& one = counts.emplace_back();
        one.signature = {text_from(row[0]), text_from(row[1])};
        one.count = row[2].as<std::uint64_t>();
        one.last_seen = minute_from(row[3]);
        for (const auto& voice : split(text_from(row[4]))) one.voices.push_back(std::stoll(voice));
    }
    return counts;
}

void forget_messages(Transaction& tx, Time now) {
    tx.exec(sql::forget_messages, hour_of(minute_of(now) - std::chrono::hours{49}));
}

}  // namespace outcry::storage
