// tests/support/node_receiver.cpp: a child process, its first line read, its end awaited.
#include "tests/support/node_receiver.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace outcry::tests {

NodeReceiver::NodeReceiver(std::string log, const std::string& secret, int port) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    const std::string program = OUTCRY_SOURCE_DIR "/tests/receiver/receiver.mjs", at = std::to_string(port);
    pid_ = fork();
    if (pid_ == 0) {
        dup2(ends[1], STDOUT_FILENO);
        execlp("node", "node", program.c_str(), log.c_str(), "--any-time", "--secret", secret.c_str(), "--port",
               at.c_str(), static_cast<char*>(nullptr));
        _exit(127);
    }
    close(ends[1]);
    auto* out = fdopen(ends[0], "r");
    char line[200] = "";
    const bool listens = std::fgets(line, sizeof line, out) != nullptr;
    std::fclose(out);
    if (!listens)
        throw std::runtime_error(
            "tests/receiver does not start; npm ci --prefix tests/receiver --ignore-scripts");
    const auto ports = nlohmann::json::parse(line);
    http_ = ports["http"];
    smtp_ = ports["smtp"];
}

NodeReceiver::~NodeReceiver() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
}

std::vector<nlohmann::json> heard(const std::string& log, const std::string& to) {
    std::vector<nlohmann::json> lines;
    std::ifstream file(log);
    for (std::string line; std::getline(file, line);) {
        auto one = nlohmann::json::parse(line);
        if (one["to"] == to) lines.push_back(std::move(one));
    }
    return lines;
}

}  // namespace outcry::tests
