// server/http/message.hpp: requests and responses as plain values; no file that includes this sees Beast.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/address.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/http/fields.hpp"

namespace outcry::http {

struct Request {
    Method method = Method::get;
    std::string target;  // as sent: path and query
    std::string path;    // without base path and query; percent-decoded, valid UTF-8, no NUL
    Fields query;        // decoded, in order, repeated names kept
    Fields params;       // what {name} in the route matched
    Fields headers;
    std::string body;
    boost::asio::ip::address client;  // after trusted proxies
    bool secure = false;              // came by https to a trusted proxy
    std::string id;                   // also sent back as X-Request-Id

    /// The value, or empty. Names in lower case.
    std::string_view header(std::string_view name) const;
    std::string_view param(std::string_view name) const;
    std::optional<std::string_view> query_value(std::string_view name) const;
    /// Scheme and host as the client sees them, "https://status.example.org"; empty without a Host.
    std::string origin() const;
};

/// A source of Server-Sent Events: one serialised frame at a time, null when it has ended. Frames are shared by
/// all subscribers.
class FrameSource {
 public:
    virtual ~FrameSource() = default;
    virtual boost::asio::awaitable<std::shared_ptr<const std::string>> next() = 0;
};

struct Response {
    unsigned status = 200;
    Fields headers;
    std::shared_ptr<const std::string> body;  // null: no body
    std::unique_ptr<FrameSource> stream;      // set: text/event-stream, until it or the client ends

    /// Replaces the header of this name, or adds it. Names in lower case.
    Response& set(std::string name, std::string value);
    std::string_view header(std::string_view name) const;
};

/// 200 (or `status`) with a body of this type.
Response content(std::string type, std::string body, unsigned status = 200);
Response redirect(std::string location);  // 303

using Handler = std::function<boost::asio::awaitable<Response>(const Request&)>;

}  // namespace outcry::http
