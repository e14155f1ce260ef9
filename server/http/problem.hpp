// server/http/problem.hpp: the one maker of application/problem+json (RFC 9457).
#pragma once
#include <string>
#include <vector>

#include "server/http/message.hpp"

namespace outcry::http {

struct FieldError {
    std::string pointer;  // JSON pointer into the body ("/category"), or "?name" for a query parameter
    std::string detail;   // what is wrong and what to do, a sentence for people
};

/// `type` is the last part of the problem's address, e.g. "validation"; it resolves under /api/problems/.
/// `members` is a JSON object of what else the problem tells (RFC 9457, 3.2); empty: nothing.
Response problem(unsigned status, std::string type, std::string title, std::string detail = {},
                 std::vector<FieldError> errors = {}, const std::string& members = {});

}  // namespace outcry::http
