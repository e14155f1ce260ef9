// ingest/random.cpp: libsodium's generator, drawn from in blocks because a system call for each report would be
// felt.
#include "ingest/random.hpp"

#include <sodium.h>

#include <array>
#include <cstring>

namespace outcry::ingest {
namespace {

struct Pool {
    std::array<std::uint8_t, 4096> bytes{};
    std::size_t used = bytes.size();
};

}  // namespace

void fill_random(std::span<std::uint8_t> bytes) {
    thread_local Pool pool;
    if (bytes.size() > pool.bytes.size()) {
        randombytes_buf(bytes.data(), bytes.size());
        return;
    }
    if (pool.bytes.size() - pool.used < bytes.size()) {
        randombytes_buf(pool.bytes.data(), pool.bytes.size());
        pool.used = 0;
    }
    std::memcpy(bytes.data(), pool.bytes.data() + pool.used, bytes.size());
    sodium_memzero(pool.bytes.data() + pool.used, bytes.size());
    pool.used += bytes.size();
}

}  // namespace outcry::ingest
