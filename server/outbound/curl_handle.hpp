// server/outbound/curl_handle.hpp: one libcurl transfer with what holds for all of ours; internal to outbound.
#pragma once
#include <curl/curl.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

#include "server/outbound/outcome.hpp"

namespace outcry::outbound {

class CurlList {
 public:
    void add(const std::string& line) { list_.reset(curl_slist_append(list_.release(), line.c_str())); }
    curl_slist* get() const { return list_.get(); }

 private:
    std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> list_{nullptr, &curl_slist_free_all};
};

/// Not to be moved while set up: libcurl holds pointers into it.
class CurlHandle {
 public:
    /// Of mail, what the server says in the conversation is the answer.
    enum class Speaks { http, smtp };
    /// Proxies, .netrc, redirects and signals off; TLS 1.2 or later, certificates checked; answers cut after
    /// `most_read` bytes.
    CurlHandle(Speaks, std::chrono::milliseconds patience, const std::string& ca_file,
               std::size_t most_read = 65'536);
    CurlHandle(const CurlHandle&) = delete;

    template <class Value>
    void set(CURLoption option, Value value) {
        curl_easy_setopt(handle_.get(), option, value);
    }

    /// Hangs up, within a second, once this is true; may be null.
    void stop_at(const std::atomic<bool>* stop);

    /// Runs the transfer; what came of it.
    Outcome perform();

 private:
    static std::size_t read_body(char*, std::size_t, std::size_t, void*);
    static std::size_t read_header(char*, std::size_t, std::size_t, void*);
    static int look_up(void*, curl_off_t, curl_off_t, curl_off_t, curl_off_t);

    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle_;
    char words_[CURL_ERROR_SIZE] = "";
    const bool is_mail_;
    std::size_t most_read_, header_bytes_ = 0;
    Outcome outcome_;
};

}  // namespace outcry::outbound
