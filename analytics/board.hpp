// analytics/board.hpp: every service under watch; a copy in memory that can be rebuilt from the database at any
// time.
#pragma once
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "analytics/bin.hpp"
#include "analytics/monitor.hpp"

namespace outcry::analytics {

/// One change of one service that the world should hear of.
struct Transition {
    ServiceId service{};
    Minute at{};  // end of the bin that caused it
    State from{}, to{};
    Verdict verdict;    // with its reasons
    Incident incident;  // as it stands after the change
    bool opened = false, updated = false,
         closed = false;  // what happened to the incident (updated: a new peak)
};

/// How one service stands.
struct Standing {
    Verdict verdict;
    Incident incident;
    std::uint32_t running = 0;  // reports of the minutes after verdict.until, so far
};

/// Owned by one strand. `apply` copies totals, `advance` judges the minutes that are complete.
class Board {
 public:
    static constexpr std::chrono::minutes kept{48 * 60};

    Board();
    ~Board();
    Board(Board&&) noexcept;
    Board& operator=(Board&&) noexcept;

    /// A monitor may stand at any minute; the next advance brings it up to the others.
    void add(ServiceId, Monitor);
    void remove(ServiceId);
    bool contains(ServiceId) const;

    /// New settings, for the bins that start at `since` or later; the order of calls is the order of versions.
    void set(ServiceId, const DetectorSettings&, Minute since);

    /// An operator's closing: the incident that is open when the bins before `since` have been judged ends
    /// there, and the rise that it was about opens no other. The same one may come again; one for a minute that
    /// has been judged changes nothing.
    void close(ServiceId, Minute since);

    /// Another monitor for the same service (say, with another zone); its bins and scheduled settings stay.
    void replace(ServiceId, Monitor);

    /// The service's incident is known to be open (Monitor::adopt).
    void adopt(ServiceId, const Incident&);

    /// Absolute totals; the same bin may come again, the last one holds. Unknown services are ignored.
    void apply(ServiceId, const Bin&);

    /// The same for one region of a minute that is not judged yet; of one that is, it changes nothing.
    void apply(ServiceId, const RegionBin&);

    /// Steps every monitor up to `complete_until` (exclusive) and says what changed, in order of time, then
    /// service.
    std::vector<Transition> advance(Minute complete_until);

    /// Bins before this are final and judged.
    Minute complete_until() const { return complete_until_; }

    /// Null when the service is unknown.
    const Monitor* monitor(ServiceId) const;
    Standing standing(ServiceId) const;

    /// One bin a minute of [from, to), zeros included; nothing older than 48 h.
    std::vector<Bin> bins(ServiceId, Minute from, Minute to) const;

    /// Changes with every new total and every judged minute of the service; 0 when it is unknown.
    std::uint64_t version(ServiceId) const;

    /// In ascending order.
    std::vector<ServiceId> services() const;

 private:
    struct Watched;
    Watched* find(ServiceId) const;

    std::unordered_map<ServiceId, std::unique_ptr<Watched>> watched_;
    std::vector<RegionCount> named_;  // of the minute that is judged; kept for its memory
    Minute complete_until_{};
    std::uint64_t version_ = 0;
};

}  // namespace outcry::analytics
