// ingest/submission_form.cpp: reads the page's form (WHATWG URL, application/x-www-form-urlencoded), strictly.
#include "ingest/submission_draft.hpp"
#include "ingest/text.hpp"

namespace outcry::ingest {
namespace {

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// Nothing when an escape is broken or the result is not UTF-8.
std::optional<std::string> decoded(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            plain += text[i] == '+' ? ' ' : text[i];
            continue;
        }
        const int high = i + 2 < text.size() ? digit_of(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? digit_of(text[i + 2]) : -1;
        if (high < 0 || low < 0) return std::nullopt;
        plain += static_cast<char>(high << 4 | low);
        i += 2;
    }
    return is_valid_utf8(plain) ? std::optional{std::move(plain)} : std::nullopt;
}

/// Browsers send the line breaks of a text area as CR LF, and count each as one character.
std::string with_plain_line_breaks(std::string text) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        plain += text[i];
    }
    return plain;
}

void set(SubmissionDraft& draft, std::string_view name, std::string value) {
    if (value.empty()) return;
    if (name != "works") {
        draft.set_text(name, with_plain_line_breaks(std::move(value)));
    } else if (value == "1" || value == "true" || value == "on") {
        draft.set_works(true);
    } else if (value != "0" && value != "false") {
        draft.refuse(name, "\"works\" is 1 when the service works for you; leave it out otherwise.");
    }
}

}  // namespace

Parsed parse_form_submission(std::string_view body) {
    SubmissionDraft draft;
    while (!body.empty()) {
        const auto pair = body.substr(0, body.find('&'));
        body.remove_prefix(std::min(body.size(), pair.size() + 1));
        if (pair.empty()) continue;
        const auto equals = pair.find('=');
        const auto name = decoded(pair.substr(0, equals));
        if (!name) return refuse_body(400, "The form has a field whose name is not percent-encoded UTF-8.");
        auto value = decoded(equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1));
        if (!value)
            return refuse_body(
                400, "The form is not percent-encoded UTF-8; look at the field " + quoted(*name) + ".");
        if (draft.open(*name)) set(draft, *name, std::move(*value));
    }
    return std::move(draft).finish();
}

}  // namespace outcry::ingest
