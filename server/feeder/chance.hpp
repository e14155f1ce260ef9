// server/feeder/chance.hpp: random numbers that are a function of what they are for, so that every run is the
// same.
#pragma once
#include <cstdint>

namespace outcry::feeder {

/// A small generator (SplitMix64, Steele, Lea & Flood 2014) that fits the standard library's distributions.
class Chance {
 public:
    using result_type = std::uint64_t;
    explicit Chance(std::uint64_t seed, std::uint64_t purpose = 0)
        : state_(seed * 0x9e3779b97f4a7c15 ^ purpose) {
        (*this)();
    }
    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return ~result_type{0}; }
    result_type operator()() {
        auto z = state_ += 0x9e3779b97f4a7c15;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
        z = (z ^ z >> 27) * 0x94d049bb133111eb;
        return z ^ z >> 31;
    }
    /// In [0, 1).
    double uniform() { return static_cast<double>((*this)() >> 11) * 0x1p-53; }

 private:
    std::uint64_t state_;
};

}  // namespace outcry::feeder
