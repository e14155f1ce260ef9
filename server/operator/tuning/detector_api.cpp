// server/operator/tuning/detector_api.cpp: the same steps as the page, for programs.
#include "server/operator/tuning/detector_api.hpp"

#include <fmt/chrono.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/operator/body.hpp"
#include "server/operator/tuning/draft.hpp"
#include "server/operator/tuning/foresight.hpp"
#include "server/operator/tuning/labelling.hpp"
#include "server/operator/tuning/saving.hpp"

namespace outcry::operators {

using http::FieldError;
using http::problem;
using http::Request;
using http::Response;
using nlohmann::json;
using nlohmann::ordered_json;
using storage::SettingsEntry;

namespace {

std::string rfc3339(Time at) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(at)));
}

ordered_json json_of(const SettingsEntry& entry) {
    return {{"version", entry.version.version},
            {"since", rfc3339(entry.version.since)},
            {"made", rfc3339(entry.made)},
            {"by", entry.by_whom},
            {"note", entry.note},
            {"params", ordered_json::parse(settings_json(entry.version.settings))}};
}

Response answer(const ordered_json& body) {
    return http::content("application/json", body.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
}

Response listed(const ordered_json& list) {
    return answer(ordered_json{{"data", list}});
}

Response versioned(const storage::Service& service, const SettingsEntry& entry) {
    ordered_json body{{"service", service.slug}};
    body.update(json_of(entry));
    auto response = answer(body);
    response.set("etag", '"' + std::to_string(entry.version.version) + '"');
    return response;
}

/// What a request is about: the service of its address, and what it was sent with.
struct Asked {
    std::shared_ptr<const live::Catalogue> catalogue;  // that the service is in
    const storage::Service* service = nullptr;
    IfMatch match;
    json body;
};
enum class Sent { nothing, body, body_and_match };

/// Fills `asked` with what is sent, or says what is missing.
std::optional<Response> refuse(const Tuning& parts, const Request& request, Sent sent, Asked& asked) {
    asked.catalogue = parts.pulse.catalogue();
    asked.service = asked.catalogue->find(request.param("slug"));
    if (!asked.service) return problem(404, "unknown-service", "No such service");
    if (sent == Sent::body_and_match) {
        const auto match = if_match(request);
        if (!match) return precondition_required();
        asked.match = *match;
    }
    return sent == Sent::nothing ? std::nullopt : refuse_body(request, asked.body);
}

Response invalid(std::vector<FieldError> errors) {
    return problem(422, "validation", "The body cannot be used as it is", {}, std::move(errors));
}

Response no_such_version() {
    return invalid({{"/version", "There is no such version; GET …/detector/history lists them."}});
}

analytics::DetectorSettings read_params(const json& body, std::vector<FieldError>& errors) {
    analytics::DetectorSettings read;
    const auto params = body.find("params");
    if (params == body.end() || !params->is_object()) {
        errors.push_back({"/params", "Give an object with all four settings."});
        return read;
    }
    for (const auto& [name, value] : params->items())
        if (const auto wrong = set_by_name(read, name, value.is_number() ? value.get<double>() : std::nan("")))
            errors.push_back({pointer_to("/params", name), *wrong});
    for (const auto& setting : settings())
        if (!params->contains(setting.name) && (setting.also.empty() || !params->contains(setting.also)))
            errors.push_back({pointer_to("/params", std::string(setting.name)),
                              "It is missing; PUT replaces all four. GET tells what holds."});
    return read;
}

/// The version that If-Match names; 0, which no version has, for what names none.
std::optional<std::int32_t> expected_in(const IfMatch& match) {
    if (match.any) return std::nullopt;
    const auto& tag = match.etag;
    const bool quoted = tag.size() > 2 && tag.size() < 12 && tag.front() == '"' && tag.back() == '"';
    const bool digits =
        quoted && std::all_of(tag.begin() + 1, tag.end() - 1, [](char c) { return c >= '0' && c <= '9'; });
    return digits ? std::stoi(tag.substr(1, tag.size() - 2)) : 0;
}

/// Both versions, so that a person or a program can decide.
Response lost(const SaveResult& result, const analytics::DetectorSettings& draft) {
    ordered_json members{{"current", json_of(result.now)},
                         {"yours", {{"params", ordered_json::parse(settings_json(draft))}}}};
    auto response = problem(412, "precondition-failed", "Somebody else was faster",
                            fmt::format("Version {} holds now; nothing was saved. Look at both, and send yours "
                                        "again with If-Match: \"{}\".",
                                        result.now.version.version, result.now.version.version),
                            {}, members.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
    response.set("etag", '"' + std::to_string(result.now.version.version) + '"');
    return response;
}

ordered_json labels_of(storage::Transaction& tx, const storage::Service& service, Time now) {
    const auto until = minute_of(now) + std::chrono::minutes{1};
    auto list = ordered_json::array();
    for (const auto& each : storage::load_labels(tx, service.id, until - std::chrono::days{90}, until))
        list.push_back({{"began", rfc3339(each.began)},
                        {"ended", rfc3339(each.ended)},
                        {"label", each.real ? "real" : "false"},
                        {"by", each.by_whom},
                        {"made", rfc3339(each.made)}});
    return list;
}

}  // namespace

TuneAnswer get_detector(const Tuning& parts, const Request& request, const Actor&) {
    Asked asked;
    if (auto refused = refuse(parts, request, Sent::nothing, asked)) co_return std::move(*refused);
    const auto load = [&](storage::Transaction& tx) {
        return storage::load_settings_log(tx, asked.service->id);
    };
    const auto log = co_await parts.database.read(load);
    co_return versioned(*asked.service, log.front());
}

TuneAnswer put_detector(const Tuning& parts, const Request& request, const Actor& actor) {
    Asked asked;
    if (auto refused = refuse(parts, request, Sent::body_and_match, asked)) co_return std::move(*refused);
    std::vector<FieldError> errors;
    refuse_unknown(asked.body, {"params", "note"}, errors);
    const auto note = text_field(asked.body, "note", true, longest_note, errors);
    const auto draft = read_params(asked.body, errors);
    if (!errors.empty()) co_return invalid(std::move(errors));

    const auto now = parts.clock.now();
    const auto save = [&](storage::Transaction& tx) {
        return save_settings(tx, {{asked.service->id, asked.service->slug, draft, expected_in(asked.match)}},
                             {actor.audit_name(), note}, now);
    };
    const auto results = co_await parts.database.transact(save);
    co_return results.front().lost ? lost(results.front(), draft)
                                   : versioned(*asked.service, results.front().now);
}

TuneAnswer get_detector_history(const Tuning& parts, const Request& request, const Actor&) {
    Asked asked;
    if (auto refused = refuse(parts, request, Sent::nothing, asked)) co_return std::move(*refused);
    const auto load = [&](storage::Transaction& tx) {
        return storage::load_settings_log(tx, asked.service->id);
    };
    auto list = ordered_json::array();
    const auto log = co_await parts.database.read(load);
    for (const auto& entry : log) list.push_back(json_of(entry));
    co_return listed(list);
}

TuneAnswer post_detector_rollback(const Tuning& parts, const Request& request, const Actor& actor) {
    Asked asked;
    if (auto refused = refuse(parts, request, Sent::body_and_match, asked)) co_return std::move(*refused);
    std::vector<FieldError> errors;
    refuse_unknown(asked.body, {"version", "note"}, errors);
    const auto note = text_field(asked.body, "note", true, longest_note, errors);
    const auto version = asked.body.find("version");
    if (version == asked.body.end() || !version->is_number_integer())
        errors.push_back({"/version", "Give the number of the version to go back to."});
    if (!errors.empty()) co_return invalid(std::move(errors));

    const auto now = parts.clock.now();
    const auto to = version->get<std::int32_t>();
    const auto back = [&](storage::Transaction& tx) {
        return roll_back(tx, *asked.service, to, expected_in(asked.match),
                         {actor.audit_name(), note, "detector.roll_back"}, now);
    };
    const auto result = co_await parts.database.transact(back);
    if (!result) co_return no_such_version();
    const auto load = [&](storage::Transaction& tx) {
        return storage::load_settings_log(tx, asked.service->id);
    };
    const auto log = co_await parts.database.read(load);
    const auto wanted =
        std::find_if(log.begin(), log.end(), [&](const auto& entry) { return entry.version.version == to; });
    co_return result->lost ? lost(*result, wanted->version.settings) : versioned(*asked.service, result->now);
}

TuneAnswer get_labels(const Tuning& parts, const Request& request, const Actor&) {
    Asked asked;
    if (auto refused = refuse(parts, request, Sent::nothing, asked)) co_return std::move(*refused);
    const auto now = parts.clock.now();
    const auto load = [&](storage::Transaction& tx) { return labels_of(tx, *asked.service, now); };
    const auto list = co_await parts.database.read(load);
    co_return listed(list);
}

TuneAnswer post_labels(const Tuning& parts, const Request& request, const Actor& actor) {
    Asked asked;
    if (auto refused = refuse(parts, request, Sent::body, asked)) co_return std::move(*refused);
    std::vector<FieldError> errors;
    refuse_unknown(asked.body, {"began", "ended", "label"}, errors);
    const auto began = text_field(asked.body, "began", true, 40, errors),
               ended = text_field(asked.body, "ended", true, 40, errors),
               said = text_field(asked.body, "label", true, 40, errors);
    const auto wish = make_label(said, began, ended);
    if (errors.empty() && !wish) errors.push_back({"", std::string(label_rule)});
    if (!errors.empty()) co_return invalid(std::move(errors));
    const auto now = parts.clock.now();
    const auto put = [&](storage::Transaction& tx) {
        label(tx, *asked.service, *wish, actor.audit_name(), now);
        return labels_of(tx, *asked.service, now);
    };
    const auto list = co_await parts.database.transact(put);
    co_return listed(list);
}

}  // namespace outcry::operators
