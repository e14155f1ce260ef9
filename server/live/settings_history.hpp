// server/live/settings_history.hpp: which settings of a service hold for which bin; so a replay judges as the
// live board did.
#pragma once
#include <map>
#include <vector>

#include "server/storage/services.hpp"

namespace outcry::live {

class SettingsHistory {
 public:
    /// Versions oldest first; those already known are left out. Returns the new ones.
    std::vector<storage::SettingsVersion> add(const std::vector<storage::SettingsVersion>&);

    /// The version for the bin that starts at `minute`: the last one that holds, or the first there is;
    /// defaults for a service without any.
    storage::SettingsVersion at(storage::ServiceId, Minute minute) const;

    /// Those that begin to hold after the bin that starts at `minute`.
    std::vector<storage::SettingsVersion> after(storage::ServiceId, Minute minute) const;

 private:
    std::map<storage::ServiceId, std::vector<storage::SettingsVersion>> versions_;
};

}  // namespace outcry::live
