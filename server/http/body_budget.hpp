// server/http/body_budget.hpp: what large bodies may take of memory, all together.
#pragma once
#include <atomic>
#include <cstddef>
#include <memory>

namespace outcry::http {

/// Counts what is promised, not what has come: a body that was let in always finds its room. Safe from any
/// thread.
class BodyBudget {
 public:
    explicit BodyBudget(std::size_t bytes) : left_(bytes) {}
    BodyBudget(const BodyBudget&) = delete;

    /// Room for one body; given back when it goes.
    class Room {
     public:
        Room(BodyBudget& budget, std::size_t bytes) : budget_(budget), bytes_(bytes) {}
        Room(const Room&) = delete;
        ~Room() { budget_.left_.fetch_add(bytes_, std::memory_order_relaxed); }

     private:
        BodyBudget& budget_;
        std::size_t bytes_;
    };

    /// Null when there is not enough left.
    std::unique_ptr<Room> take(std::size_t bytes) {
        auto left = left_.load(std::memory_order_relaxed);
        while (left >= bytes)
            if (left_.compare_exchange_weak(left, left - bytes, std::memory_order_relaxed))
                return std::make_unique<Room>(*this, bytes);
        return nullptr;
    }

 private:
    std::atomic<std::size_t> left_;
};

}  // namespace outcry::http
