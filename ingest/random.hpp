// ingest/random.hpp: bytes that nobody can guess.
#pragma once
#include <cstdint>
#include <span>

namespace outcry::ingest {

/// Fills `bytes` from the system's generator. Safe from any thread.
void fill_random(std::span<std::uint8_t> bytes);

}  // namespace outcry::ingest
