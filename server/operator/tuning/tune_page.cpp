// server/operator/tuning/tune_page.cpp: one page in every turn that a form can take; nothing typed is ever
// lost.
#include "server/operator/tuning/tune_page.hpp"

#include <charconv>

#include "server/http/target.hpp"
#include "server/operator/form.hpp"
#include "server/operator/page.hpp"
#include "server/operator/tuning/draft.hpp"
#include "server/operator/tuning/labelling.hpp"
#include "server/operator/tuning/saving.hpp"
#include "server/operator/tuning/tune_view.hpp"
#include "web_operator_templates.hpp"

namespace outcry::operators {

using boost::asio::awaitable;
using http::Request;
using http::Response;

namespace {

/// What the page says beside what it always says.
struct Turn {
    unsigned status = 200;
    std::string notice, notice_kind = "normal";
    std::optional<std::int32_t> lost_to;  // the version that the lost draft was made from
    std::string note, note_error;
};

struct Drafted {
    analytics::DetectorSettings draft;
    std::map<std::string, std::string> typed;  // what could not be used
};

Drafted read_draft(const http::Fields& fields, const analytics::DetectorSettings& saved) {
    Drafted drafted{.draft = saved, .typed = {}};
    for (const auto& setting : settings()) {
        const std::string name(setting.name);
        const auto text = trimmed(fields, name);
        if (!text.empty() && set_by_name(drafted.draft, name, text)) drafted.typed[name] = text;
    }
    return drafted;
}

Response no_such_service(const Tuning& parts, const Request& request, const Actor& actor) {
    const auto& words = parts.renderer->words();
    return notice_page(request, *parts.renderer, actor,
                       {words.text("operator.no_service"), words.text("operator.no_service_text"),
                        parts.renderer->site().path("/admin"), words.text("operator.refused.back")},
                       404);
}

Response too_busy(const Tuning& parts, const Request& request, const Actor& actor) {
    const auto& words = parts.renderer->words();
    auto response =
        notice_page(request, *parts.renderer, actor,
                    {words.text("operator.tune.busy"), words.text("operator.tune.busy_text"), {}, {}}, 503);
    response.set("retry-after", "1");
    return response;
}

/// What the page needs of the database, in one look.
struct Stored {
    std::vector<storage::SettingsEntry> log;
    std::vector<storage::AlertLabel> labels;
};

awaitable<Response> render(const Tuning& parts, const Request& request, const Actor& actor,
                           const storage::Service& known, const live::Catalogue& catalogue,
                           const http::Fields& fields, const Turn& turn) {
    if (!parts.bench->has_room()) co_return too_busy(parts, request, actor);
    const std::vector<const storage::Service*> wanted(1, &known);
    const auto past =
        co_await look_back(parts.pulse, parts.database, *parts.recent, catalogue, wanted, tuning_window);
    const auto& recorded = *past.front();
    const auto load = [&](storage::Transaction& tx) {
        return Stored{storage::load_settings_log(tx, known.id),
                      storage::load_labels(tx, known.id, recorded.from, recorded.to)};
    };
    const auto stored = co_await parts.database.read(load);
    auto service = known;  // with the settings that hold, whatever the board has heard of
    service.settings = stored.log.front().version.settings;
    const auto drafted = read_draft(fields, service.settings);

    const auto curve = [&](const analytics::Board& board) {
        const auto* monitor = board.monitor(service.id);
        const auto expect = [&](Minute from, std::chrono::minutes span) {
            return monitor ? monitor->expect(from, span) : analytics::Expectation{};
        };
        return peaks_of(recorded, expect);
    };
    const auto peaks = co_await parts.pulse.read(curve);
    const auto judge = [&] { return foresee(service, drafted.draft, recorded, Against::saved, stored.labels); };
    const auto foresight = co_await parts.bench->run(judge);

    TuneView view{
        .service = service, .foresight = foresight, .peaks = peaks, .log = stored.log, .actor = actor};
    view.now = parts.clock.now();
    view.typed = drafted.typed;
    view.notice = turn.notice;
    view.notice_kind = turn.notice_kind;
    view.note = turn.note;
    view.note_error = turn.note_error;
    if (turn.lost_to) {
        const auto base = std::find_if(stored.log.begin(), stored.log.end(), [&](const auto& entry) {
            return entry.version.version == *turn.lost_to;
        });
        if (base != stored.log.end()) view.conflict = Conflict{*base, stored.log.front()};
    }
    auto data = tune_data(view, *parts.renderer);
    const auto title = parts.renderer->words().text("operator.tune.title", {{"name", service.name}});
    co_return operator_page(request, *parts.renderer, actor, {.title = title, .styles = "tuning.css"},
                            web::operator_templates::tune, data, turn.status);
}

std::string page_of(const Tuning& parts, const storage::Service& service, const std::string& query = {}) {
    return parts.renderer->site().path("/admin/s/" + service.slug + "/tune") +
           (query.empty() ? "" : "?" + query);
}

std::optional<std::int32_t> number_in(const http::Fields& fields, std::string_view name) {
    const auto text = http::value_of(fields, name);
    std::int32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return number;
}

Turn outcome(const SaveResult& result, std::optional<std::int32_t> expected, const std::string& note) {
    if (result.lost)
        return {.status = 409,
                .notice = "lost",
                .notice_kind = "possible",
                .lost_to = expected,
                .note = note,
                .note_error = {}};
    return {.status = 422,
            .notice = "same",
            .notice_kind = "possible",
            .lost_to = {},
            .note = note,
            .note_error = {}};
}

/// What keeps a draft from being saved as it was sent; nothing when nothing does.
std::optional<Turn> objection(const Drafted& drafted, const std::string& note, const pages::Words& words) {
    Turn turn{.status = 422,
              .notice = "range",
              .notice_kind = "possible",
              .lost_to = {},
              .note = note,
              .note_error = {}};
    if (!drafted.typed.empty()) return turn;
    turn.notice = "note";
    if (note.empty()) turn.note_error = words.text("operator.tune.note_missing");
    if (note.size() > longest_note)
        turn.note_error = words.text("operator.tune.note_long", {{"n", std::to_string(longest_note)}});
    return turn.note_error.empty() ? std::nullopt : std::optional{turn};
}

}  // namespace

TuneAnswer get_tuning(const Tuning& parts, const Request& request, const Actor& actor) {
    const auto catalogue = parts.pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return no_such_service(parts, request, actor);
    Turn turn;
    if (const auto done = request.query_value("done"); done == "saved" || done == "labelled")
        turn.notice = *done;
    co_return co_await render(parts, request, actor, *service, *catalogue, request.query, turn);
}

TuneAnswer post_tuning(const Tuning& parts, const Request& request, const Actor& actor) {
    const auto catalogue = parts.pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return no_such_service(parts, request, actor);
    const auto fields = read_form(request);
    const auto note = trimmed(fields, "note");
    const auto drafted = read_draft(fields, service->settings);
    auto turn = objection(drafted, note, parts.renderer->words());
    if (!turn) {
        // A form without a version cannot have been made from the one that holds.
        const auto expected = number_in(fields, "version").value_or(0);
        const auto now = parts.clock.now();
        const auto save = [&](storage::Transaction& tx) {
            return save_settings(tx, {{service->id, service->slug, drafted.draft, expected}},
                                 {actor.audit_name(), note}, now);
        };
        const auto results = co_await parts.database.transact(save);
        const auto& result = results.front();
        if (result.made) co_return http::redirect(page_of(parts, *service, "done=saved"));
        turn = outcome(result, expected, note);
    }
    co_return co_await render(parts, request, actor, *service, *catalogue, fields, *turn);
}

TuneAnswer post_rollback(const Tuning& parts, const Request& request, const Actor& actor) {
    const auto catalogue = parts.pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return no_such_service(parts, request, actor);
    const auto fields = read_form(request);
    const auto expected = number_in(fields, "expected").value_or(0), to = number_in(fields, "to").value_or(0);
    const auto note = parts.renderer->words().text("operator.tune.rolled_back", {{"n", std::to_string(to)}});
    const auto now = parts.clock.now();
    const auto back = [&](storage::Transaction& tx) {
        return roll_back(tx, *service, to, expected, {actor.audit_name(), note, "detector.roll_back"}, now);
    };
    const auto result = co_await parts.database.transact(back);
    if (!result) co_return http::redirect(page_of(parts, *service));  // there never was such a version
    if (result->made) co_return http::redirect(page_of(parts, *service, "done=saved"));
    const auto turn = outcome(*result, expected, {});
    co_return co_await render(parts, request, actor, *service, *catalogue, {}, turn);
}

TuneAnswer post_label(const Tuning& parts, const Request& request, const Actor& actor) {
    const auto catalogue = parts.pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return no_such_service(parts, request, actor);
    const auto fields = read_form(request);
    const auto wish = parse_label(http::value_of(fields, "label"));
    auto draft = http::parse_target("/?" + std::string(http::value_of(fields, "draft")));
    const auto kept = read_draft(draft ? draft->query : http::Fields{}, service->settings).draft;
    if (wish) {
        const auto now = parts.clock.now();
        const auto put = [&](storage::Transaction& tx) { label(tx, *service, *wish, actor.audit_name(), now); };
        co_await parts.database.transact(put);
    }
    co_return http::redirect(page_of(parts, *service, draft_query(kept) + (wish ? "&done=labelled" : "")));
}

}  // namespace outcry::operators
