// server/operator/form.hpp: what an operator's form says; everything is text until it is checked.
#pragma once
#include <string>
#include <string_view>

#include "server/http/message.hpp"

namespace outcry::operators {

/// The fields of a form's body; empty when it is no form or cannot be decoded.
http::Fields read_form(const http::Request&);

/// The value without spaces at either end; empty when there is none.
std::string trimmed(const http::Fields&, std::string_view name);

}  // namespace outcry::operators
