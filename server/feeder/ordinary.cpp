// server/feeder/ordinary.cpp: rhythm times slow noise, drawn from a gamma mixture of Poissons.
#include "server/feeder/ordinary.hpp"

#include <cmath>
#include <numbers>
#include <random>

#include "server/feeder/chance.hpp"

namespace outcry::feeder {
namespace {

constexpr double spread = 0.25;      // variance is this much above the mean's
constexpr double slow_sigma = 0.08;  // of the logarithm, from one three hours to the next

double normal_of(std::uint64_t seed, std::int64_t block) {
    Chance chance(seed, static_cast<std::uint64_t>(block) * 2 + 1);
    return std::normal_distribution<double>{}(chance);
}

/// Around 1; runs straight from one value every three hours to the next.
double slow_noise(std::uint64_t seed, Minute at) {
    constexpr std::int64_t length = 180;
    const auto minutes = at.time_since_epoch().count();
    const auto block = minutes / length;
    const double part = static_cast<double>(minutes % length) / length;
    return std::exp(slow_sigma * ((1 - part) * normal_of(seed, block) + part * normal_of(seed, block + 1)));
}

}  // namespace

double rhythm(Minute local) {
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const double hour = static_cast<double>((local - day).count()) / 60;
    const double wave = (1 + std::cos((hour - 15) / 24 * 2 * std::numbers::pi)) / 2;  // 1 at 15:00, 0 at 3:00
    const auto weekday = std::chrono::weekday{day};
    const bool weekend = weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
    return (0.12 + 0.88 * std::pow(wave, 1.3)) * (weekend ? 0.75 : 1);
}

double Ordinary::expected(Minute at) const {
    return by_day_ / 15 * rhythm(at + offset_) * slow_noise(seed_, at);
}

std::uint32_t Ordinary::reports(Minute at) const {
    const double mean = expected(at);
    if (mean <= 0) return 0;
    Chance chance(seed_, static_cast<std::uint64_t>(at.time_since_epoch().count()) * 2);
    std::gamma_distribution<double> rate(mean / spread, spread);
    const double drawn = rate(chance);
    return drawn > 0 ? static_cast<std::uint32_t>(std::poisson_distribution<int>(drawn)(chance)) : 0;
}

}  // namespace outcry::feeder
