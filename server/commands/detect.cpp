// server/commands/detect.cpp: `outcry detect`.
#include <CLI/App.hpp>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "server/commands/alarm_stream.hpp"
#include "server/commands/commands.hpp"
#include "server/commands/series_reader.hpp"
#include "server/live/zones.hpp"

namespace outcry::commands {
namespace {

struct Chosen {
    DetectOptions options;
    int hold = 0, clear = 30;
    std::string zone;
};

ZoneOf zone_of(const std::string& name) {
    using namespace std::chrono_literals;
    if (!name.empty()) {
        if (!live::is_zone(name))
            throw Failure(Exit::usage, "there is no time zone \"" + name + "\"",
                          "outcry detect --zone Europe/Berlin");
        return [name](Minute first) { return live::load_zone(name, first); };
    }
    const char* shift = std::getenv("OUTCRY_TZ_SHIFT_AT");
    if (!shift || !*shift) return {};
    const auto at = parse_minute(shift);
    if (!at) throw Failure(Exit::usage, "OUTCRY_TZ_SHIFT_AT is not a time such as 2026-03-08T07:00:00Z");
    const auto zone = std::make_shared<const analytics::ZoneOffsets>(
        std::vector<analytics::ZoneOffsets::Change>{{Time{}, 0s}, {Time{*at}, 3600s}});
    return [zone](Minute) { return zone; };
}

Exit run_detect(Chosen chosen) {
    chosen.options.settings.hold = std::chrono::minutes{chosen.hold};
    chosen.options.settings.clear = std::chrono::minutes{chosen.clear};
    chosen.options.zone = zone_of(chosen.zone);
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    try {
        detect(std::cin, std::cout, chosen.options);
    } catch (const InputError& error) {
        std::cout.flush();
        throw Failure(Exit::failed, error.what(), "outcry detect --help");
    }
    std::cout.flush();
    return std::cout ? Exit::ok : Exit::failed;
}

}  // namespace

void add_detect(CLI::App& program, Invocation& invocation) {
    auto chosen = std::make_shared<Chosen>();
    auto& settings = chosen->options.settings;
    auto* command =
        program.add_subcommand("detect", "Alarms for series of counts: detect < series.csv > alarms.csv");
    command->footer(detect_help);
    command->add_option("--false-alarms-per-year", settings.false_alarms_per_year, "Budget of one service")
        ->envname("OUTCRY_FA_PER_YEAR")
        ->check(CLI::Range(.001, 1000.))
        ->capture_default_str();
    command->add_option("--least-reports", settings.least_reports, "Reports within an hour that an alarm needs")
        ->check(CLI::Range(1u, 100'000u))
        ->capture_default_str();
    command->add_option("--hold", chosen->hold, "Minutes that a spike must last")
        ->check(CLI::Range(0, 60))
        ->capture_default_str();
    command->add_option("--clear", chosen->clear, "Minutes of calm that end an alarm")
        ->check(CLI::Range(1, 1440))
        ->capture_default_str();
    command->add_option("--zone", chosen->zone, "IANA time zone of the users; unknown unless given");
    command->add_flag("--scores", chosen->options.scores, "A score in [0,1] per row instead of alarms");
    command->callback([chosen, &invocation] { invocation.run = [chosen] { return run_detect(*chosen); }; });
}

}  // namespace outcry::commands
