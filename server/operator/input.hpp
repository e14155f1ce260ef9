// server/operator/input.hpp: what an operator has sent, from a form or as JSON, and what is wrong with it.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.hpp"

namespace outcry::operators {

/// One field that cannot be taken as it is.
struct Flaw {
    std::string field;     // "address"
    std::string sentence;  // what is wrong and what to do
};
using Flaws = std::vector<Flaw>;

/// The first sentence about a field; empty when it is well.
std::string flaw_of(const Flaws&, std::string_view field);

/// Fields by name, each a text without spaces at either end. A JSON number or boolean is its text, null is
/// empty.
class Input {
 public:
    using Fields = std::map<std::string, std::string, std::less<>>;
    Input() = default;
    /// As if these had been sent.
    explicit Input(Fields fields) : fields_(std::move(fields)) {}

    /// Of a form, or of a JSON object when the request says that it is one. `known`: every field there is.
    /// What is neither, or holds anything unknown or nested, is put into `flaws`; its field is empty when it
    /// is the whole.
    static Input read(const http::Request&, const std::vector<std::string_view>& known, Flaws&);

    std::string text(std::string_view name) const;
    bool has(std::string_view name) const { return fields_.contains(name); }

 private:
    Fields fields_;
};

/// 422 with a pointer for each field, or 400 when the whole cannot be read.
http::Response refuse_input(const Flaws&);

}  // namespace outcry::operators
