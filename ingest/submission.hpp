// ingest/submission.hpp: from untrusted bytes to checked values; pure, and every refusal names the field and the fix.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace outcry::ingest {

/// Why a submission was refused. `status` is the HTTP status it deserves: 400 (not readable) or 422 (readable, wrong).
struct Rejection {
    int status = 422;
    std::string pointer;  // JSON pointer, "" for the whole body
    std::string reason;   // a sentence with the fix
};

struct Submission {
    std::optional<std::string> category;  // its key; whether the service has it is checked by the caller
    std::string message;                  // bidirectional controls stripped, trimmed
    std::string region;                   // upper case, a known ISO 3166-1 country with an optional subdivision
    bool works = false;
    std::string client;                   // the page's signed anonymous token, unchecked; empty: none
};

using Parsed = std::variant<Submission, std::vector<Rejection>>;

Parsed parse_json_submission(std::string_view body);
/// application/x-www-form-urlencoded, from the page's own form.
Parsed parse_form_submission(std::string_view body);

}  // namespace outcry::ingest
