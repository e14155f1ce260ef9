// tests/unit/pages/translation_test.cpp: every catalogue beside en.json says what English says: the same keys,
// the same places to fill, the plural forms of its own language. A new language is one more file.
#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "server/pages/service_page.hpp"
#include "server/pages/words.hpp"
#include "tests/unit/pages/samples.hpp"

using namespace outcry;
using namespace outcry::pages;
using namespace outcry::pages::samples;
using Catch::Matchers::Contains;

namespace {

const Words english{web::text::en};

std::vector<std::pair<std::string, Words>> translations() {
    std::vector<std::pair<std::string, Words>> all;
    for (const auto& [name, json] : outcry::web::text::files)
        if (json != outcry::web::text::en) all.emplace_back(name, Words(json));
    return all;
}

/// What the operator alone reads is English, and the API's reference, as its source is; so is what describes
/// the language itself.
bool is_own_affair(const std::string& key) {
    return key.starts_with("operator.") || key.starts_with("api.") || key.starts_with("meta.");
}

/// "count.reports.one" → "count.reports"; empty for a key that is no plural form.
std::string plural_of(const std::string& key) {
    const auto stem = key.substr(0, key.rfind('.'));
    static const std::set<std::string> names{"zero", "one", "two", "few", "many", "other"};
    const bool form = names.contains(key.substr(key.rfind('.') + 1));
    return form && english.all().contains(stem + ".one") && english.all().contains(stem + ".other") ? stem : "";
}

std::set<std::string> wanted_keys(const Words& words) {
    std::set<std::string> keys;
    for (const auto& [key, pattern] : english.all()) {
        if (is_own_affair(key)) continue;
        const auto stem = plural_of(key);
        if (stem.empty())
            keys.insert(key);
        else
            for (const auto& form : words.plural_rules().forms()) keys.insert(stem + '.' + form);
    }
    return keys;
}

/// {name} and the names of links, sorted.
std::vector<std::string> places(const std::string& pattern) {
    std::vector<std::string> names;
    for (std::size_t at = 0; (at = pattern.find('{', at)) != std::string::npos; ++at)
        names.push_back(pattern.substr(at, pattern.find('}', at) - at + 1));
    for (std::size_t at = 0; (at = pattern.find("](", at)) != std::string::npos; ++at)
        names.push_back(pattern.substr(at, pattern.find(')', at) - at + 1));
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace

TEST_CASE("German and Spanish are there") {
    std::set<std::string> names;
    for (const auto& [name, words] : translations()) names.insert(words.language());
    CHECK(names.contains("de"));
    CHECK(names.contains("es"));
}

TEST_CASE("a translation lacks no key and has none that English has not") {
    for (const auto& [name, words] : translations()) {
        std::set<std::string> has;
        for (const auto& [key, pattern] : words.all())
            if (!is_own_affair(key)) has.insert(key);
        const auto wanted = wanted_keys(words);
        std::vector<std::string> lacking, extra;
        std::set_difference(wanted.begin(), wanted.end(), has.begin(), has.end(), std::back_inserter(lacking));
        std::set_difference(has.begin(), has.end(), wanted.begin(), wanted.end(), std::back_inserter(extra));
        INFO(name);
        CHECK(lacking == std::vector<std::string>{});
        CHECK(extra == std::vector<std::string>{});
    }
}

TEST_CASE("a translation keeps every place to fill, every link, and pairs of stars") {
    for (const auto& [name, words] : translations()) {
        for (const auto& [key, pattern] : words.all()) {
            if (is_own_affair(key)) continue;
            const auto stem = plural_of(key);
            const auto source = english.all().find(stem.empty() ? key : stem + ".other");
            if (source == english.all().end()) continue;  // said by the test above
            INFO(name << ": " << key);
            CHECK(places(pattern) == places(source->second));
            CHECK(std::count(pattern.begin(), pattern.end(), '*') % 2 == 0);
        }
    }
}

TEST_CASE("a translation names its language, its direction and its plural rules") {
    for (const auto& [name, words] : translations()) {
        INFO(name);
        CHECK(words.language() + ".json" == name);
        CHECK_FALSE(words.text("meta.name").empty());
        CHECK_THAT(words.text("meta.direction"), Catch::Matchers::Matches("ltr|rtl"));
    }
}

TEST_CASE("numbers and dates are written as each language writes them") {
    const Words german{web::text::de}, spanish{web::text::es};
    const Time at = on_the_day(20, 47);
    CHECK(german.number(15890) == "15.890");
    CHECK(german.number(1234) == "1.234");
    CHECK(german.short_number(15000) == "15.000");
    CHECK(german.decimal(24.96) == "25,0");
    CHECK(german.day(at) == "22. Januar 2026");
    CHECK(german.moment(at, at + 24h) == "22. Jan. 20:47");
    CHECK(spanish.number(15890) == "15.890");
    CHECK(spanish.number(1234) == "1234");
    CHECK(spanish.short_number(2500) == "2,5 mil");
    CHECK(spanish.day(at) == "22 de enero de 2026");
    CHECK(spanish.plural("count.reports", 1) == "1 aviso");
    CHECK(spanish.plural("count.reports", 2'000'000) == "2.000.000 de avisos");
}

TEST_CASE(
    "groups and problems of the starter catalogue are said in each language, an operator's own as they are") {
    const auto catalogue = nlohmann::json::parse(std::ifstream(OUTCRY_SOURCE_DIR "/data/catalogue.json"));
    std::set<std::string> names;
    for (const auto& set : catalogue.at("category_sets"))
        for (const auto& category : set) names.insert(category.at("label"));
    for (const auto& service : catalogue.at("services")) names.insert(service.at("group"));
    for (const auto& name : names) {
        INFO(name);
        CHECK(english.all().contains("starter." + name));
        CHECK(english.known(name) == name);
    }
    const Words german{web::text::de};
    CHECK(german.known("Signing in") == "Anmelden");
    CHECK(german.known("Our own words {x}") == "Our own words {x}");
}

TEST_CASE("what a translation lacks is said in English") {
    const Words behind{
        R"({"meta": {"language": "de", "plural": {"one": "n = 1", "few": "n = 2"}}, "ask": {"works": "Geht"}})",
        web::text::en};
    CHECK(behind.text("ask.works") == "Geht");
    CHECK(behind.text("ask.problem") == "I have a problem");
    CHECK(behind.plural("count.reports", 2) == "2 reports");
}

TEST_CASE("a page in German says so, offers the other languages, and its links keep the language") {
    const auto renderers = make_renderers("/status", "https://outcry.example");
    const auto german = std::find_if(renderers.begin(), renderers.end(),
                                     [](const auto& r) { return r->words().language() == "de"; });
    auto view = spike_service();
    view.range_is_default = true;
    const auto page = render_service(view, **german);
    CHECK_THAT(page, Contains(R"(<html lang="de" dir="ltr">)"));
    CHECK_THAT(page, Contains("Nutzer melden seit <time") &&
                         Contains(" mehr Probleme als üblich: <strong>15.890 Meldungen in 15 Minuten</strong>, "
                                  "640-mal so viele wie die üblichen 25."));
    CHECK_THAT(page, Contains(R"(hreflang="es" href="https://outcry.example/status/es/s/microsoft-365")"));
    CHECK_THAT(page, Contains(R"(hreflang="x-default" href="https://outcry.example/status/s/microsoft-365")"));
    CHECK_THAT(page, Contains(R"(<a href="/status/s/microsoft-365" lang="en" hreflang="en">English</a>)"));
    CHECK_THAT(page, Contains(R"(hreflang="de" aria-current="true">Deutsch</a>)"));
    // Pages keep the language; assets, the API and the token have none.
    for (std::size_t at = 0; (at = page.find("href=\"/status/", at)) != std::string::npos; ++at) {
        const auto href = page.substr(at + 6, page.find('"', at + 6) - at - 6);
        INFO(href);
        const bool neutral = href.starts_with("/status/assets/") || href.starts_with("/status/api/") ||
                             href == "/status/site.webmanifest" || href == "/status/apple-touch-icon.png";
        const bool in_switch = page.compare(page.find('"', at + 6) + 1, 6, " lang=") == 0;
        CHECK((neutral || in_switch || href.starts_with("/status/de/")));
    }
    CHECK_THAT(page, Contains("action=\"/status/de/s/microsoft-365/report\" "));
}
