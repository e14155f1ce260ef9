// server/operator/tuning/past.cpp: what is kept, what is read, and the curve of a month.
#include "server/operator/tuning/past.hpp"

#include <algorithm>

namespace outcry::operators {

using boost::asio::awaitable;
using namespace std::chrono_literals;

namespace {

constexpr auto column = 180min, quarter = 15min;

/// Most reports in any 15 minutes that end in [from, to).
std::uint32_t peak(const analytics::Recording& recording, Minute from, Minute to) {
    const auto place = [&](Minute at) {
        const auto offset = (at - recording.first) / recording.bin;
        return static_cast<std::size_t>(
            std::clamp<long>(offset, 0, static_cast<long>(recording.counts.size())));
    };
    const auto window = static_cast<std::size_t>(quarter / recording.bin);
    std::uint32_t most = 0, running = 0;
    const auto end = place(to);
    auto oldest = place(from - quarter);
    for (auto i = oldest; i < end; ++i) {
        running += recording.counts[i];
        if (i - oldest >= window) running -= recording.counts[oldest++];
        if (i >= place(from)) most = std::max(most, running);
    }
    return most;
}

}  // namespace

Recorded RecentPasts::find(const Key& key) const {
    const std::lock_guard lock{mutex_};
    for (const auto& [known, recorded] : kept_)
        if (known == key) return recorded;
    return nullptr;
}

void RecentPasts::keep(const Key& key, Recorded recorded) {
    const std::lock_guard lock{mutex_};
    kept_.emplace_front(key, std::move(recorded));
    if (kept_.size() > most) kept_.pop_back();
}

awaitable<std::vector<Recorded>> look_back(const live::Pulse& pulse, storage::Database& database,
                                           RecentPasts& recent, const live::Catalogue& catalogue,
                                           std::vector<const storage::Service*> services,
                                           std::chrono::minutes window) {
    const auto complete = [](const analytics::Board& board) { return board.complete_until(); };
    const auto until = co_await pulse.read(complete);
    std::vector<Recorded> pasts;
    for (const auto* service : services) {
        const RecentPasts::Key key{service->id, window, until, catalogue.version};
        auto recorded = recent.find(key);
        if (!recorded) {
            const auto load = [&](storage::Transaction& tx) {
                return std::make_shared<const live::Recorded>(live::load_recorded(tx, *service, window));
            };
            recorded = co_await database.read(load);
            recent.keep(key, recorded);
        }
        pasts.push_back(std::move(recorded));
    }
    co_return pasts;
}

analytics::Columns peaks_of(const live::Recorded& recorded, const analytics::Expect& expect) {
    analytics::Columns columns{.from = analytics::floor_to(recorded.from, column), .step = column};
    for (auto from = columns.from; from < recorded.to; from += column) {
        const auto to = std::min<Minute>(from + column, recorded.to);
        columns.reports.push_back(peak(recorded.recording, std::max(from, recorded.from), to));
        columns.works.push_back(0);
        const auto first = expect(from, quarter);
        double usual = 0, low = first.low, high = first.high;
        for (auto at = from; at < from + column; at += quarter) {
            const auto range = expect(at, quarter);
            usual += range.expected / (column / quarter);
            low = std::min(low, range.low);
            high = std::max(high, range.high);
        }
        columns.expected.push_back(usual);
        columns.low.push_back(low);
        columns.high.push_back(high);
    }
    columns.complete = columns.size();
    return columns;
}

}  // namespace outcry::operators
