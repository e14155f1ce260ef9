// server/storage/array_text.hpp: an array parameter in PostgreSQL's text form, built in one string; internal to
// storage.
#pragma once
#include <fmt/format.h>

#include <concepts>
#include <iterator>
#include <string>
#include <string_view>

namespace outcry::storage {

/// Turned into columns by unnest() in the query, which names the types.
class ArrayText {
 public:
    template <std::integral Number>
    ArrayText& add(Number number) {
        separate();
        if constexpr (std::same_as<Number, bool>)
            text_ += number ? 't' : 'f';
        else
            fmt::format_to(std::back_inserter(text_), "{}", number);
        return *this;
    }
    /// A word without quotes, backslashes, commas, braces or spaces, for example a uuid.
    ArrayText& add_plain(std::string_view word) {
        separate();
        text_ += word;
        return *this;
    }
    ArrayText& add(std::string_view value) {
        separate();
        text_ += '"';
        for (const char c : value) {
            if (c == '"' || c == '\\') text_ += '\\';
            text_ += c;
        }
        text_ += '"';
        return *this;
    }
    ArrayText& add_null() { return add_plain("NULL"); }

    std::string str() const { return text_ + '}'; }

 private:
    void separate() {
        if (text_.size() > 1) text_ += ',';
    }
    std::string text_ = "{";
};

}  // namespace outcry::storage
