// server/live/usual_places.cpp: see the header.
#include "server/live/usual_places.hpp"

#include "server/storage/bins.hpp"

namespace outcry::live {

boost::asio::awaitable<UsualPlaces::Counts> UsualPlaces::of(storage::Database& database,
                                                            storage::ServiceId service, Minute before) {
    const Minute day = std::chrono::floor<std::chrono::days>(before);
    {
        const std::lock_guard lock{mutex_};
        const auto found = known_.find(service);
        if (found != known_.end() && found->second.day == day) co_return found->second.counts;
    }
    const auto load = [service, day](storage::Transaction& tx) {
        return storage::load_places(tx, service, day - std::chrono::weeks{4}, day);
    };
    auto loaded = co_await database.transact(load);
    const auto counts = std::make_shared<const std::vector<analytics::PlaceCount>>(std::move(loaded));
    const std::lock_guard lock{mutex_};
    known_[service] = {day, counts};
    co_return counts;
}

}  // namespace outcry::live
