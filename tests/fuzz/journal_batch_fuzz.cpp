// tests/fuzz/journal_batch_fuzz.cpp: bytes are either the one encoding of some reports, or refused.
#include <cstdint>
#include <cstdlib>
#include <stdexcept>

#include "ingest/journal_batch.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    try {
        const auto reports = outcry::ingest::decode_batch(bytes);
        if (outcry::ingest::encode_batch(reports) != bytes) std::abort();
    } catch (const std::invalid_argument&) {
        return 0;
    }
    return 0;
}
