// server/app/log.cpp: spdlog with a formatter of ours, because its patterns do not escape.
#include "server/app/log.hpp"

#include <fmt/chrono.h>
#include <spdlog/formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace outcry::app {
namespace {

/// Bytes of the UTF-8 sequence that starts `text` (Unicode's table 3-7), 0 when it is none.
std::size_t sequence_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0; };
    const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
    const auto lead = byte(0), second = byte(1);
    if (lead < 0x80) return 1;
    if (!continues(1) || lead < 0xC2 || lead > 0xF4) return 0;
    if (lead < 0xE0) return 2;
    const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
    const bool no_character = (lead == 0xED && second > 0x9F) || (lead == 0xF4 && second > 0x8F);
    if (overlong || no_character || !continues(2)) return 0;
    if (lead < 0xF0) return 3;
    return continues(3) ? 4 : 0;
}

void append_escaped(spdlog::memory_buf_t& line, std::string_view text) {
    const auto out = std::back_inserter(line);
    while (!text.empty()) {
        const auto length = sequence_length(text);
        const auto c = static_cast<unsigned char>(text.front());
        if (length == 0)
            fmt::format_to(out, "\\ufffd");
        else if (c == '"' || c == '\\')
            fmt::format_to(out, "\\{}", text.front());
        else if (c < 0x20 || c == 0x7F)
            fmt::format_to(out, "\\u{:04x}", c);
        else
            line.append(text.data(), text.data() + length);
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
}

class JsonLines : public spdlog::formatter {
 public:
    void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& line) override {
        const auto millis =
            std::chrono::floor<std::chrono::milliseconds>(message.time.time_since_epoch()).count();
        const auto level = spdlog::level::to_string_view(message.level);
        fmt::format_to(std::back_inserter(line),
                       R"({{"time":"{:%Y-%m-%dT%H:%M:%S}.{:03}Z","level":"{}","message":")",
                       fmt::gmtime(static_cast<std::time_t>(millis / 1000)), millis % 1000,
                       std::string_view(level.data(), level.size()));
        append_escaped(line, {message.payload.data(), message.payload.size()});
        fmt::format_to(std::back_inserter(line), "\"}}\n");
    }
    std::unique_ptr<formatter> clone() const override { return std::make_unique<JsonLines>(); }
};

}  // namespace

std::unique_ptr<spdlog::formatter> json_lines() {
    return std::make_unique<JsonLines>();
}

void start_logging(const std::string& level, const std::string& format) {
    auto logger = std::make_shared<spdlog::logger>("outcry", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    if (format == "json")
        logger->set_formatter(json_lines());
    else
        logger->set_pattern("%H:%M:%S %^%l%$ %v");
    logger->set_level(spdlog::level::from_str(level));
    logger->flush_on(spdlog::level::info);
    spdlog::set_default_logger(std::move(logger));
}

}  // namespace outcry::app
