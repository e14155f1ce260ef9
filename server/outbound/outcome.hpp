// server/outbound/outcome.hpp: how one attempt to reach somebody ended.
#pragma once
#include <chrono>
#include <string>
#include <string_view>

namespace outcry::outbound {

enum class Trouble {
    none,        // an answer came
    address,     // it is no address we understand, or one that no request goes to
    name,        // the host's name leads nowhere
    connection,  // nobody listens, or they hung up
    tls,         // no encryption, or a certificate that does not prove who answers
    timeout,     // more than ten seconds
    redirect,    // they point elsewhere; we do not go there
    protocol     // what answers does not speak HTTP or SMTP
};

/// The name in the database, the API and the text catalogue.
std::string_view to_string(Trouble);

struct Outcome {
    unsigned status = 0;              // of HTTP or SMTP; 0: no answer came
    std::string answer;               // its first 64 kB
    bool cut = false;                 // there was more
    std::string etag, last_modified;  // headers of the answer, for the next conditional request
    std::string retry_after, date;    // the same, for when the next one may come
    std::chrono::milliseconds took{};
    Trouble trouble = Trouble::none;
    std::string detail;  // what exactly went wrong, in a technician's words
};

}  // namespace outcry::outbound
