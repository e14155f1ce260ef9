// server/commands/doctor.cpp: `outcry doctor`: is everything here that serving needs? Changes nothing.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <CLI/App.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "server/app/log.hpp"
#include "server/commands/session.hpp"
#include "server/storage/binaries.hpp"
#include "server/storage/migrations.hpp"

namespace outcry::commands {
namespace {

struct Finding {
    std::string what;
    bool good = true;
    std::string detail;  // what was found, or the cause
    std::string next;    // what to type
};

using Findings = std::vector<Finding>;

void look_at_settings(const Invocation& invocation, config::Config& settings, Findings& findings) {
    try {
        settings = load_settings(invocation);
        findings.push_back({"settings", true, "read", ""});
    } catch (const Failure& failure) {
        findings.push_back({"settings", false, failure.what(), failure.next});
    }
    for (const auto& sentence : config::unknown_variables(config::read_environment()))
        findings.push_back({"environment", false, sentence, "unset it, or correct its name"});
}

void look_at_disk(const config::Config& settings, Findings& findings) {
    auto folder = std::filesystem::path(settings.state_dir);
    std::error_code problem;
    while (!folder.empty() && !std::filesystem::exists(folder, problem) && folder != folder.parent_path())
        folder = folder.parent_path();
    const auto space = std::filesystem::space(folder, problem);
    constexpr std::uintmax_t least = 1ull << 30;
    const auto detail =
        fmt::format("{}: {:.1f} GB free", settings.state_dir, static_cast<double>(space.available) / 1e9);
    findings.push_back({"disk", !problem && space.available >= least, detail,
                        "free at least 1 GB, or set state_dir to a larger disk"});
    if (::access(folder.c_str(), W_OK) != 0)
        findings.push_back({"state folder", false,
                            fmt::format("{} may not be written to by this account", folder.string()),
                            "OUTCRY_STATE_DIR=~/outcry outcry serve, or start as the account that owns it"});
}

void look_at_programs(const config::Config& settings, Findings& findings) {
    if (settings.database != "auto") return;
    try {
        const auto found =
            storage::find_binaries(std::filesystem::path(settings.state_dir) / "postgresql" / "data");
        findings.push_back(
            {"PostgreSQL", true, fmt::format("{} in {}", found.version, found.folder.string()), ""});
    } catch (const std::exception& error) {
        findings.push_back({"PostgreSQL", false, error.what(), "scripts/bootstrap --run"});
    }
}

void look_at_database(const config::Config& settings, Findings& findings) {
    std::error_code ignored;
    if (settings.database == "auto" &&
        !std::filesystem::exists(std::filesystem::path(settings.state_dir) / "postgresql", ignored)) {
        findings.push_back({"database", true, "the first start makes a private one", ""});
        return;
    }
    try {
        const app::DatabaseServer server(settings, app::DatabaseServer::Use::share);
        findings.push_back({"database", true, server.describe(), ""});
        const auto database = server.open_as_owner();
        const auto steps = storage::migration_status(*database);
        const auto missing =
            std::count_if(steps.begin(), steps.end(), [](const auto& step) { return !step.applied; });
        findings.push_back({"migrations", missing == 0,
                            missing == 0 ? fmt::format("{} applied", steps.size())
                                         : fmt::format("{} of {} missing", missing, steps.size()),
                            "outcry migrate"});
    } catch (const app::DatabaseTrouble& trouble) {
        findings.push_back(
            {"database", false, trouble.what(), "check `database` in the settings or OUTCRY_DATABASE"});
    } catch (const std::exception& error) {
        findings.push_back(
            {"migrations", false, config::without_password(error.what()), "outcry migrate --status"});
    }
}

/// Whether somebody answers where we would listen; that may well be Outcry itself.
void look_at_address(const config::Config& settings, Findings& findings) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(settings.listen_port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int probe = ::socket(AF_INET, SOCK_STREAM, 0);
    const bool answered = ::connect(probe, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    ::close(probe);
    findings.push_back(
        {"address", true, fmt::format("{}: {}", settings.listen, answered ? "somebody listens" : "free"), ""});
}

void print(const Findings& findings, bool json) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& finding : findings) {
        const auto next = finding.good ? std::string{} : finding.next;
        if (json) {
            list.push_back(
                {{"what", finding.what}, {"good", finding.good}, {"detail", finding.detail}, {"next", next}});
            continue;
        }
        std::cout << (finding.good ? "ok       " : "PROBLEM  ") << finding.what << ": " << finding.detail
                  << '\n';
        if (!next.empty()) std::cout << "         try: " << next << '\n';
    }
    if (json) std::cout << list.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
}

Exit doctor(const Invocation& invocation) {
    app::start_logging("error", "text");
    Findings findings;
    config::Config settings;
    look_at_settings(invocation, settings, findings);
    if (findings.front().good) {
        look_at_disk(settings, findings);
        look_at_programs(settings, findings);
        look_at_database(settings, findings);
        look_at_address(settings, findings);
    }
    print(findings, invocation.json);
    const bool well =
        std::all_of(findings.begin(), findings.end(), [](const auto& finding) { return finding.good; });
    return well ? Exit::ok : findings.front().good ? Exit::failed : Exit::config;
}

}  // namespace

void add_doctor(CLI::App& program, Invocation& invocation) {
    program.add_subcommand("doctor", "Look for what would keep Outcry from serving")->callback([&invocation] {
        invocation.run = [&invocation] { return doctor(invocation); };
    });
}

}  // namespace outcry::commands
