// server/http/answer_cache.hpp: answers that are made once for each change of the data, and then served as
// bytes.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "server/http/message.hpp"

namespace outcry::http {

/// Successful answers by key, good for as long as the data has not moved on. Safe from any thread.
class AnswerCache {
 public:
    explicit AnswerCache(std::size_t most_bytes = 16 << 20) : most_bytes_(most_bytes) {}

    /// A copy that shares the body's bytes; nothing when none was kept under this key at this version of the
    /// data.
    std::optional<Response> find(const std::string& key, std::uint64_t version);
    /// Forgets everything of older versions. When full it starts afresh, so that whoever fills it with odd
    /// addresses keeps nobody else's out.
    void keep(const std::string& key, std::uint64_t version, const Response&);

 private:
    struct Answer {
        std::shared_ptr<const std::string> body;
        Fields headers;
    };

    std::mutex mutex_;
    std::size_t most_bytes_, bytes_ = 0;
    std::uint64_t version_ = 0;
    std::unordered_map<std::string, std::shared_ptr<const Answer>> answers_;
};

}  // namespace outcry::http
