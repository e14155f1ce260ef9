// ingest/submission_draft.cpp: the rules of each field, and the sentence that goes with each refusal.
#include "ingest/submission_draft.hpp"

#include <algorithm>
#include <array>

#include "ingest/region.hpp"
#include "ingest/text.hpp"

namespace outcry::ingest {
namespace {

constexpr std::array<std::string_view, 5> fields{"category", "message", "region", "works", "client"};
constexpr std::string_view known_fields = "category, message, region, works and client";
constexpr std::size_t most_rejections = 16;
constexpr std::size_t most_client_bytes = 128;

/// RFC 6901: ~ and / inside a name are escaped.
std::string pointer_to(std::string_view name) {
    std::string pointer = "/";
    for (const char c : beginning(name, 256)) {
        if (c == '~') {
            pointer += "~0";
        } else if (c == '/') {
            pointer += "~1";
        } else {
            pointer += c;
        }
    }
    return pointer;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const auto from = text.find_first_not_of(blank);
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(blank) - from + 1);
}

bool is_key(std::string_view key) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !key.empty() && key.size() <= most_category_characters && std::all_of(key.begin(), key.end(), fits);
}

}  // namespace

bool SubmissionDraft::is_field(std::string_view name) {
    return std::find(fields.begin(), fields.end(), name) != fields.end();
}

bool SubmissionDraft::open(std::string_view name) {
    if (!is_field(name)) {
        refuse(name, "There is no field " + quoted(name) + "; leave it out. The fields are " +
                         std::string(known_fields) + ".");
        return false;
    }
    if (std::find(seen_.begin(), seen_.end(), name) != seen_.end()) {
        refuse(name, "The field " + quoted(name) + " came twice; send it once.");
        return false;
    }
    seen_.emplace_back(name);
    return true;
}

void SubmissionDraft::set_text(std::string_view name, std::string_view value) {
    if (name == "category") {
        if (!is_key(value)) {
            refuse(name,
                   "A category is the key of one of the service's categories: 1 to 64 of a-z, 0-9 and \"-\". "
                   "Leave it out if none fits.");
            return;
        }
        submission_.category = std::string(value);
    } else if (name == "message") {
        if (first_control(value)) {
            refuse(name, "Remove the control characters from the message; only tabs and line breaks may stay.");
            return;
        }
        auto message = without_bidi_controls(value);
        message = std::string(trimmed(message));
        if (const auto length = characters(message); length > most_message_characters) {
            refuse(name,
                   "Shorten the message to at most 500 characters; it has " + std::to_string(length) + ".");
            return;
        }
        submission_.message = std::move(message);
    } else if (name == "region") {
        auto region = parse_region(value);
        if (!region) {
            refuse(name,
                   "A region is an ISO 3166 code such as \"DE\" or \"US-CA\". Leave it out if you would rather "
                   "not say.");
            return;
        }
        submission_.region = std::move(*region);
    } else if (name == "client") {
        // Whatever no token of ours can be says nothing; an old or forged one must not stop anyone from
        // reporting.
        if (value.size() <= most_client_bytes) submission_.client = std::string(value);
    }
}

void SubmissionDraft::refuse(std::string_view name, std::string reason) {
    if (rejections_.size() < most_rejections) rejections_.push_back({422, pointer_to(name), std::move(reason)});
}

Parsed SubmissionDraft::finish() && {
    if (!rejections_.empty()) return std::move(rejections_);
    return std::move(submission_);
}

std::string quoted(std::string_view name) {
    const auto shown = beginning(name, 64);
    return '"' + std::string(shown) + (shown.size() < name.size() ? "…\"" : "\"");
}

Parsed refuse_body(int status, std::string reason) {
    return std::vector<Rejection>{{status, "", std::move(reason)}};
}

}  // namespace outcry::ingest
