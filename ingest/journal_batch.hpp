// ingest/journal_batch.hpp: a batch of reports as the bytes of one journal row, and back.
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/report.hpp"

namespace outcry::ingest {

/// Throws std::length_error when a region or message is longer than the format can say (255 and 65,535 bytes).
std::string encode_batch(std::span<const Report>);

/// Throws std::invalid_argument when the bytes are not a whole batch of a known version.
std::vector<Report> decode_batch(std::string_view bytes);

/// How many bytes one report adds to a batch.
std::size_t encoded_size(const Report&);

}  // namespace outcry::ingest
