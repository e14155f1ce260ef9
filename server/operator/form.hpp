// server/operator/form.hpp: what an operator's form says; everything is text until it is checked.
#pragma once
#include <string>
#include <string_view>

#include "server/http/message.hpp"
#include "server/pages/words.hpp"

namespace outcry::operators {

/// The fields of a form's body; empty when it is no form or cannot be decoded.
http::Fields read_form(const http::Request&);

/// The value without spaces at either end; empty when there is none.
std::string trimmed(const http::Fields&, std::string_view name);

/// Code points of valid UTF-8.
std::size_t characters(std::string_view utf8);

/// The field "why", for the audit log. It may be left empty.
struct Why {
    std::string text;
    std::string error;  // empty: it can be kept
};
Why read_why(const http::Fields&, const pages::Words&);

}  // namespace outcry::operators
