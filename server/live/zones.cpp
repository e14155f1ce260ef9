// server/live/zones.cpp: GCC 12 has no time zones of its own, so Howard Hinnant's library reads
// /usr/share/zoneinfo.
#include "server/live/zones.hpp"

#include <date/tz.h>

#include <stdexcept>

namespace outcry::live {
namespace {

const date::time_zone* find(const std::string& name) {
    try {
        return date::locate_zone(name);
    } catch (const std::runtime_error&) {
        return nullptr;
    }
}

}  // namespace

bool is_zone(const std::string& name) {
    return find(name) != nullptr;
}

std::shared_ptr<const analytics::ZoneOffsets> load_zone(const std::string& name, Time now) {
    const auto* zone = find(name);
    if (!zone) return nullptr;
    const auto last = now + std::chrono::days{3 * 366};
    std::vector<analytics::ZoneOffsets::Change> changes;
    auto at = std::chrono::floor<std::chrono::seconds>(now - std::chrono::days{366});
    while (at < last) {
        const auto info = zone->get_info(at);
        if (changes.empty() || changes.back().offset != info.offset) changes.push_back({at, info.offset});
        at = info.end;
    }
    return std::make_shared<const analytics::ZoneOffsets>(std::move(changes));
}

}  // namespace outcry::live
