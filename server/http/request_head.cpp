// server/http/request_head.cpp: the head of one request, its grammar read by Beast, its meaning by the guard.
#include "server/http/request_head.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>

namespace outcry::http {

namespace beast = boost::beast;

namespace {

/// Collects what Beast's grammar finds, straight into our own values.
class HeadParser : public beast::http::basic_parser<true> {
 public:
    explicit HeadParser(RawHead& head) : head_(head) {
        header_limit(most_head_bytes + 1);
        body_limit(boost::none);
    }

 private:
    void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target, int version,
                         beast::error_code&) override {
        head_.method = std::string_view(method);
        head_.target = std::string_view(target);
        head_.version = static_cast<unsigned>(version);
    }
    void on_field_impl(beast::http::field, beast::string_view name, beast::string_view value,
                       beast::error_code&) override {
        auto& field = head_.fields.emplace_back(std::string_view(name), std::string_view(value));
        for (auto& c : field.first) {
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        }
    }
    void on_response_impl(int, beast::string_view, int, beast::error_code&) override {}
    void on_header_impl(beast::error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, beast::error_code&) override {}
    std::size_t on_body_impl(beast::string_view, beast::error_code&) override { return 0; }
    void on_chunk_header_impl(std::uint64_t, beast::string_view, beast::error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view, beast::error_code&) override { return 0; }
    void on_finish_impl(beast::error_code&) override {}

    RawHead& head_;
};

}  // namespace

std::variant<RequestHead, NeedMore, Refusal> read_head(std::string_view received) {
    const auto end = received.find("\r\n\r\n");
    const auto whole = end == std::string_view::npos ? received : received.substr(0, end + 4);
    if (const auto refusal = check_bytes(whole)) return *refusal;
    if (end == std::string_view::npos || whole.size() > most_head_bytes) {
        if (received.size() < most_head_bytes) return NeedMore{};
        const bool in_first_line = received.substr(0, most_head_bytes).find("\r\n") == std::string_view::npos;
        return in_first_line ? Refusal{414, "The address is too long."}
                             : Refusal{431, "The header is too long."};
    }
    RequestHead head;
    head.bytes = whole.size();
    head.raw.fields.reserve(12);
    HeadParser parser(head.raw);
    beast::error_code error;
    parser.put(boost::asio::buffer(whole.data(), whole.size()), error);
    if ((error && error != beast::http::error::need_more) || !parser.is_header_done()) {
        return Refusal{400, "The header breaks the grammar of HTTP."};
    }
    auto checked = check_head(head.raw);
    if (const auto* refusal = std::get_if<Refusal>(&checked)) return *refusal;
    head.framing = std::get<Framing>(checked);
    return head;
}

}  // namespace outcry::http
