// server/live/settings_history.cpp: a short list for each service.
#include "server/live/settings_history.hpp"

namespace outcry::live {

using storage::SettingsVersion;

std::vector<SettingsVersion> SettingsHistory::add(const std::vector<SettingsVersion>& versions) {
    std::vector<SettingsVersion> fresh;
    for (const auto& version : versions) {
        auto& known = versions_[version.service];
        if (!known.empty() && known.back().version >= version.version) continue;
        known.push_back(version);
        fresh.push_back(version);
    }
    return fresh;
}

SettingsVersion SettingsHistory::at(storage::ServiceId service, Minute minute) const {
    const auto found = versions_.find(service);
    if (found == versions_.end()) return {.service = service};
    SettingsVersion holds = found->second.front();
    for (const auto& version : found->second)
        if (version.since <= minute) holds = version;
    return holds;
}

std::vector<SettingsVersion> SettingsHistory::after(storage::ServiceId service, Minute minute) const {
    std::vector<SettingsVersion> later;
    const auto found = versions_.find(service);
    if (found == versions_.end()) return later;
    const auto holds = at(service, minute).version;
    for (const auto& version : found->second)
        if (version.version > holds) later.push_back(version);
    return later;
}

}  // namespace outcry::live
