// server/commands/detector.cpp: `outcry detector`: how eagerly one service's reports are called an outage.
#include <CLI/App.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "server/commands/note.hpp"
#include "server/commands/session.hpp"
#include "server/operator/tuning/saving.hpp"
#include "server/storage/services.hpp"

namespace outcry::commands {
namespace {

struct Draft {
    std::string slug, note;
    std::optional<double> false_alarms_per_year;
    std::optional<unsigned> least_reports;
    std::optional<int> hold_minutes, clear_minutes;
};

storage::Service find(const std::vector<storage::Service>& all, const std::string& slug) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& service) { return service.slug == slug; });
    if (found == all.end())
        throw Failure(Exit::failed, "there is no service \"" + slug + "\"", "outcry service list");
    return *found;
}

void print(const storage::Service& service, bool json) {
    const auto& settings = service.settings;
    if (json) {
        std::cout << nlohmann::ordered_json{{"slug", service.slug},
                                            {"version", service.settings_version},
                                            {"false_alarms_per_year", settings.false_alarms_per_year},
                                            {"least_reports", settings.least_reports},
                                            {"hold_minutes", settings.hold.count()},
                                            {"clear_minutes", settings.clear.count()}}
                         .dump()
                  << '\n';
        return;
    }
    std::cout << "false_alarms_per_year\t" << settings.false_alarms_per_year << "\nleast_reports\t"
              << settings.least_reports << "\nhold_minutes\t" << settings.hold.count() << "\nclear_minutes\t"
              << settings.clear.count() << "\nversion\t" << service.settings_version << '\n';
}

Exit show(const Invocation& invocation, const std::string& slug) {
    const Session session(invocation);
    print(
        session.database->run([&](storage::Transaction& tx) { return find(storage::load_services(tx), slug); }),
        invocation.json);
    return Exit::ok;
}

Exit set(const Invocation& invocation, const Draft& draft) {
    const Session session(invocation);
    const auto changed = session.database->run([&](storage::Transaction& tx) {
        auto service = find(storage::load_services(tx), draft.slug);
        auto& settings = service.settings;
        settings.false_alarms_per_year = draft.false_alarms_per_year.value_or(settings.false_alarms_per_year);
        settings.least_reports = draft.least_reports.value_or(settings.least_reports);
        if (draft.hold_minutes) settings.hold = std::chrono::minutes{*draft.hold_minutes};
        if (draft.clear_minutes) settings.clear = std::chrono::minutes{*draft.clear_minutes};
        const std::vector<operators::SaveWish> wishes{{service.id, service.slug, settings, std::nullopt}};
        const auto saved =
            operators::save_settings(tx, wishes, {by_command_line(), draft.note}, storage::database_time(tx));
        service.settings_version = saved.front().now.version.version;
        return service;
    });
    print(changed, invocation.json);
    return Exit::ok;
}

}  // namespace

void add_detector(CLI::App& program, Invocation& invocation) {
    auto* detector = program.add_subcommand("detector", "Detector settings of a service: show, set");
    detector->require_subcommand(1);

    const auto slug = std::make_shared<std::string>();
    auto* shown = detector->add_subcommand("show", "The settings in force");
    shown->add_option("slug", *slug, "The service")->required();
    shown->callback(
        [&invocation, slug] { invocation.run = [&invocation, slug] { return show(invocation, *slug); }; });

    const auto draft = std::make_shared<Draft>();
    auto* changed = detector->add_subcommand("set", "A new version of the settings; what is not named stays");
    changed->add_option("slug", draft->slug, "The service")->required();
    changed->add_option("--false-alarms-per-year", draft->false_alarms_per_year, "Budget of false alarms")
        ->check(CLI::Range(0.05, 366.0));
    changed->add_option("--least-reports", draft->least_reports, "An incident needs so many reports")
        ->check(CLI::Range(1, 100'000));
    changed->add_option("--hold", draft->hold_minutes, "Minutes a spike lasts before an incident opens")
        ->check(CLI::Range(0, 60));
    changed->add_option("--clear", draft->clear_minutes, "Minutes of calm before an incident closes")
        ->check(CLI::Range(1, 1'440));
    add_note(*changed, draft->note, "Why, for those who come after");
    changed->callback(
        [&invocation, draft] { invocation.run = [&invocation, draft] { return set(invocation, *draft); }; });
}

}  // namespace outcry::commands
