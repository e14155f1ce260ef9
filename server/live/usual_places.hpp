// server/live/usual_places.hpp: from where a service is reported in ordinary times, asked of the database once
// a day.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "analytics/excess.hpp"
#include "server/storage/database.hpp"
#include "server/storage/services.hpp"

namespace outcry::live {

class UsualPlaces {
 public:
    using Counts = std::shared_ptr<const std::vector<analytics::PlaceCount>>;

    /// Reports by region of the four weeks before the day of `before`. From any thread.
    boost::asio::awaitable<Counts> of(storage::Database&, storage::ServiceId, Minute before);

 private:
    struct Known {
        Minute day{};
        Counts counts;
    };
    std::mutex mutex_;
    std::unordered_map<storage::ServiceId, Known> known_;
};

}  // namespace outcry::live
