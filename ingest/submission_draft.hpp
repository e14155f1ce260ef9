// ingest/submission_draft.hpp: a submission while its fields are being checked; what both readers, JSON and
// form, share.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "ingest/submission.hpp"

namespace outcry::ingest {

/// Collects fields and refusals; values are valid UTF-8.
class SubmissionDraft {
 public:
    static bool is_field(std::string_view name);

    /// Notes that the field has come; false, with a refusal, when it is unknown or came before.
    bool open(std::string_view name);
    /// Checks the value of a known field of text (every one but "works").
    void set_text(std::string_view name, std::string_view value);
    void set_works(bool works) { submission_.works = works; }
    /// A refusal of one field; beyond the first few they are dropped, so that no answer is larger than its
    /// question.
    void refuse(std::string_view name, std::string reason);

    Parsed finish() &&;

 private:
    Submission submission_;
    std::vector<Rejection> rejections_;
    std::vector<std::string> seen_;
};

/// A name as sent, in quotation marks, cut between characters to a length that fits into a sentence.
std::string quoted(std::string_view name);

/// The refusal of a body as a whole.
Parsed refuse_body(int status, std::string reason);

}  // namespace outcry::ingest
