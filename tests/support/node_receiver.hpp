// tests/support/node_receiver.hpp: tests/receiver in a process of its own, and what it has been told.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace outcry::tests {

class NodeReceiver {
 public:
    /// Starts it and waits until it listens. `port`: 0 for any. Appends to `log`, which may be there already.
    NodeReceiver(std::string log, const std::string& secret, int port = 0);
    ~NodeReceiver();
    NodeReceiver(const NodeReceiver&) = delete;

    int http() const { return http_; }
    int smtp() const { return smtp_; }

 private:
    int pid_ = 0, http_ = 0, smtp_ = 0;
};

/// Every line of a receiver's log whose "to" is this, as JSON.
std::vector<nlohmann::json> heard(const std::string& log, const std::string& to);

}  // namespace outcry::tests
