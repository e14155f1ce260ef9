// tests/fuzz/submission_fuzz.cpp: whatever bytes come, a submission is read or refused with words, and keeps
// its promises.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ingest/submission.hpp"
#include "ingest/text.hpp"

using namespace outcry::ingest;

namespace {

void demand(bool kept) {
    if (!kept) std::abort();
}

void check(const Parsed& parsed) {
    if (const auto* refused = std::get_if<std::vector<Rejection>>(&parsed)) {
        demand(!refused->empty() && refused->size() <= 16);
        for (const auto& rejection : *refused) {
            demand(rejection.status == refused->front().status &&
                   (rejection.status == 400 || rejection.status == 422));
            demand(is_valid_utf8(rejection.pointer) && is_valid_utf8(rejection.reason) &&
                   !rejection.reason.empty());
        }
        return;
    }
    const auto& submission = std::get<Submission>(parsed);
    demand(is_valid_utf8(submission.message) && characters(submission.message) <= most_message_characters);
    demand(!first_control(submission.message) &&
           without_bidi_controls(submission.message) == submission.message);
    demand(!submission.category ||
           (!submission.category->empty() && submission.category->size() <= most_category_characters));
    demand(submission.region.empty() || (submission.region.size() >= 2 && submission.region.size() <= 6));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    check(parse_json_submission(body));
    check(parse_form_submission(body));
    return 0;
}
