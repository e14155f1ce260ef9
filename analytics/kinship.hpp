// analytics/kinship.hpp: whether a service only seems to fail because another one does.
#pragma once
#include "analytics/board.hpp"

namespace outcry::analytics {

/// Whether `standing` looks collateral to `other`: both rise now, the other one began to rise earlier (or in
/// the same 5 minutes), and has at least ten times the reports above what is usual. People blame what they see
/// (their mail, their line), so the smaller one may be well. A guess by time and size alone; say it as one.
bool looks_collateral(const Standing& standing, const Standing& other);

}  // namespace outcry::analytics
