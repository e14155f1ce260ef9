// server/commands/backtest.cpp: `outcry backtest`: what other settings would have done with one service's bins.
#include <fmt/chrono.h>

#include <CLI/App.hpp>
#include <algorithm>
#include <iostream>
#include <memory>

#include "server/commands/session.hpp"
#include "server/operator/tuning/draft.hpp"
#include "server/operator/tuning/foresight.hpp"

namespace outcry::commands {
namespace {

using analytics::DetectorSettings;
using analytics::Incident;
using operators::Foresight;

struct Options {
    std::string slug, window = "30d";
    std::vector<std::string> changes;  // name=value
};

std::chrono::minutes window_of(const Options& options) {
    if (const auto window = operators::parse_window(options.window)) return *window;
    throw Failure(Exit::usage,
                  "\"" + options.window + "\" is no window: " + std::string(operators::window_rule),
                  "outcry backtest " + options.slug + " --window 30d");
}

DetectorSettings drafted(DetectorSettings settings, const Options& options) {
    for (const auto& change : options.changes) {
        const auto equals = std::min(change.find('='), change.size());
        const auto value = equals < change.size() ? change.substr(equals + 1) : std::string{};
        if (const auto wrong = operators::set_by_name(settings, change.substr(0, equals), value))
            throw Failure(Exit::usage, "--set " + change + ": " + *wrong,
                          "outcry backtest " + options.slug + " --set false_alarms_per_year=1.2");
    }
    return settings;
}

Foresight look(storage::Transaction& tx, const Options& options) {
    const auto window = window_of(options);
    const auto all = storage::load_services(tx);
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& service) { return service.slug == options.slug; });
    if (found == all.end())
        throw Failure(Exit::failed, "there is no service \"" + options.slug + "\"", "outcry service list");
    const auto draft = drafted(found->settings, options);
    return operators::foresee(*found, draft, live::load_recorded(tx, *found, window));
}

std::string time_text(Minute at) {
    return fmt::format("{:%Y-%m-%d %H:%M}", fmt::gmtime(std::chrono::system_clock::to_time_t(at)));
}

void print_settings(const char* name, const DetectorSettings& settings) {
    std::cout << fmt::format("{:<6} {:g} false alarms a year, at least {} reports, hold {} min, clear {} min\n",
                             name, settings.false_alarms_per_year, settings.least_reports,
                             settings.hold.count(), settings.clear.count());
}

struct Line {
    std::string what;
    Incident incident;
};

std::vector<Line> lines_of(const analytics::Comparison& found) {
    std::vector<Line> lines;
    for (const auto& incident : found.added) lines.push_back({"added", incident});
    for (const auto& incident : found.removed) lines.push_back({"removed", incident});
    for (const auto& pair : found.unchanged) lines.push_back({"kept", pair.draft});
    for (const auto* list : {&found.earlier, &found.later})
        for (const auto& [saved, draft] : *list)
            lines.push_back({fmt::format("{:+} min", (draft.opened - saved.opened).count()), draft});
    std::sort(lines.begin(), lines.end(),
              [](const auto& a, const auto& b) { return a.incident.opened < b.incident.opened; });
    return lines;
}

void print_table(const Foresight& foresight) {
    const auto& recorded = foresight.recorded;
    const auto& found = foresight.comparison;
    std::cout << fmt::format("{}, {} to {} UTC, learned from {}\n", foresight.slug, time_text(recorded.from),
                             time_text(recorded.to), time_text(recorded.recording.first));
    print_settings("saved", foresight.saved);
    print_settings("draft", foresight.draft);
    for (std::size_t i = 1; i < recorded.versions.size(); ++i)
        std::cout << fmt::format("       version {} since {}: before it, what was saved then is counted\n",
                                 recorded.versions[i].version, time_text(recorded.versions[i].since));
    std::cout << fmt::format("\n{:<9} {:<16} {:<16} {:>11} {:>9} {:>8}\n", "draft", "opened", "closed",
                             "peak/15 min", "reports", "x usual");
    for (const auto& [what, incident] : lines_of(found)) {
        const bool closed = incident.phase == analytics::Phase::closed;
        std::cout << fmt::format("{:<9} {:<16} {:<16} {:>11} {:>9} {:>8.1f}\n", what,
                                 time_text(incident.opened), closed ? time_text(incident.closed) : "open",
                                 incident.peak, incident.total, incident.reasons.ratio());
    }
    std::cout << fmt::format("\n{} alerts instead of {}: {} added, {} removed, {} earlier, {} later",
                             found.draft.size(), found.saved.size(), found.added.size(), found.removed.size(),
                             found.earlier.size(), found.later.size());
    if (const auto later = foresight.minutes_later(); later && *later != 0)
        std::cout << fmt::format("; {:.1f} min {} on average", std::abs(*later),
                                 *later > 0 ? "slower" : "faster");
    std::cout << '\n';
}

Exit backtest(const Invocation& invocation, const Options& options) {
    window_of(options);  // a slip is told before a database is looked for
    drafted(DetectorSettings{}, options);
    const Session session(invocation);
    const auto foresight = session.database->run([&](storage::Transaction& tx) { return look(tx, options); });
    if (foresight.recorded.from >= foresight.recorded.to)
        throw Failure(Exit::failed, "nothing has been counted of \"" + options.slug + "\" yet",
                      "outcry serve, and wait for reports");
    if (invocation.json)
        std::cout << operators::foresight_json(foresight) << '\n';
    else
        print_table(foresight);
    return Exit::ok;
}

}  // namespace

void add_backtest(CLI::App& program, Invocation& invocation) {
    auto* command = program.add_subcommand(
        "backtest", "What other detector settings would have done: alerts added, removed, earlier, later");
    const auto options = std::make_shared<Options>();
    command->add_option("slug", options->slug, "The service")->required();
    command->add_option("--window", options->window, "How far back: 1h to 2160h, 1d to 90d")
        ->capture_default_str();
    command
        ->add_option(
            "--set", options->changes,
            "name=value, again for more: false_alarms_per_year (0.05 to 366), least_reports (1 to 100000), "
            "hold (0 to 60 min), clear (1 to 1440 min); what is not named is as saved")
        ->allow_extra_args(false);
    command->callback([&invocation, options] {
        invocation.run = [&invocation, options] { return backtest(invocation, *options); };
    });
}

}  // namespace outcry::commands
