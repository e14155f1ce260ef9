// server/commands/demo.cpp: `outcry demo`: a throwaway instance on a fast clock, and a real outage that it
// lives through.
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "demo_scenario.hpp"
#include "server/app/app.hpp"
#include "server/app/log.hpp"
#include "server/commands/commands.hpp"
#include "server/commands/demo_facts.hpp"
#include "server/commands/demo_sender.hpp"
#include "server/commands/demo_statements.hpp"
#include "server/commands/demo_story.hpp"
#include "server/commands/demo_verdict.hpp"
#include "server/commands/demo_world.hpp"
#include "server/commands/progress.hpp"
#include "server/commands/scratch_folder.hpp"
#include "server/commands/setup.hpp"
#include "server/operator/account/link.hpp"

namespace outcry::commands {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto history = std::chrono::days{28};
constexpr auto lead = 10min;         // of the clock, between the first live report and the scenario's start
constexpr auto start_up = 6s;        // real time that an instance with this history takes to answer, amply
constexpr auto calm_after = 165min;  // by then, counted from the scenario's end, every incident must be over
constexpr std::size_t other_services = 50;

struct Options {
    double speed = 120;
    std::uint16_t port = 8080;
    std::string state_dir;
    bool once = false;
};

/// Ctrl-C before the instance listens for it itself: noted here, so that everything made so far is removed
/// again.
class Interruption {
 public:
    Interruption() {
        for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, [](int) { came_ = 1; });
    }
    static void check() {
        if (came_ != 0) throw Failure(Exit::failed, "interrupted");
    }

 private:
    static inline volatile std::sig_atomic_t came_ = 0;
};

/// Of all settings, the path a proxy serves it under alone: it is looked at as the real one would be. The rest
/// of what is set is another instance's.
std::string base_path() try {
    auto environment = config::read_environment();
    std::erase_if(environment, [](const auto& variable) { return variable.first != "OUTCRY_BASE_PATH"; });
    return config::load(std::nullopt, environment).base_path;
} catch (const config::ConfigError& error) {
    throw Failure(Exit::config, error.what(), "OUTCRY_BASE_PATH=/outcry outcry demo");
}

config::Config settings_for(const Options& options, const fs::path& state) {
    config::Config settings;
    settings.base_path = base_path();
    settings.listen = fmt::format("127.0.0.1:{}", options.port);
    settings.state_dir = state;
    settings.starter_catalogue = false;                         // put in with the demo's own dates
    settings.outbound_allow_networks = {"127.0.0.0/8", "::1"};  // so that a receiver of one's own can be tried
    return settings;
}

void refuse_taken_port(std::uint16_t port) {
    using boost::asio::ip::tcp;
    boost::asio::io_context io;
    boost::system::error_code error;
    tcp::acceptor probe(io);
    probe.open(tcp::v4());
    probe.set_option(tcp::acceptor::reuse_address(true));
    probe.bind({boost::asio::ip::address_v4::loopback(), port}, error);
    if (error) {
        throw Failure(Exit::failed, fmt::format("port {} cannot be used: {}", port, error.message()),
                      fmt::format("outcry demo --port {}", port + 1));
    }
}

/// The database of the demo, filled with its past.
std::vector<DemoService> prepare(const config::Config& settings, const feeder::Scenario& scenario,
                                 Minute until) {
    std::cerr << "Making a database that will be thrown away ..." << std::endl;
    const app::DatabaseServer server(settings, app::DatabaseServer::Use::own);
    server.bring_up_to_date("outcry", {});
    const auto database = server.open("demo", 1);
    import_demo_catalogue(*database, scenario, until - history);
    auto services = choose_services(*database, scenario, other_services);
    Progress bar;
    write_history(*database, services, until - history, until, [&](double part) {
        Interruption::check();
        bar.show(part, "writing four ordinary weeks");
    });
    return services;
}

Exit pronounce(const std::vector<Check>& checks, bool json) {
    bool all = true;
    auto list = nlohmann::json::array();
    for (const auto& check : checks) {
        all = all && check.met;
        if (json) {
            list.push_back({{"expected", check.what}, {"seen", check.seen}, {"met", check.met}});
        } else {
            std::cout << fmt::format("{:<4}  {:<55}  {}\n", check.met ? "ok" : "NOT", check.what, check.seen);
        }
    }
    if (json) std::cout << list.dump() << '\n';
    return all ? Exit::ok : Exit::failed;
}

std::string words_of(const feeder::FeedProgress& progress, Time now) {
    return fmt::format("{:%H:%M} UTC, {} reports sent", std::chrono::floor<std::chrono::seconds>(now),
                       progress.totals.acknowledged);
}

/// Tells the story until nothing more is sent; then ends the program's wait for a signal.
void narrate(app::App& app, const DemoSender& sender, const feeder::Scenario& scenario,
             const std::vector<DemoService>& services, Time from, Time until, bool once, std::stop_token stop) {
    std::map<storage::ServiceId, std::string> names;
    for (const auto& service : services) names[service.service.id] = service.service.name;
    DemoStory story(scenario, std::move(names));
    DemoStatements statements(scenario, services);
    Progress bar;
    const std::chrono::duration<double> whole = until - from;
    bool over = false;
    while (!stop.stop_requested() && !sender.ended()) {
        const auto now = app.now();
        try {
            statements.write_down(app.database(), now);
            for (const auto& line : story.tell(incidents_since(app.database(), from), now)) bar.say(line);
        } catch (const storage::Unavailable&) {
            // The database is being started again; the next look will tell.
        }
        if (now < until) {
            const std::chrono::duration<double> passed = now - from;
            bar.show(passed / whole, words_of(sender.progress(), now));
        } else if (!once && !std::exchange(over, true)) {
            bar.say("The outage is over; ordinary days go on. Ctrl-C ends the demo and removes all of it.");
        }
        std::this_thread::sleep_for(250ms);
    }
    if (!stop.stop_requested()) kill(getpid(), SIGTERM);
}

Exit live_through(const config::Config& settings, const Options& options, const feeder::Scenario& scenario,
                  const std::vector<DemoService>& services, Time from, bool json) {
    const auto in_clock = [&](std::chrono::seconds real) {
        return std::chrono::milliseconds{
            static_cast<long>(static_cast<double>(real.count()) * 1'000 * options.speed)};
    };
    app::App app(settings, {.start = from - in_clock(start_up), .speed = options.speed});
    app.start();
    Interruption::check();
    std::cerr << fmt::format(
        "{}\nLook: http://127.0.0.1:{}{}/s/{}\nTimes are UTC; a second here is {:g} seconds there.\n",
        scenario.title, app.port(), settings.base_path, scenario.services.front().slug, options.speed);
    if (const auto address = setup_address(app, settings, in_clock(operators::link_lasts)))
        std::cerr << "Operate: " << *address << std::endl;

    const auto until = scenario.ends() + calm_after;
    const auto schedule = schedule_of(services, scenario);
    DemoSender sender(app, settings.base_path, schedule, std::max(from, app.now()),
                      options.once ? until : Time{});
    bool well = false;
    {
        std::jthread narrator([&](std::stop_token stop) {
            narrate(app, sender, scenario, services, from, until, options.once, stop);
        });
        well = app.wait();
    }
    const bool whole = sender.ended();
    sender.stop();
    if (!well) throw Failure(Exit::failed, "a part of the instance has failed; the lines above say which");
    if (!options.once) return Exit::ok;
    if (!whole) throw Failure(Exit::failed, "interrupted before the outage was over");
    std::this_thread::sleep_for(1s);  // the last reports are counted within a quarter of a second
    const auto facts = gather_facts(app.database(), services, sender.progress().totals, minute_of(from));
    return pronounce(judge(scenario, facts, until), json);
}

Exit demo(const Invocation& invocation, const Options& options) try {
    app::start_logging("warn", "text");
    refuse_taken_port(options.port);
    const Interruption interruption;
    const auto scenario = feeder::parse_scenario(data::m365_2026_01_22);
    const auto from = minute_of(scenario.starts() - lead);
    const ScratchFolder folder(
        options.state_dir.empty() ? fs::temp_directory_path() : fs::path(options.state_dir), "outcry-demo");
    const auto settings = settings_for(options, folder.path());
    const auto services = prepare(settings, scenario, from);
    return live_through(settings, options, scenario, services, from, invocation.json);
} catch (const app::DatabaseTrouble& trouble) {
    throw Failure(Exit::database, trouble.what(), trouble.next);
} catch (const app::ListenTrouble& trouble) {
    throw Failure(Exit::failed, trouble.what(), trouble.next);
} catch (const fs::filesystem_error& error) {
    throw Failure(Exit::failed, error.what(), "outcry demo --state-dir FOLDER");
}

}  // namespace

void add_demo(CLI::App& program, Invocation& invocation) {
    auto* command = program.add_subcommand(
        "demo", "Live through a real outage in minutes, on an instance that leaves no trace");
    const auto options = std::make_shared<Options>();
    command->add_option("--speed", options->speed, "Times as fast as it happened")
        ->check(CLI::Range(1.0, 1'000.0))
        ->capture_default_str();
    command->add_option("--port", options->port, "Where to look at it")->capture_default_str();
    command->add_option("--state-dir", options->state_dir, "Folder for its temporary data");
    command->add_flag("--once", options->once, "End after the outage, and check that it was seen as it should");
    command->callback([&invocation, options] {
        invocation.run = [&invocation, options] { return demo(invocation, *options); };
    });
}

}  // namespace outcry::commands
