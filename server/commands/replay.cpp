// server/commands/replay.cpp: `outcry replay`: an outage from a file, sent to an instance as its users would.
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <CLI/App.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>

#include "server/commands/commands.hpp"
#include "server/commands/progress.hpp"
#include "server/feeder/catalogue.hpp"
#include "server/feeder/client.hpp"
#include "server/live/clock.hpp"

namespace outcry::commands {
namespace {

struct Options {
    std::string file, url = "http://127.0.0.1:8080", ids;
    double speed = 1;
    std::size_t connections = 64;
};

feeder::Scenario read_scenario(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw Failure(Exit::usage, fmt::format("{} cannot be read", path), "ls data/scenarios");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    try {
        return feeder::parse_scenario(text);
    } catch (const feeder::ScenarioError& error) {
        throw Failure(Exit::failed, fmt::format("{}: {}", path, error.what()),
                      "compare it with data/scenarios");
    }
}

feeder::Target target_of(const std::string& url) {
    try {
        return feeder::parse_target(url);
    } catch (const std::invalid_argument& error) {
        throw Failure(Exit::usage, error.what(), "outcry replay --help");
    }
}

/// The scenario's services that the instance has; the others are named and left out.
feeder::Schedule schedule_for(const feeder::Scenario& scenario, const feeder::Target& target) {
    feeder::Schedule schedule;
    for (const auto& service : scenario.services) {
        std::optional<std::vector<std::string>> categories;
        try {
            categories = feeder::fetch_categories(target, service.slug);
        } catch (const std::runtime_error& error) {
            throw Failure(Exit::failed, error.what(), "outcry serve, or name the instance with --url");
        }
        if (categories) {
            schedule.follow(schedule.add_service(service.slug, *categories), scenario, service.scale);
        } else {
            std::cerr << "left out: the instance has no service \"" << service.slug << "\"\n";
        }
    }
    if (schedule.slugs().empty()) {
        throw Failure(Exit::failed, "the instance has none of the scenario's services",
                      "outcry service import --starter");
    }
    return schedule;
}

std::string words_of(const feeder::FeedProgress& progress) {
    auto words =
        fmt::format("{:%H:%M} UTC, {} acknowledged", std::chrono::floor<std::chrono::seconds>(progress.now),
                    progress.totals.acknowledged);
    if (progress.totals.refused > 0) words += fmt::format(", {} refused", progress.totals.refused);
    if (progress.totals.tried_again > 0) words += fmt::format(", {} tried again", progress.totals.tried_again);
    if (progress.behind > std::chrono::minutes{1}) {
        words +=
            fmt::format(", {} min behind", std::chrono::floor<std::chrono::minutes>(progress.behind).count());
    }
    return words;
}

feeder::FeedTotals send(const feeder::Scenario& scenario, const feeder::Schedule& schedule,
                        const feeder::Target& target, const Options& options) {
    boost::asio::io_context io;
    std::stop_source stop;
    boost::asio::signal_set signals(io, SIGINT, SIGTERM);
    signals.async_wait([&](const boost::system::error_code& error, int) {
        if (!error) stop.request_stop();
    });
    std::ofstream ids;
    if (!options.ids.empty()) ids.open(options.ids);
    const auto keep_id = [&](const std::string& body) {
        const auto answer = nlohmann::json::parse(body, nullptr, false);
        if (answer.is_object()) ids << answer.value("id", "?") << std::endl;
    };

    Progress bar;
    const live::Clock clock(scenario.starts(), options.speed);
    const double whole = std::chrono::duration<double>(scenario.ends() - scenario.starts()).count();
    const auto tell = [&](const feeder::FeedProgress& progress) {
        const std::chrono::duration<double> done = progress.now - progress.behind - scenario.starts();
        bar.show(done.count() / whole, words_of(progress));
    };
    feeder::FeedOptions feed_options;
    feed_options.connections = options.connections;
    feed_options.instance_now = [] {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    };
    feeder::FeedTotals totals;
    auto feed = feeder::feed(
        target, schedule, scenario.starts(), scenario.ends(), [&] { return clock.now(); }, feed_options,
        stop.get_token(), tell, options.ids.empty() ? std::function<void(const std::string&)>{} : keep_id);
    boost::asio::co_spawn(io, std::move(feed), [&](const std::exception_ptr& error, feeder::FeedTotals sent) {
        signals.cancel();
        if (error) std::rethrow_exception(error);
        totals = std::move(sent);
    });
    io.run();
    return totals;
}

Exit replay(const Invocation& invocation, const Options& options) {
    const auto target = target_of(options.url);
    const auto scenario = read_scenario(options.file);
    const auto schedule = schedule_for(scenario, target);
    std::cerr << scenario.title << '\n';
    const auto totals = send(scenario, schedule, target, options);
    if (invocation.json) {
        std::cout << nlohmann::json{{"scenario", scenario.name},
                                    {"acknowledged", totals.acknowledged},
                                    {"refused", totals.refused},
                                    {"given_up", totals.given_up},
                                    {"tried_again", totals.tried_again}}
                         .dump()
                  << '\n';
    } else {
        std::cout << fmt::format("{} acknowledged, {} refused, {} given up\n", totals.acknowledged,
                                 totals.refused, totals.given_up);
    }
    if (totals.refused > 0) {
        throw Failure(Exit::failed, fmt::format("{} reports were refused; the first with: {}", totals.refused,
                                                totals.first_refusal));
    }
    return totals.given_up == 0 ? Exit::ok : Exit::failed;
}

}  // namespace

void add_replay(CLI::App& program, Invocation& invocation) {
    auto* command =
        program.add_subcommand("replay", "Send an outage from a file to an instance, as its users would");
    const auto options = std::make_shared<Options>();
    command->add_option("file", options->file, "Scenario, for example data/scenarios/m365-2026-01-22.json")
        ->required();
    command->add_option("--url", options->url, "The instance; it must trust this machine as a proxy")
        ->capture_default_str();
    command->add_option("--speed", options->speed, "Times as fast as it happened")
        ->check(CLI::Range(0.1, 10'000.0))
        ->capture_default_str();
    command->add_option("--connections", options->connections, "Open at a time")
        ->check(CLI::Range(1, 1'000))
        ->capture_default_str();
    command->add_option("--ids", options->ids, "File for the ids of acknowledged reports, one a line");
    command->callback([&invocation, options] {
        invocation.run = [&invocation, options] { return replay(invocation, *options); };
    });
}

}  // namespace outcry::commands
