// server/commands/demo_story.cpp: incidents into sentences.
#include "server/commands/demo_story.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

namespace outcry::commands {
namespace {

using namespace std::chrono_literals;

constexpr auto past_peak = 45min;  // a peak that stands this long is told

struct Line {
    Time at;
    std::string words;
};

/// 15890 as "15,890".
std::string grouped(std::uint64_t number) {
    auto text = std::to_string(number);
    for (auto place = static_cast<std::ptrdiff_t>(text.size()) - 3; place > 0; place -= 3) {
        text.insert(static_cast<std::size_t>(place), ",");
    }
    return text;
}

std::string times(double ratio) {
    return ratio < 10 ? fmt::format("{:.1f}", ratio) : fmt::format("{:.0f}", ratio);
}

std::string span(std::chrono::minutes length) {
    return length < 1h ? fmt::format("{} min", length.count())
                       : fmt::format("{} h {} min", length.count() / 60, length.count() % 60);
}

}  // namespace

DemoStory::DemoStory(const feeder::Scenario& scenario, std::map<storage::ServiceId, std::string> names)
    : official_(scenario.official), names_(std::move(names)) {}

std::vector<std::string> DemoStory::tell(const std::vector<storage::IncidentRecord>& records, Time now) {
    std::vector<Line> lines;
    for (const auto& record : records) {
        const auto& incident = record.incident;
        const auto& name = names_[record.service];
        if (once(record.id + " opened")) {
            const auto& why = incident.reasons;
            lines.push_back(
                {incident.opened, fmt::format("spike: {}, {} reports in 15 minutes, {} times the usual", name,
                                              grouped(why.observed), times(why.ratio()))});
        }
        const bool closed = incident.phase == analytics::Phase::closed;
        if ((closed || now > Time{incident.peak_at} + past_peak) && once(record.id + " peak")) {
            lines.push_back({incident.peak_at,
                             fmt::format("peak: {}, {} reports in 15 minutes", name, grouped(incident.peak))});
        }
        if (closed && once(record.id + " closed")) {
            lines.push_back({incident.closed,
                             fmt::format("over: {}, after {} and {} reports", name,
                                         span(incident.closed - incident.opened), grouped(incident.total))});
        }
    }
    for (const auto& statement : official_) {
        if (statement.at <= now && once("said " + statement.summary)) {
            lines.push_back(
                {statement.at, fmt::format("the provider says ({}): {}", statement.status, statement.summary)});
        }
    }
    std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.at < b.at; });
    std::vector<std::string> told;
    for (const auto& [at, words] : lines) {
        told.push_back(fmt::format("{:%H:%M} {}", std::chrono::floor<std::chrono::seconds>(at), words));
    }
    return told;
}

}  // namespace outcry::commands
