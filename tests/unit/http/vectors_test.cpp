// tests/unit/http/vectors_test.cpp: requests collected to break servers, each sent as it is over a real socket.
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/beast/zlib/inflate_stream.hpp>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <thread>

#include "server/http/listener.hpp"
#include "server/http/problem.hpp"
#include "tests/unit/http/raw_client.hpp"

using namespace outcry::http;
using namespace std::chrono_literals;
namespace asio = boost::asio;
namespace fs = std::filesystem;

namespace {

/// Where the vectors are, or nothing: they live beside the repository, and not everyone has them.
std::optional<fs::path> vectors(const std::string& name) {
    const char* set = std::getenv("OUTCRY_SHARED_DIR");
    const auto path = fs::path(set ? set : OUTCRY_SHARED_DIR) / "vectors" / name;
    if (fs::exists(path)) return path;
    WARN("not run: there is no " << path);
    return std::nullopt;
}

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// A server that answers GET / and takes any POST to /, so that only the reading of requests is in question.
class Target {
 public:
    Target() : server_(io_.get_executor(), options(), router()) {
        server_.start();
        thread_ = std::thread([this] { io_.run(); });
    }
    ~Target() {
        asio::co_spawn(io_, server_.stop(1s), asio::use_future).get();
        until_stopped_.reset();
        thread_.join();
    }

    struct Outcome {
        std::vector<int> statuses;
        bool closed = false;
    };
    /// Every answer to these bytes, until the server closes; `hang_up` tells it that nothing more will come.
    Outcome send(std::string_view bytes, bool hang_up) {
        RawClient client(server_.port());
        client.send(bytes);
        Outcome outcome;
        if (hang_up) client.finish_sending();
        try {
            for (;;) {
                outcome.statuses.push_back(client.receive().status);
                if (outcome.statuses.size() == 1) client.finish_sending();
            }
        } catch (const RawClient::Closed&) {
            outcome.closed = true;
        }
        return outcome;
    }

 private:
    static ServerOptions options() {
        ServerOptions options;
        options.port = 0;
        return options;
    }
    static std::shared_ptr<const Router> router() {
        const auto hello = [](const Request&) -> asio::awaitable<Response> {
            co_return content("text/plain", "hello");
        };
        return std::make_shared<Router>(
            std::vector<Route>{{Method::get, "/", hello}, {Method::post, "/", hello}},
            [](std::exception_ptr, const Request&) { return problem(500, "internal", "thrown"); },
            [](unsigned status, const Request&) { return problem(status, "error", "error"); });
    }

    asio::io_context io_;
    asio::executor_work_guard<asio::io_context::executor_type> until_stopped_{io_.get_executor()};
    Server server_;
    std::thread thread_;
};

std::string decode_base64(const std::string& text) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    unsigned bits = 0, have = 0;
    for (const char c : text) {
        const auto value = digits.find(c);
        if (value == std::string_view::npos) break;
        bits = bits << 6 | static_cast<unsigned>(value);
        have += 6;
        if (have < 8) continue;
        have -= 8;
        out += static_cast<char>(bits >> have & 0xff);
    }
    return out;
}

std::string inflate(const std::string& packed) {
    namespace zlib = boost::beast::zlib;
    constexpr std::size_t header = 2;
    std::string out(4 << 20, '\0');
    zlib::inflate_stream stream;
    zlib::z_params io;
    io.next_in = packed.data() + header;
    io.avail_in = packed.size() - header;
    io.next_out = out.data();
    io.avail_out = out.size();
    boost::system::error_code error;
    stream.write(io, zlib::Flush::sync, error);
    REQUIRE((!error || error == zlib::error::end_of_stream));
    out.resize(io.total_out);
    return out;
}

/// "400/close" is 400, or no answer at all.
std::set<std::string> wanted(const std::string& text) {
    static const std::regex word("[0-9]{3}|close");
    return {std::sregex_token_iterator(text.begin(), text.end(), word), std::sregex_token_iterator()};
}

}  // namespace

TEST_CASE("our own collection of bad requests gets the answers it asks for") {
    const auto path = vectors("own/http_bad_requests.jsonl");
    if (!path) return;
    Target target;
    std::istringstream lines(read(*path));
    int seen = 0;
    for (std::string line; std::getline(lines, line); ++seen) {
        const auto vector = nlohmann::json::parse(line);
        const auto bytes = vector.contains("raw_base64") ? decode_base64(vector["raw_base64"])
                                                         : inflate(decode_base64(vector["raw_zlib_base64"]));
        const std::string name = vector["name"], want = vector["want"];
        const auto outcome = target.send(bytes, false);
        INFO(name << " wants " << want);
        auto answers = wanted(want);
        // The list was made for servers that read chunks. Ours reads none: what is good chunked syntax up to
        // the end of the head is asked for a Content-Length, and what is wrong further on is never looked at.
        if (bytes.find("\r\nTransfer-Encoding: chunked\r\n\r\n") != std::string::npos) answers.insert("411");
        CHECK(outcome.closed);
        if (outcome.statuses.empty()) {
            CHECK(answers.contains("close"));
        } else {
            INFO("answered " << outcome.statuses.front());
            CHECK(answers.contains(std::to_string(outcome.statuses.front())));
            CHECK(outcome.statuses.size() == 1);
        }
    }
    CHECK(seen >= 58);
}

namespace {

struct Sample {
    std::string name, bytes, log;
    bool strict = true;
};

/// The notation of llhttp's test files: line ends are CR LF, the rest is escaped.
std::string unescape(std::string text) {
    if (!text.empty() && text.back() == '\n') text.pop_back();
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') {
            out += "\r\n";
        } else if (text[i] != '\\' || i + 1 == text.size()) {
            out += text[i];
        } else {
            switch (text[++i]) {
                case '\n':
                    break;
                case 'r':
                    out += '\r';
                    break;
                case 'n':
                    out += '\n';
                    break;
                case 't':
                    out += '\t';
                    break;
                case 'f':
                    out += '\f';
                    break;
                case 'x':
                    out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
                    i += 2;
                    break;
                default:
                    (out += '\\') += text[i];
            }
        }
    }
    return out;
}

std::vector<Sample> read_samples(const fs::path& file) {
    std::vector<Sample> samples;
    std::istringstream lines(read(file));
    std::string title, meta, block, *into = nullptr;
    Sample sample;
    for (std::string line; std::getline(lines, line);) {
        if (into && line == "```") {
            if (into == &sample.log) samples.push_back(std::exchange(sample, {}));
            into = nullptr;
        } else if (into) {
            *into += line + '\n';
        } else if (line.starts_with("#")) {
            title = line;
        } else if (line.starts_with("<!-- meta")) {
            meta = line;
        } else if (line == "```http") {
            sample.name = file.filename().string() + ": " + title;
            sample.strict = meta.find("lenient") == std::string::npos;
            into = &sample.bytes;
        } else if (line == "```log") {
            into = &sample.log;
        }
    }
    for (auto& each : samples) each.bytes = unescape(each.bytes);
    return samples;
}

}  // namespace

TEST_CASE("llhttp's requests are answered or closed, never with a 5xx and never with silence") {
    const auto folder = vectors("llhttp/test/request");
    if (!folder) return;
    Target target;
    int seen = 0;
    for (const auto& file : fs::directory_iterator(*folder)) {
        for (const auto& sample : read_samples(file.path())) {
            INFO(sample.name << "\n" << sample.bytes);
            const auto outcome = target.send(sample.bytes, true);
            CHECK(outcome.closed);
            bool taken = false;
            for (const auto status : outcome.statuses) {
                CHECK(status < 500);
                taken = taken || status < 300;
            }
            const bool broken = sample.strict && sample.log.find("error code=") != std::string::npos &&
                                sample.log.find("message complete") == std::string::npos;
            if (broken) CHECK_FALSE(taken);
            ++seen;
        }
    }
    CHECK(seen == 143);
}
