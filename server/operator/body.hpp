// server/operator/body.hpp: JSON that operators' programs send and get: read, or refused with the place of the
// mistake; and written.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.hpp"
#include "server/http/problem.hpp"

namespace outcry::operators {

/// Bad UTF-8 is replaced.
http::Response answer(const nlohmann::json&, unsigned status = 200);

/// A key as part of a JSON pointer.
std::string pointer_to(const std::string& parent, const std::string& key);

/// 400 when the address has a parameter that is not among these, or one of them twice.
std::optional<http::Response> refuse_query(const http::Request&, const std::vector<std::string_view>& known);

/// 415 when there is a body that does not say that it is JSON.
std::optional<http::Response> refuse_content_type(const http::Request&);

/// Reads an object into `body`; otherwise the refusal.
std::optional<http::Response> refuse_body(const http::Request&, nlohmann::json& body);

/// Adds an error for every field that is not among these.
void refuse_unknown(const nlohmann::json& body, std::vector<std::string_view> known,
                    std::vector<http::FieldError>& errors);

/// The text of a field; an error when it is missing (and required), no text, or longer than `most` bytes.
std::string text_field(const nlohmann::json& body, const std::string& name, bool required, std::size_t most,
                       std::vector<http::FieldError>& errors);

/// What If-Match asks for: nothing when it is missing. "*" takes whatever holds.
struct IfMatch {
    bool any = false;
    std::string etag;  // with its quotes
};
std::optional<IfMatch> if_match(const http::Request&);
/// 428: a change must name what it was made from.
http::Response precondition_required();

}  // namespace outcry::operators
