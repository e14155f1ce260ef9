// ingest/submission.hpp: from untrusted bytes to checked values; pure, and every refusal names the field and
// the fix.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace outcry::ingest {

inline constexpr std::size_t most_message_characters = 500;
inline constexpr std::size_t most_category_characters = 64;

/// Why a submission was refused. `status` is the HTTP status it deserves: 400 (not readable) or 422 (readable,
/// wrong); all rejections of one submission have the same.
struct Rejection {
    int status = 422;
    std::string pointer;  // JSON pointer, "" for the whole body
    std::string reason;   // a sentence with the fix
};

struct Submission {
    std::optional<std::string> category;  // its key; whether the service has it is checked by the caller
    std::string message;  // bidirectional controls stripped, white space at its ends too; no other control
                          // characters than tab and line breaks, with which it would have been refused
    std::string region;   // upper case, a known ISO 3166-1 country with an optional subdivision
    bool works = false;
    std::string client;  // the page's signed anonymous token, unchecked; empty: none
};

using Parsed = std::variant<Submission, std::vector<Rejection>>;

/// One JSON object with some of category, message, region, works and client; a field that is not said is left
/// out.
Parsed parse_json_submission(std::string_view body);

/// application/x-www-form-urlencoded, from the page's own form: the same fields; an empty one was not filled
/// in.
Parsed parse_form_submission(std::string_view body);

}  // namespace outcry::ingest
