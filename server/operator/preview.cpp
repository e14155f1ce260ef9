// server/operator/preview.cpp: read the draft, judge again what is stored, say what differs.
#include "server/operator/preview.hpp"

#include <nlohmann/json.hpp>

#include "server/http/negotiation.hpp"
#include "server/http/problem.hpp"
#include "server/operator/draft.hpp"
#include "server/operator/foresight.hpp"

namespace outcry::operators {

using boost::asio::awaitable;
using http::FieldError;
using http::Response;
using nlohmann::json;

namespace {

struct Wish {
    analytics::DetectorSettings draft;
    std::chrono::minutes window = std::chrono::days{30};
    std::vector<FieldError> errors;
};

/// A key as part of a JSON pointer.
std::string pointer_to(const std::string& parent, const std::string& key) {
    std::string pointer = parent + "/";
    for (const char c : key) pointer += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return pointer;
}

void read_params(Wish& wish, const json& params) {
    if (!params.is_object()) return wish.errors.push_back({"/params", "Give an object of settings."});
    for (const auto& [name, value] : params.items()) {
        const auto wrong =
            set_by_name(wish.draft, name, value.is_number() ? value.get<double>() : std::nan(""));
        if (wrong) wish.errors.push_back({pointer_to("/params", name), *wrong});
    }
}

void read_window(Wish& wish, const json& text) {
    const auto window = text.is_string() ? parse_window(text.get_ref<const std::string&>()) : std::nullopt;
    if (!window) return wish.errors.push_back({"/window", std::string(window_rule)});
    wish.window = *window;
}

Wish read_wish(const json& body, const analytics::DetectorSettings& saved) {
    Wish wish{.draft = saved, .errors = {}};
    if (!body.is_object()) wish.errors.push_back({"", "Give an object with params and window."});
    if (!body.is_object()) return wish;
    for (const auto& [name, value] : body.items()) {
        if (name == "params")
            read_params(wish, value);
        else if (name == "window")
            read_window(wish, value);
        else
            wish.errors.push_back(
                {pointer_to("", name), "There is no such field; known are params and window."});
    }
    return wish;
}

Response wrong_content_type() {
    auto response = http::problem(415, "content-type", "This is not JSON",
                                  "Send the draft as JSON with Content-Type: application/json.");
    response.set("accept-post", "application/json");
    return response;
}

Response too_busy() {
    auto response = http::problem(503, "overload", "Too busy at the moment", "Other previews are being made.");
    response.set("retry-after", "1");
    return response;
}

}  // namespace

awaitable<Response> preview_detector(const http::Request& request, const live::Pulse& pulse,
                                     storage::Database& database, Workbench& bench, RecentRecordings& recent) {
    const auto catalogue = pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return http::problem(404, "unknown-service", "No such service");
    if (!request.query.empty()) co_return http::problem(400, "query", "This address takes no query parameters");
    if (http::media_type(request.header("content-type")) != "application/json") co_return wrong_content_type();
    const auto body = json::parse(request.body, nullptr, false);
    if (body.is_discarded())
        co_return http::problem(400, "unreadable", "The draft cannot be read", "The body is not valid JSON.");
    auto wish = read_wish(body, service->settings);
    if (!wish.errors.empty())
        co_return http::problem(422, "validation", "The draft cannot be used as it is", {},
                                std::move(wish.errors));
    if (!bench.has_room()) co_return too_busy();

    const auto complete = [](const analytics::Board& board) { return board.complete_until(); };
    const RecentRecordings::Key key{service->id, wish.window, co_await pulse.read(complete),
                                    catalogue->version};
    auto recorded = recent.find(key);
    if (!recorded) {
        const auto load = [&](storage::Transaction& tx) {
            return std::make_shared<const live::Recorded>(live::load_recorded(tx, *service, wish.window));
        };
        recorded = co_await database.read(load);
        recent.keep(key, recorded);
    }
    const auto judge = [&] { return foresight_json(foresee(*service, wish.draft, *recorded)); };
    auto response = http::content("application/json", co_await bench.run(judge));
    response.set("cache-control", "no-store");
    co_return response;
}

}  // namespace outcry::operators
