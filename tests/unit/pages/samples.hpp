// tests/unit/pages/samples.hpp: views made up for tests: the outage of 22 January 2026 at its peak, a calm day,
// a quiet service.
#pragma once
#include <cmath>
#include <string>
#include <vector>

#include "server/pages/home_view.hpp"
#include "server/pages/routes.hpp"
#include "server/pages/service_view.hpp"
#include "web_text.hpp"

namespace outcry::pages::samples {

using namespace std::chrono_literals;
using analytics::State;

/// 22 January 2026, `hours`:`minutes` UTC.
inline Minute on_the_day(int hours, int minutes) {
    using namespace std::chrono;
    return sys_days{2026y / January / 22} + std::chrono::hours{hours} + std::chrono::minutes{minutes};
}

inline const Renderer& renderer() {
    static const Renderer made{Words(web::text::en), Site{"", "https://outcry.example"}};
    return made;
}

inline Brief brief(std::string name, State state, std::uint32_t observed, double expected) {
    Brief brief{.slug = name, .name = name, .verdict = {}, .peak = 0};
    for (auto& c : brief.slug) c = c == ' ' ? '-' : static_cast<char>(std::tolower(c));
    brief.verdict.until = on_the_day(20, 47);
    brief.verdict.state = state;
    brief.verdict.observed = observed;
    brief.verdict.expected = expected;
    brief.verdict.low = std::max(0.0, expected - 2 * std::sqrt(1.4 * expected));
    brief.verdict.high = expected + 2 * std::sqrt(1.4 * expected);
    brief.verdict.since = on_the_day(19, 15);
    return brief;
}

inline std::vector<std::uint32_t> rising(double scale) {
    std::vector<std::uint32_t> counts;
    for (const int count : {24, 26, 25, 22, 27, 25,  23,   26,   24,    25,    27,    22,
                            25, 24, 26, 25, 30, 270, 2500, 7000, 13500, 15792, 15890, 15890})
        counts.push_back(static_cast<std::uint32_t>(
            std::lround(count > 100 ? count * scale : count * std::max(scale, 0.2))));
    return counts;
}

/// A chart of six hours that ends in the quarter hour that is still running.
inline analytics::Columns columns(const std::vector<std::uint32_t>& counts, double usual) {
    analytics::Columns columns{.from = on_the_day(15, 0), .step = 15min};
    columns.complete = counts.size() - 1;
    for (const auto count : counts) {
        columns.reports.push_back(count);
        columns.works.push_back(count > 200 ? count / 28 : 3);
        columns.expected.push_back(usual);
        columns.low.push_back(std::max(0.0, usual - 2 * std::sqrt(1.4 * usual)));
        columns.high.push_back(usual + 2 * std::sqrt(1.4 * usual));
    }
    return columns;
}

inline ServiceView calm_service() {
    ServiceView view{.slug = "microsoft-365",
                     .name = "Microsoft 365",
                     .provider = "Microsoft",
                     .status_page = "https://status.cloud.microsoft"};
    view.verdict = brief("Microsoft 365", State::normal, 23, 25).verdict;
    view.counted_until = on_the_day(20, 47);
    view.range = *find_range("6h");
    view.extent = extent_of(view.range, view.counted_until);
    std::vector<std::uint32_t> counts;
    for (int i = 0; i < 23; ++i) counts.push_back(static_cast<std::uint32_t>(25 + (i * 7) % 11 - 5));
    counts.push_back(4);
    view.columns = columns(counts, 25);
    view.columns.from = view.extent.from;
    view.problems = {{"Sending or receiving", 0.38},
                     {"Signing in", 0.27},
                     {"Connecting to the server", 0.22},
                     {"Something else", 0.13}};
    view.family_head = "Microsoft 365";
    view.family = {brief("Microsoft Defender", State::normal, 1, 1),
                   brief("Microsoft Teams", State::normal, 4, 4), brief("Outlook", State::normal, 18, 19)};
    return view;
}

inline ServiceView spike_service() {
    auto view = calm_service();
    view.verdict = brief("Microsoft 365", State::spike, 15890, 25).verdict;
    auto counts = rising(1);
    counts.back() = 1880;
    view.columns = columns(counts, 25);
    view.columns.from = view.extent.from;
    view.incident.phase = analytics::Phase::open;
    view.incident.began = on_the_day(19, 15);
    view.incident.opened = on_the_day(19, 24);
    view.incident.peak = 15890;
    view.incident.peak_at = on_the_day(20, 45);
    view.incident.total = 61234;
    view.incidents = {{.id = "019be6f2-77aa-7000-8000-000000000001",
                       .service = 1,
                       .incident = view.incident,
                       .settings_version = 1}};
    view.problems_since = view.incident.began;
    view.problems = {{"Sending or receiving", 0.55},
                     {"Connecting to the server", 0.25},
                     {"Signing in", 0.15},
                     {"Something else", 0.05}};
    view.family = {brief("Microsoft Defender", State::spike, 477, 5),
                   brief("Microsoft Teams", State::spike, 2384, 5), brief("OneDrive", State::normal, 3, 4),
                   brief("Outlook", State::spike, 11918, 24)};
    view.messages = {{"451 4.3.2 temporary server issue", 312, on_the_day(20, 46)},
                     {"cannot send mail", 156, on_the_day(20, 46)}};
    view.where.places = {{"US", 44600, 90.0}, {"CA", 4960, 10.0}, {"GB", 1700, 2.0}, {"MX", 7, {}}};
    view.near = {brief("Microsoft Store", State::spike, 1271, 5),
                 brief("Example ISP", State::possible, 159, 25)};
    return view;
}

/// The same with what the provider has said so far.
inline ServiceView official_service() {
    auto view = spike_service();
    view.official = {{Time{on_the_day(19, 37)}, "investigating", "Looks into a possible problem."},
                     {Time{on_the_day(20, 10)}, "identified", "Part of the infrastructure does not work."}};
    return view;
}

inline ServiceView recovering_service() {
    auto view = spike_service();
    view.verdict.state = State::recovering;
    view.verdict.observed = 4500;
    view.columns.reports = {25,    22,    27,   25,   30,   270,  2500, 7000, 13500, 15792, 15890, 14100,
                            12500, 11100, 9800, 8650, 7600, 6900, 6100, 5500, 5000,  4700,  4500,  560};
    view.incident.began = on_the_day(16, 15);
    view.incident.opened = on_the_day(16, 24);
    view.incident.peak_at = on_the_day(17, 45);
    return view;
}

inline ServiceView quiet_service() {
    ServiceView view{.slug = "riverside", .name = "Riverside Credit Union"};
    view.counted_until = on_the_day(20, 47);
    view.range = *find_range("24h");
    view.extent = extent_of(view.range, view.counted_until);
    std::vector<std::uint32_t> counts(96, 0);
    counts[60] = 1;
    view.columns = columns(counts, 0);
    for (auto& works : view.columns.works) works = 0;
    view.columns.from = view.extent.from;
    view.verdict.until = view.counted_until;
    view.day_reports = 1;
    return view;
}

inline HomeView calm_home() {
    HomeView view;
    view.counted_until = on_the_day(20, 47);
    const auto usual = [](std::string name) { return brief(std::move(name), State::normal, 4, 5); };
    view.groups = {
        {"Cloud",
         {usual("Amazon Web Services"), usual("Cloudflare"), usual("GitHub"), usual("Microsoft Azure")}},
        {"Games and video", {usual("Discord"), usual("Netflix"), usual("Steam")}},
        {"Internet and telephone",
         {usual("AT&T"), usual("Comcast Xfinity"), usual("Example ISP"), usual("Verizon")}},
        {"Mail and office",
         {usual("Dropbox"), usual("Gmail"), usual("Microsoft 365"), usual("Microsoft Teams"),
          usual("Outlook")}},
        {"Money", {usual("PayPal"), brief("Riverside Credit Union", State::insufficient_data, 0, 0)}}};
    for (const auto& group : view.groups) view.services += group.services.size();
    analytics::Incident closed;
    closed.phase = analytics::Phase::closed;
    closed.opened = on_the_day(9, 40);
    closed.closed = on_the_day(11, 20);
    view.recent = {{"019be6f2-77aa-7000-8000-000000000001", "Example Bank", closed}};
    return view;
}

inline HomeView busy_home() {
    auto view = calm_home();
    const auto head = brief("Microsoft 365", State::spike, 15890, 25);
    view.rising.push_back(
        {head,
         {brief("Outlook", State::spike, 11918, 24), brief("Microsoft Teams", State::spike, 2384, 5),
          brief("Microsoft Defender", State::spike, 477, 5)},
         rising(1),
         ""});
    view.rising.push_back({brief("Microsoft Store", State::spike, 1271, 5), {}, rising(0.08), ""});
    view.rising.push_back({brief("Example ISP", State::possible, 159, 25), {}, rising(0.01), "Microsoft 365"});
    auto easing = brief("Example Bank", State::recovering, 86, 12);
    easing.peak = 412;
    view.easing.push_back({easing, {9,   12,  8,   11,  40,  130, 260, 380, 405, 398, 412, 400,
                                    371, 330, 290, 240, 210, 180, 160, 139, 120, 106, 95,  86}});
    view.unusual = 7;
    return view;
}

}  // namespace outcry::pages::samples
