// server/operator/tuning/preview.cpp: read the draft, judge again what is stored, say what differs.
#include "server/operator/tuning/preview.hpp"

#include <nlohmann/json.hpp>

#include "server/http/problem.hpp"
#include "server/operator/body.hpp"
#include "server/operator/tuning/draft.hpp"
#include "server/operator/tuning/foresight.hpp"

namespace outcry::operators {

using boost::asio::awaitable;
using http::FieldError;
using http::Response;
using nlohmann::json;

namespace {

struct Wish {
    analytics::DetectorSettings draft;
    std::chrono::minutes window = tuning_window;
    Against against = Against::record;
    std::vector<FieldError> errors;
};

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

void read_against(Wish& wish, const json& text) {
    if (text == "record")
        wish.against = Against::record;
    else if (text == "saved")
        wish.against = Against::saved;
    else
        wish.errors.push_back({"/against",
                               "Give \"record\" (what the board did) or \"saved\" (the settings in "
                               "force now, all along)."});
}

Wish read_wish(const json& body, const analytics::DetectorSettings& saved) {
    Wish wish{.draft = saved, .errors = {}};
    for (const auto& [name, value] : body.items()) {
        if (name == "params")
            read_params(wish, value);
        else if (name == "window")
            read_window(wish, value);
        else if (name == "against")
            read_against(wish, value);
        else
            wish.errors.push_back(
                {pointer_to("", name), "There is no such field; known are params, window and against."});
    }
    return wish;
}

Response too_busy() {
    auto response = http::problem(503, "overload", "Too busy at the moment", "Other previews are being made.");
    response.set("retry-after", "1");
    return response;
}

}  // namespace

awaitable<Response> preview_detector(const http::Request& request, const live::Pulse& pulse,
                                     storage::Database& database, Workbench& bench, RecentPasts& recent) {
    const auto catalogue = pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return http::problem(404, "unknown-service", "No such service");
    json body;
    if (auto refused = refuse_body(request, body)) co_return std::move(*refused);
    auto wish = read_wish(body, service->settings);
    if (!wish.errors.empty())
        co_return http::problem(422, "validation", "The draft cannot be used as it is", {},
                                std::move(wish.errors));
    if (!bench.has_room()) co_return too_busy();

    const std::vector<const storage::Service*> wanted(1, service);
    const auto past = co_await look_back(pulse, database, recent, *catalogue, wanted, wish.window);
    const auto& recorded = past.front();
    const auto said = [&](storage::Transaction& tx) {
        return storage::load_labels(tx, service->id, recorded->from, recorded->to);
    };
    const auto labels = co_await database.read(said);
    const auto judge = [&] {
        return foresight_json(foresee(*service, wish.draft, *recorded, wish.against, labels));
    };
    auto response = http::content("application/json", co_await bench.run(judge));
    response.set("cache-control", "no-store");
    co_return response;
}

}  // namespace outcry::operators
