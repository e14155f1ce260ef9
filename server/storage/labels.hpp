// server/storage/labels.hpp: which rises were outages and which were false alarms, as operators said.
#pragma once
#include <string>
#include <vector>

#include "server/storage/services.hpp"

namespace outcry::storage {

struct AlertLabel {
    Minute began{}, ended{};  // ended: exclusive
    bool real = false;        // false: a false alarm
    std::string by_whom = {};
    Time made{};
    friend bool operator==(const AlertLabel&, const AlertLabel&) = default;
};

/// Those that touch [from, to), oldest first; two of one service never overlap.
std::vector<AlertLabel> load_labels(Transaction&, ServiceId, Minute from, Minute to);
/// Takes back what touches the label's stretch of time, then puts the label there. Lock the service first.
void put_label(Transaction&, ServiceId, const AlertLabel&);
void drop_labels(Transaction&, ServiceId, Minute from, Minute to);

}  // namespace outcry::storage
