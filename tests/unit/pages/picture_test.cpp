// tests/unit/pages/picture_test.cpp: charts and previews as pictures: what they say, that names cannot break
// them, and what a PNG costs.
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "server/pages/pictures/chart_picture.hpp"
#include "server/pages/pictures/lettering.hpp"
#include "server/pages/pictures/preview_picture.hpp"
#include "server/pages/pictures/raster.hpp"
#include "server/pages/service_chart.hpp"
#include "server/pages/service_page.hpp"
#include "tests/unit/pages/samples.hpp"

using namespace outcry;
using namespace outcry::pages;
using namespace outcry::pages::samples;
using Catch::Matchers::Contains;

namespace {

const Words& words() {
    return renderer().words();
}

std::string chart_of(const ServiceView& view, const Palette& palette = light_palette) {
    return draw_chart_picture(caption_of(view, words()), service_chart(view, words()),
                              "https://outcry.example/s/" + view.slug, palette, words());
}

std::string preview_of(const ServiceView& view) {
    const bool band = view.verdict.state != State::insufficient_data;
    return draw_preview(caption_of(view, words()), preview_curve(view.columns, band), words());
}

std::vector<std::pair<std::string, ServiceView>> all_states() {
    auto possible = calm_service();
    possible.verdict = brief("Microsoft 365", State::possible, 52, 25).verdict;
    return {{"normal", calm_service()},
            {"possible", possible},
            {"spike", spike_service()},
            {"recovering", recovering_service()},
            {"insufficient_data", quiet_service()}};
}

/// Width and height as a PNG's first chunk says them.
std::pair<int, int> size_of(const std::string& png) {
    const auto number = [&](std::size_t at) {
        int n = 0;
        for (std::size_t i = 0; i < 4; ++i) n = n << 8 | static_cast<unsigned char>(png[at + i]);
        return n;
    };
    return {number(16), number(20)};
}

/// Of this thread: others share the machine.
std::chrono::milliseconds cpu_time() {
    timespec spent{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::seconds{spent.tv_sec} +
                                                                 std::chrono::nanoseconds{spent.tv_nsec});
}

}  // namespace

TEST_CASE("a picture says the state in words, the count and what is usual, for every state") {
    // To look at them: OUTCRY_PREVIEW=build/preview unit_pages
    const auto* folder = std::getenv("OUTCRY_PREVIEW");
    if (folder) std::filesystem::create_directories(folder);
    for (const auto& [state, view] : all_states()) {
        INFO(state);
        const auto caption = caption_of(view, words());
        CHECK(caption.word == words().text("state." + state));
        for (const auto& svg : {chart_of(view), preview_of(view)}) {
            CHECK_THAT(svg, Contains(caption.word) && Contains(caption.count) && Contains(caption.compare));
            CHECK_THAT(svg, Contains(light_palette.of(state).data()));
        }
        if (folder) {
            const auto file = std::filesystem::path(folder) / state;
            std::ofstream(file.string() + "-chart.svg") << chart_of(view);
            std::ofstream(file.string() + "-chart.png") << draw_png(chart_of(view), 1600, 900);
            std::ofstream(file.string() + "-dark.png") << draw_png(chart_of(view, dark_palette), 800, 450);
            std::ofstream(file.string() + "-preview.png") << draw_png(preview_of(view), 1200, 630);
        }
    }
}

TEST_CASE("a rare service is not said to have a multiple of nothing, and one report is one report") {
    auto view = spike_service();
    view.verdict.observed = 1;
    view.verdict.expected = 0.1;
    const auto caption = caption_of(view, words());
    CHECK(caption.count == "1 report in 15 minutes");
    CHECK(caption.compare == "where fewer than 1 is usual");
}

TEST_CASE("a picture is a PNG of the size it was asked for, in under 100 ms of work") {
    draw_png(preview_of(spike_service()), 1200, 630);  // the list of fonts is read once
    for (const auto& [name, svg, width, height] :
         {std::tuple{"preview.png", preview_of(spike_service()), preview_size.width, preview_size.height},
          std::tuple{"chart.png", chart_of(spike_service()), 2 * chart_size.width, 2 * chart_size.height}}) {
        auto best = std::chrono::milliseconds::max();
        std::string png;
        for (int i = 0; i < 3; ++i) {
            const auto began = cpu_time();
            png = draw_png(svg, width, height);
            best = std::min(best, cpu_time() - began);
        }
        std::cout << name << ": " << best.count() << " ms, " << png.size() / 1000 << " kB\n";
        CHECK(png.substr(1, 3) == "PNG");
        CHECK(size_of(png) == std::pair{width, height});
        CHECK(best.count() <= 100);
    }
}

TEST_CASE("what is no SVG is refused, not drawn") {
    CHECK_THROWS_AS(draw_png("<svg", 10, 10), std::runtime_error);
}

TEST_CASE("a long name is cut where it would leave the picture, between characters") {
    CHECK(fit_text("Bank", 28, 200) == "Bank");
    const auto cut = fit_text("Stadtsparkasse Übergröße und Söhne", 28, 200);
    CHECK_THAT(cut, Catch::Matchers::EndsWith("…"));
    CHECK(text_width(cut, 28) <= 200);
    CHECK(fit_text("日本日本日本日本", 10, 35) == "日本日…");
    CHECK(fit_text("", 10, 35).empty());
}

TEST_CASE("the address of a preview changes with the state and the quarter of an hour, not in between") {
    const Time at{on_the_day(20, 47)};
    CHECK(preview_version("spike", at) == "spike-202601222045");
    CHECK(preview_version("spike", at) == preview_version("spike", at + 12min));
    CHECK(preview_version("spike", at) != preview_version("spike", at + 13min));
    CHECK(preview_version("spike", at) != preview_version("recovering", at));
}

TEST_CASE("a picture opened by itself may do nothing but look as it was drawn") {
    const auto policy = chart_picture_policy(dark_palette);
    CHECK_THAT(policy, Contains("default-src 'none'") && Contains("style-src 'sha256-") && Contains("sandbox"));
    CHECK(policy.find("unsafe") == std::string::npos);
}

TEST_CASE("the colours of pictures are those of the pages") {
    std::ifstream in(std::filesystem::path(OUTCRY_SOURCE_DIR) / "web/styles/tokens.css");
    const std::string css((std::istreambuf_iterator<char>(in)), {});
    REQUIRE_FALSE(css.empty());
    const auto both = [&](const std::string& token, std::string_view light, std::string_view dark) {
        const auto wanted =
            "--" + token + ": light-dark(" + std::string(light) + ", " + std::string(dark) + ")";
        INFO(wanted);
        CHECK(css.find(wanted) != std::string::npos);
    };
    const auto &l = light_palette, &d = dark_palette;
    both("paper", l.paper, d.paper);
    both("ink", l.ink, d.ink);
    both("soft", l.soft, d.soft);
    both("line", l.line, d.line);
    both("edge", l.edge, d.edge);
    both("link", l.link, d.link);
    both("band", l.band, d.band);
    both("usual", l.usual, d.usual);
    both("works", l.works, d.works);
    both("excess", l.excess, d.excess);
    both("spike", l.spike, d.spike);
    both("maybe", l.possible, d.possible);
    both("ease", l.recovering, d.recovering);
    both("calm", l.normal, d.normal);
    both("hold", l.maintenance, d.maintenance);
    both("none", l.unknown, d.unknown);
}
