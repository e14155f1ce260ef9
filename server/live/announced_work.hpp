// server/live/announced_work.hpp: windows of maintenance, and the state that they lay over what reports say.
#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "analytics/verdict.hpp"
#include "server/storage/quiet.hpp"

namespace outcry::live {

/// Immutable; part of the catalogue. Work on a service is work on its parts too.
class AnnouncedWork {
 public:
    static constexpr std::chrono::days near{7};  // how far ahead what is announced is shown

    AnnouncedWork() = default;
    explicit AnnouncedWork(std::vector<storage::Maintenance> windows);

    /// The window that `at` lies in, of the service or of what it is a part of; of two the one that ends last.
    /// Null: nothing is being worked on.
    const storage::Maintenance* under_way(const storage::Service&, Time at) const;

    /// Those that begin after `at` and before `until`, by beginning.
    std::vector<storage::Maintenance> ahead(const storage::Service&, Time at, Time until) const;

    /// By beginning.
    const std::vector<storage::Maintenance>& windows() const { return windows_; }

 private:
    template <class Visit>
    void visit(const storage::Service&, Visit) const;

    std::vector<storage::Maintenance> windows_;
    std::unordered_map<storage::ServiceId, std::vector<std::size_t>> of_service_;
};

/// The name of the state that the world is told: "maintenance" during a window, whatever reports say; they are
/// told beside it.
std::string shown_state(analytics::State by_reports, const storage::Maintenance* under_way);

}  // namespace outcry::live
