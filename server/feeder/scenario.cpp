// server/feeder/scenario.cpp: reads a scenario, and names the row that is wrong.
#include "server/feeder/scenario.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace outcry::feeder {
namespace {

using Json = nlohmann::json;

const Json& field(const Json& object, const char* name, const std::string& where) {
    const auto found = object.is_object() ? object.find(name) : object.end();
    if (!object.is_object() || found == object.end())
        throw ScenarioError(fmt::format("{}: \"{}\" is missing", where, name));
    return *found;
}

std::string text(const Json& object, const char* name, const std::string& where) {
    const auto& value = field(object, name, where);
    if (!value.is_string()) throw ScenarioError(fmt::format("{}: \"{}\" must be a text", where, name));
    return value.get<std::string>();
}

double number(const Json& object, const char* name, const std::string& where) {
    const auto& value = field(object, name, where);
    if (!value.is_number() || !(value.get<double>() >= 0)) {
        throw ScenarioError(fmt::format("{}: \"{}\" must be a number, 0 or more", where, name));
    }
    return value.get<double>();
}

const Json& list(const Json& object, const char* name) {
    const auto& value = field(object, name, "the scenario");
    if (!value.is_array()) throw ScenarioError(fmt::format("\"{}\" must be a list", name));
    return value;
}

std::vector<ScenarioService> services_of(const Json& scenario) {
    std::vector<ScenarioService> services;
    for (const auto& row : list(scenario, "services")) {
        const auto where = fmt::format("services[{}]", services.size());
        ScenarioService service{
            text(row, "slug", where), number(row, "scale", where), {}, text(row, "expect", where)};
        if (row.contains("parent") && row["parent"].is_string())
            service.parent = row["parent"].get<std::string>();
        services.push_back(std::move(service));
    }
    if (services.empty()) throw ScenarioError("\"services\" is empty: nobody would be reported");
    return services;
}

std::map<Window, double> counts_of(const Json& scenario) {
    std::map<Window, double> counts;
    std::size_t place = 0;
    for (const auto& row : list(scenario, "reports")) {
        const auto where = fmt::format("reports[{}]", place++);
        const auto at = parse_time(text(row, "at", where));
        const auto count = number(row, "count", where);
        const auto window = window_of(at);
        if (Time{window} != at)
            throw ScenarioError(where + ": \"at\" must be the start of a quarter of an hour");
        if (!counts.empty()) {
            const auto [from, before] = *counts.rbegin();
            if (window <= from) throw ScenarioError(where + ": the rows must be in order of time");
            const auto steps = (window - from).count();
            for (int i = 1; i < steps; ++i) {
                counts[from + Window::duration{i}] =
                    std::max(before, 0.1) *
                    std::pow(std::max(count, 0.1) / std::max(before, 0.1), double(i) / steps);
            }
        }
        counts[window] = count;
    }
    if (counts.empty()) throw ScenarioError("\"reports\" is empty: there is nothing to replay");
    return counts;
}

std::vector<Weighted> weighted(const Json& scenario, const char* name, const char* value) {
    std::vector<Weighted> all;
    if (!scenario.contains(name)) return all;
    double sum = 0;
    for (const auto& row : list(scenario, name)) {
        const auto where = fmt::format("{}[{}]", name, all.size());
        all.push_back({text(row, value, where), number(row, "share", where)});
        sum += all.back().share;
    }
    if (sum > 1 + 1e-9)
        throw ScenarioError(fmt::format("the shares of \"{}\" come to {:.2f}, more than 1", name, sum));
    return all;
}

std::vector<Statement> statements_of(const Json& scenario) {
    std::vector<Statement> all;
    if (!scenario.contains("official")) return all;
    for (const auto& row : list(scenario, "official")) {
        const auto where = fmt::format("official[{}]", all.size());
        all.push_back(
            {parse_time(text(row, "at", where)), text(row, "status", where), text(row, "summary", where)});
    }
    return all;
}

Expectations expectations_of(const Json& scenario) {
    Expectations expected;
    if (!scenario.contains("expect")) return expected;
    const auto& block = scenario["expect"];
    const auto time = [&](const char* name) {
        return block.contains(name) ? std::optional{parse_time(text(block, name, "expect"))} : std::nullopt;
    };
    expected.elevated_before = time("elevated_before");
    expected.spike_before = time("spike_before");
    expected.not_closed_before = time("not_closed_before");
    expected.one_incident_per_service = block.value("one_incident_per_service", false);
    if (block.contains("collateral")) expected.collateral = block["collateral"].get<std::vector<std::string>>();
    if (block.contains("peak_15m"))
        expected.peak_15m = static_cast<std::uint32_t>(number(block, "peak_15m", "expect"));
    return expected;
}

}  // namespace

Time Scenario::starts() const {
    return Time{counts.begin()->first};
}
Time Scenario::ends() const {
    return Time{counts.rbegin()->first + Window::duration{1}};
}

Scenario parse_scenario(std::string_view json) {
    try {
        const auto file = Json::parse(json);
        if (!file.is_object()) throw ScenarioError("a scenario is a JSON object {…}");
        if (file.value("bin_seconds", 900) != 900) throw ScenarioError("\"bin_seconds\" must be 900");
        Scenario scenario;
        scenario.name = text(file, "name", "the scenario");
        scenario.title = text(file, "title", "the scenario");
        scenario.services = services_of(file);
        scenario.counts = counts_of(file);
        if (file.contains("baseline"))
            scenario.ordinary = number(file["baseline"], "reports_per_bin", "baseline");
        scenario.categories = weighted(file, "categories", "key");
        scenario.messages = weighted(file, "messages", "text");
        scenario.regions = weighted(file, "regions", "code");
        scenario.official = statements_of(file);
        scenario.expected = expectations_of(file);
        return scenario;
    } catch (const Json::exception& error) {
        throw ScenarioError(fmt::format("this is no scenario: {}", error.what()));
    }
}

Time parse_time(const std::string& text) {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, read = 0;
    std::sscanf(text.c_str(), "%4d-%2d-%2dT%2d:%2d:%2dZ%n", &year, &month, &day, &hour, &minute, &second,
                &read);
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    const bool in_range = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
    if (read != 20 || text.size() != 20 || !date.ok() || !in_range) {
        throw ScenarioError(fmt::format("\"{}\" is no time; write it as 2026-01-22T18:45:00Z", text));
    }
    return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second};
}

}  // namespace outcry::feeder
