// ingest/journal_batch.hpp: a batch of reports as the bytes of one journal row, and back.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/report.hpp"

namespace outcry::ingest {

std::string encode_batch(std::span<const Report>);
/// Throws std::invalid_argument when the bytes are not a whole batch of a known version.
std::vector<Report> decode_batch(std::string_view bytes);

}  // namespace outcry::ingest
