// server/operator/incidents/statement_draft.hpp: an official statement as an operator writes it down, checked.
#pragma once
#include <array>
#include <string>
#include <string_view>

#include "server/operator/input.hpp"
#include "server/pages/words.hpp"
#include "server/storage/statements.hpp"

namespace outcry::operators {

inline constexpr std::array<std::string_view, 5> statement_statuses{"investigating", "identified", "monitoring",
                                                                    "resolved", "other"};

/// Reads `status`, `text` (1 to 2,000 characters), `address` (where it can be read; may be empty) and `at`
/// (when it was said, at most 30 days ago, never in the future; UTC unless it says its offset; empty: now).
/// What is wrong is put into `flaws`.
storage::Statement read_statement(const http::Request&, const std::string& by_whom, Time now,
                                  const pages::Words&, Flaws& flaws);

/// Reads `address`, where statements are read; empty ends the reading.
std::string read_source(const http::Request&, const pages::Words&, Flaws& flaws);

}  // namespace outcry::operators
