// server/live/messages.hpp: the messages of one cycle, counted by what they have in common.
#pragma once
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "ingest/report.hpp"
#include "server/storage/messages.hpp"

namespace outcry::live {

/// One message for each reporter and window: a counted report's own, or what was added to it later.
class MessageCount {
 public:
    void note(const ingest::Report&, Minute);
    std::vector<storage::HourMessages> rows() &&;

 private:
    std::map<std::tuple<storage::ServiceId, Minute, std::string>, storage::HourMessages> rows_;
};

}  // namespace outcry::live
