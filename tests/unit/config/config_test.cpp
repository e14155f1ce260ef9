// tests/unit/config/config_test.cpp: settings are read where they stand, and refused with the line and the way
// out.
#include "server/config/config.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace outcry::config;

namespace {

/// A settings file that is gone when the test is over.
class File {
 public:
    explicit File(const std::string& text) {
        char name[] = "/tmp/outcry-config-XXXXXX";
        ::close(::mkstemp(name));
        path_ = name;
        std::ofstream(path_) << text;
    }
    ~File() { std::filesystem::remove(path_); }
    const std::filesystem::path& path() const { return path_; }

 private:
    std::filesystem::path path_;
};

std::string refusal(const std::string& text, const Environment& environment = {}) {
    const File file(text);
    try {
        load(file.path(), environment);
    } catch (const ConfigError& error) {
        return std::string(error.what());
    }
    return "accepted";
}

}  // namespace

TEST_CASE("without a file the settings are the defaults") {
    const auto config = load(std::nullopt, {});
    CHECK(config.database == "auto");
    CHECK(config.listen_address() == "127.0.0.1");
    CHECK(config.listen_port() == 8080);
    CHECK_FALSE(config.batch_reports.has_value());
    CHECK_FALSE(config.state_dir.empty());
}

TEST_CASE("the file is read, and the environment overrides it") {
    const File file(R"(
listen = "[::1]:9000"
trusted_proxies = ["10.0.0.0/8"]
[log]
level = "debug"
[admission]
per_address_burst = 12
)");
    const auto config = load(file.path(), {{"OUTCRY_LOG_LEVEL", "warn"},
                                           {"OUTCRY_BATCH_REPORTS", "77"},
                                           {"OUTCRY_TRUSTED_PROXIES", "192.0.2.0/24, 10.1.0.0/16"}});
    CHECK(config.listen_address() == "::1");
    CHECK(config.listen_port() == 9000);
    CHECK(config.log_level == "warn");
    CHECK(config.admission_per_address_burst == 12.0);
    CHECK(config.batch_reports == 77);
    CHECK(config.trusted_proxies == std::vector<std::string>{"192.0.2.0/24", "10.1.0.0/16"});
}

TEST_CASE("an unknown key is refused with its line and the nearest known one") {
    const auto said = refusal("listen = \"127.0.0.1:1\"\ntrusted_proxy = []\n");
    CHECK_THAT(said, Catch::Contains("line 2") && Catch::Contains("\"trusted_proxy\"") &&
                         Catch::Contains("did you mean trusted_proxies?"));
    CHECK_THAT(refusal("[log]\nlevle = \"info\"\n"),
               Catch::Contains("line 2") && Catch::Contains("log.level?"));
}

TEST_CASE("a wrong value is refused where it was written") {
    CHECK_THAT(refusal("threads = \"two\""), Catch::Contains("line 1") && Catch::Contains("whole number"));
    CHECK_THAT(refusal("threads = 1000"), Catch::Contains("between 0 and 256"));
    CHECK_THAT(refusal("[log]\nlevel = \"loud\""), Catch::Contains("debug, info, warn, error"));
    CHECK_THAT(refusal("listen = 8080"), Catch::Contains("in quotes"));
    CHECK_THAT(refusal("listen = \"8080\""), Catch::Contains("address:port"));
    CHECK_THAT(refusal("listen = \"127.0.0.1:99999\""), Catch::Contains("address:port"));
    CHECK_THAT(refusal("listen = \"localhost:8080\""), Catch::Contains("address:port"));
    CHECK(refusal("listen = \":8080\"") == "accepted");
    for (const auto* network :
         {"proxy.example.org", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8x", "2001:db8::/-1"})
        CHECK_THAT(refusal(std::string("trusted_proxies = [\"") + network + "\"]"), Catch::Contains(network));
    CHECK(refusal("trusted_proxies = [\"10.0.0.1\", \"2001:db8::/32\", \"::/0\"]") == "accepted");
    CHECK_THAT(refusal("base_path = \"outcry/\""), Catch::Contains("base_path"));
    CHECK_THAT(refusal("public_url = \"status.example.org\""), Catch::Contains("https://"));
    CHECK_THAT(refusal("trusted_proxies = [1]"), Catch::Contains("list of texts"));
    CHECK_THAT(refusal("", {{"OUTCRY_THREADS", "4x"}}), Catch::Contains("OUTCRY_THREADS"));
}

TEST_CASE("broken TOML is refused with its line") {
    CHECK_THAT(refusal("listen = \"a:1\"\nthreads = = 3\n"), Catch::Contains("line 2"));
}

TEST_CASE("a file that cannot be read is said so") {
    CHECK_THROWS_WITH(load("/nowhere/outcry.toml", {}), Catch::Contains("/nowhere/outcry.toml"));
}

TEST_CASE("a variable that looks like ours and is none is pointed out") {
    const auto said = unknown_variables({{"OUTCRY_LISTN", "x"}, {"OUTCRY_LISTEN", "y"}});
    REQUIRE(said.size() == 1);
    CHECK_THAT(said.front(), Catch::Contains("OUTCRY_LISTN ") && Catch::Contains("OUTCRY_LISTEN?"));
}

TEST_CASE("a password is never shown") {
    CHECK(without_password("host=a password=hunter2 user=b") == "host=a password=*** user=b");
    CHECK(without_password("host=a password='hun \\' ter' user=b") == "host=a password=*** user=b");
    CHECK(without_password("postgresql://me:hunter2@db/outcry") == "postgresql://me:***@db/outcry");
    Config config;
    config.database = "host=db password=hunter2";
    for (const auto& [key, value] : describe(config)) CHECK_THAT(value, !Catch::Contains("hunter2"));
}
