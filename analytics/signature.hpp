// analytics/signature.hpp: what many people's messages have in common, without what is any one person's own.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analytics/time.hpp"

namespace outcry::analytics {

/// Messages with the same key say the same. Both are empty when nothing of a message can be compared.
struct Signature {
    std::string key;    // lower case, without punctuation
    std::string shown;  // one line of at most 120 characters, as it may be shown

    friend bool operator==(const Signature&, const Signature&) = default;
};

/// Codes and numbers stay, since they are often the message ("451 4.3.2"). What is of one person, place or
/// moment (addresses of mail, web and network, times, dates, long numbers and identifiers) becomes "…" in both.
/// Invisible and bidirectional control characters are left out. Expects UTF-8; other bytes are carried along.
Signature signature_of(std::string_view message);

/// Messages of one signature; `voices` are some of those who wrote, as many as matter.
struct MessageCount {
    Signature signature;
    std::uint64_t count = 0;
    Minute last_seen{};
    std::vector<std::int64_t> voices{};
};

/// Several signatures that are alike (trigrams, and the same numbers), under the most frequent one of them.
struct MessageGroup {
    std::string example;
    std::uint64_t count = 0;
    Minute last_seen{};
};

/// Groups that at least `least_voices` different people wrote, largest first, at most `most`. Looks at the 200
/// most frequent signatures.
std::vector<MessageGroup> group_alike(std::vector<MessageCount>, std::size_t least_voices, std::size_t most);

}  // namespace outcry::analytics
