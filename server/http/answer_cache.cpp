// server/http/answer_cache.cpp: see the header.
#include "server/http/answer_cache.hpp"

namespace outcry::http {

std::optional<Response> AnswerCache::find(const std::string& key, std::uint64_t version) {
    std::shared_ptr<const Answer> answer;
    {
        const std::lock_guard lock(mutex_);
        if (version != version_) return std::nullopt;
        const auto found = answers_.find(key);
        if (found == answers_.end()) return std::nullopt;
        answer = found->second;
    }
    Response response;
    response.headers = answer->headers;
    response.body = answer->body;
    return response;
}

void AnswerCache::keep(const std::string& key, std::uint64_t version, const Response& response) {
    constexpr std::size_t overhead = 512;
    auto answer = std::make_shared<const Answer>(Answer{response.body, response.headers});
    const auto added = key.size() + answer->body->size() + overhead;
    const std::lock_guard lock(mutex_);
    if (version < version_) return;  // made from data that has moved on meanwhile
    if (version > version_ || bytes_ + added > most_bytes_) {
        answers_.clear();
        bytes_ = 0;
        version_ = version;
    }
    if (added <= most_bytes_ && answers_.emplace(key, std::move(answer)).second) bytes_ += added;
}

}  // namespace outcry::http
