// tests/fuzz/request_head_fuzz.cpp: whatever bytes come, a head is taken only if it can be read in one way.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "server/http/request_head.hpp"
#include "server/http/target.hpp"

using namespace outcry::http;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto read = read_head(bytes);
    if (const auto* refusal = std::get_if<Refusal>(&read)) {
        require(refusal->status >= 400 && refusal->status < 600 && !refusal->reason.empty());
        return 0;
    }
    const auto* head = std::get_if<RequestHead>(&read);
    if (!head) return 0;
    const auto taken = bytes.substr(0, head->bytes);
    require(taken.ends_with("\r\n\r\n") && taken.size() <= most_head_bytes);
    require(taken.find("\n ") == std::string_view::npos && taken.find("\n\t") == std::string_view::npos);
    require(taken.find('\0') == std::string_view::npos);
    int hosts = 0, lengths = 0;
    for (const auto& [name, value] : head->raw.fields) {
        hosts += name == "host";
        lengths += name == "content-length";
        require(name != "transfer-encoding");
        require(value.find_first_of("\r\n") == std::string::npos);
    }
    require(hosts == 1 && lengths <= 1 && head->raw.fields.size() <= most_fields);
    // What follows a head must not change how it is read.
    const auto again = read_head(taken);
    require(std::holds_alternative<RequestHead>(again));
    if (const auto target = parse_target(head->raw.target)) require(is_valid_utf8(target->path));
    return 0;
}
