// ingest/submission_json.cpp: reads a submission event by event, so that nothing of a hostile body is ever
// built in memory.
#include <nlohmann/json.hpp>

#include "ingest/submission_draft.hpp"

namespace outcry::ingest {
namespace {

constexpr int deepest = 32;

/// nlohmann's SAX interface. Depth 1 is inside the one object that is wanted.
class Reader {
 public:
    using Json = nlohmann::json;

    bool null() { return scalar("null"); }
    bool boolean(bool value) {
        if (depth_ == 1 && field_ == "works") {
            draft_.set_works(value);
            return true;
        }
        return scalar("a boolean");
    }
    bool number_integer(Json::number_integer_t) { return scalar("a number"); }
    bool number_unsigned(Json::number_unsigned_t) { return scalar("a number"); }
    bool number_float(Json::number_float_t, const std::string&) { return scalar("a number"); }
    bool binary(Json::binary_t&) { return scalar("binary"); }
    bool string(std::string& value) {
        if (depth_ == 1 && !field_.empty() && field_ != "works") {
            draft_.set_text(field_, value);
            return true;
        }
        return scalar("a string");
    }

    bool start_object(std::size_t) {
        if (depth_ == 0) is_object_ = true;
        return start("an object");
    }
    bool key(std::string& name) {
        if (depth_ == 1) field_ = draft_.open(name) ? name : std::string{};
        return true;
    }
    bool end_object() { return end(); }
    bool start_array(std::size_t) { return start("an array"); }
    bool end_array() { return end(); }

    bool parse_error(std::size_t position, const std::string&, const Json::exception&) {
        broken_at_ = position;
        return false;
    }

    Parsed finish(bool complete) && {
        if (depth_ > deepest)
            return refuse_body(400, "The body is nested too deeply; send one flat JSON object.");
        if (!complete) {
            return refuse_body(400, "The body is not valid JSON in UTF-8: look at byte " +
                                        std::to_string(broken_at_) +
                                        ". Send one flat JSON object, for example {\"category\":\"login\"}.");
        }
        if (!is_object_)
            return refuse_body(
                422, "The body is JSON but not an object; send for example {\"category\":\"login\"}.");
        return std::move(draft_).finish();
    }

 private:
    bool start(std::string_view what) {
        scalar(what);
        return ++depth_ <= deepest;
    }
    bool end() {
        --depth_;
        return true;
    }
    /// A value of the wrong type, if it is a field's; elsewhere it has been refused with what surrounds it.
    bool scalar(std::string_view what) {
        if (depth_ != 1 || field_.empty()) return true;
        const std::string wanted = field_ == "works" ? "true or false" : "a string";
        draft_.refuse(field_, '"' + field_ + "\" must be " + wanted + ", not " + std::string(what) +
                                  "; leave it out if there is none.");
        return true;
    }

    SubmissionDraft draft_;
    std::string field_;  // the known field whose value comes next; empty: none of ours
    int depth_ = 0;
    bool is_object_ = false;
    std::size_t broken_at_ = 0;
};

}  // namespace

Parsed parse_json_submission(std::string_view body) {
    // The parser takes a NUL for the end of its input, and would not see what follows it.
    if (const auto nul = body.find('\0'); nul != std::string_view::npos) {
        return refuse_body(400, "The body is not valid JSON: byte " + std::to_string(nul + 1) + " is NUL.");
    }
    Reader reader;
    const bool complete = nlohmann::json::sax_parse(body.begin(), body.end(), &reader);
    return std::move(reader).finish(complete);
}

}  // namespace outcry::ingest
