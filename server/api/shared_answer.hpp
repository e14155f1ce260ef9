// server/api/shared_answer.hpp: public answers: open to every origin, cacheable, and made once for each change
// of the data.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "server/http/router.hpp"

namespace outcry::api {

/// Bodies by address, good for as long as the data has not moved on. Safe from any thread.
class AnswerCache {
 public:
    explicit AnswerCache(std::size_t most_bytes = 16 << 20) : most_bytes_(most_bytes) {}

    struct Answer {
        std::shared_ptr<const std::string> body;
        http::Fields headers;  // with its ETag
    };
    /// Null when nothing was kept for this address at this version of the data.
    std::shared_ptr<const Answer> find(const std::string& target, std::uint64_t version);
    void keep(const std::string& target, std::uint64_t version, std::shared_ptr<const Answer>);

 private:
    std::mutex mutex_;
    std::size_t most_bytes_, bytes_ = 0;
    std::uint64_t version_ = 0;
    std::unordered_map<std::string, std::shared_ptr<const Answer>> answers_;
};

/// A handler round `make`: 406 unless one of `types` is accepted, the kept answer if there is one, public
/// headers on all. `version` rises whenever an answer could be another.
http::Handler share(std::shared_ptr<AnswerCache>, std::function<std::uint64_t()> version,
                    std::vector<std::string_view> types, http::Handler make);

/// Lets scripts of any origin read this answer.
void open_to_every_origin(http::Response&);

}  // namespace outcry::api
