// server/operator/tuning/group_page.cpp: one draft, held against what is saved of each service.
#include "server/operator/tuning/group_page.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "server/http/target.hpp"
#include "server/operator/form.hpp"
#include "server/operator/page.hpp"
#include "server/operator/tuning/draft.hpp"
#include "server/operator/tuning/saving.hpp"
#include "server/operator/tuning/tune_view.hpp"
#include "server/operator/tuning/tune_words.hpp"
#include "web_operator_templates.hpp"

namespace outcry::operators {

using analytics::DetectorSettings;
using boost::asio::awaitable;
using http::Fields;
using http::Request;
using http::Response;
using kainjow::mustache::list;
using pages::Data;

namespace {

using Services = std::vector<storage::Service>;

std::string own(std::string_view key) {
    return "operator.group." + std::string(key);
}

/// What a form or an address chose.
struct Chosen {
    std::string group;
    std::vector<const storage::Service*> services;  // as the catalogue has them
    std::size_t left_out = 0;                       // beyond most_at_once
};

Chosen choose(const live::Catalogue& catalogue, const Fields& fields) {
    Chosen chosen{.group = trimmed(fields, "group"), .services = {}};
    std::set<std::string> named;
    for (const auto& [name, value] : fields)
        if (name == "service") named.insert(value);
    for (const auto& service : catalogue.services) {
        const bool wanted =
            (!chosen.group.empty() && service.group == chosen.group) || named.contains(service.slug);
        if (!wanted) continue;
        if (chosen.services.size() < most_at_once)
            chosen.services.push_back(&service);
        else
            ++chosen.left_out;
    }
    return chosen;
}

/// What the form says beside what it always says.
struct Turn {
    unsigned status = 200;
    std::string notice;  // a sentence; empty: none
    std::string note, note_error;
};

struct Drafted {
    DetectorSettings draft;
    std::map<std::string, std::string> typed;
};

/// The saved settings that most of them share, until the fields say otherwise.
Drafted read_draft(const Fields& fields, const Services& services) {
    Drafted drafted;
    std::ptrdiff_t most = 0;
    for (const auto& service : services) {
        const auto alike = std::count_if(services.begin(), services.end(),
                                         [&](const auto& other) { return other.settings == service.settings; });
        if (alike > most) drafted.draft = service.settings;
        most = std::max(most, alike);
    }
    for (const auto& setting : settings()) {
        const std::string name(setting.name);
        const auto text = trimmed(fields, name);
        if (!text.empty() && set_by_name(drafted.draft, name, text)) drafted.typed[name] = text;
    }
    return drafted;
}

/// The settings that all of them have; null when they differ.
const DetectorSettings* shared_settings(const Services& services) {
    const auto alike = [&](const auto& service) { return service.settings == services.front().settings; };
    return std::all_of(services.begin(), services.end(), alike) && !services.empty()
               ? &services.front().settings
               : nullptr;
}

list group_links(const live::Catalogue& catalogue, const Chosen& chosen, const pages::Site& site) {
    std::set<std::string> groups;
    for (const auto& service : catalogue.services)
        if (!service.group.empty()) groups.insert(service.group);
    list links;
    for (const auto& group : groups) {
        Data link{Data::type::object};
        link.set("group", group);
        link.set("href", site.path("/admin/tune?group=" + http::percent_encode(group)));
        link.set("here", group == chosen.group);
        links.push_back(std::move(link));
    }
    return links;
}

Data row_of(const Foresight& foresight, const storage::Service& service, const pages::Renderer& renderer) {
    const auto& words = renderer.words();
    Data row{Data::type::object};
    row.set("name", service.name);
    row.set("href", renderer.site().path("/admin/s/" + service.slug + "/tune?" + draft_query(foresight.draft)));
    row.set("settings", settings_in_words(service.settings, words));
    row.set("saved", words.number(foresight.comparison.saved.size()));
    row.set("draft", words.number(foresight.comparison.draft.size()));
    const auto counts = labelled(foresight.rises);
    row.set("missed", counts.outages == 0
                          ? ""
                          : words.text(own("missed_of"), {{"n", words.number(counts.missed)},
                                                          {"all", words.number(counts.outages)}}));
    const auto later = std::llround(foresight.minutes_later().value_or(0));
    row.set("delay", later == 0
                         ? ""
                         : words.text(later > 0 ? "operator.tune.slower" : "operator.tune.faster",
                                      {{"time", words.duration(std::chrono::minutes{std::abs(later)})}}));
    row.set("version", service.slug + '/' + std::to_string(service.settings_version));
    return row;
}

std::string sentence_of_all(const std::vector<Foresight>& all, const pages::Words& words) {
    std::size_t saved = 0, draft = 0, missed = 0;
    for (const auto& each : all) {
        saved += each.comparison.saved.size();
        draft += each.comparison.draft.size();
        missed += labelled(each.rises).missed;
    }
    const bool unchanged =
        std::all_of(all.begin(), all.end(), [](const auto& each) { return each.draft == each.saved; });
    auto sentence = alerts_in_words(saved, draft, unchanged, words);
    if (missed > 0) sentence += words.text("operator.tune.and") + words.plural("operator.tune.misses", missed);
    return sentence;
}

awaitable<Response> render(const Tuning& parts, const Request& request, const Actor& actor,
                           const Fields& fields, const Turn& turn) {
    const auto catalogue = parts.pulse.catalogue();
    const auto chosen = choose(*catalogue, fields);
    const auto& words = parts.renderer->words();
    const auto pasts = co_await look_back(parts.pulse, parts.database, *parts.recent, *catalogue,
                                          chosen.services, tuning_window);
    Services services;
    std::vector<std::vector<storage::AlertLabel>> labels;
    const auto load = [&](storage::Transaction& tx) {
        services.clear();
        labels.clear();
        for (std::size_t i = 0; i < pasts.size(); ++i) {
            auto service = *chosen.services[i];
            const auto holds = storage::load_settings_log(tx, service.id).front();
            service.settings = holds.version.settings;
            service.settings_version = holds.version.version;
            labels.push_back(storage::load_labels(tx, service.id, pasts[i]->from, pasts[i]->to));
            services.push_back(std::move(service));
        }
    };
    co_await parts.database.read(load);
    const auto drafted = read_draft(fields, services);
    std::vector<Foresight> all;
    for (std::size_t i = 0; i < services.size(); ++i) {
        const auto judge = [&] {
            return foresee(services[i], drafted.draft, *pasts[i], Against::saved, labels[i]);
        };
        all.push_back(co_await parts.bench->run(judge));
    }

    Data data{Data::type::object};
    list rows;
    for (std::size_t i = 0; i < services.size(); ++i)
        rows.push_back(row_of(all[i], services[i], *parts.renderer));
    data.set("has_services", !rows.empty());
    data.set("services", std::move(rows));
    data.set("groups", group_links(*catalogue, chosen, parts.renderer->site()));
    data.set("heading", chosen.group.empty() ? words.text(own("heading"))
                                             : words.text(own("heading_of"), {{"group", chosen.group}}));
    data.set("action", parts.renderer->site().path("/admin/tune"));
    data.set("group", chosen.group);
    list slugs;
    for (const auto& service : services) {
        Data slug{Data::type::object};
        slug.set("slug", service.slug);
        slugs.push_back(std::move(slug));
    }
    data.set("slugs", chosen.group.empty() ? slugs : list{});
    data.set("sentence", sentence_of_all(all, words));
    data.set("sentence_note", chosen.left_out == 0
                                  ? words.text("operator.tune.sentence_note")
                                  : words.text(own("left_out"), {{"n", words.number(chosen.left_out)},
                                                                 {"most", words.number(most_at_once)}}));
    data.set("dials_table", std::string(web::operator_templates::dials_table));
    data.set("dials", dial_rows(shared_settings(services), drafted.draft, drafted.typed, words));
    data.set("draft_false_alarms", setting_text(drafted.draft.false_alarms_per_year));
    data.set("draft_least", std::to_string(drafted.draft.least_reports));
    data.set("draft_hold", std::to_string(drafted.draft.hold.count()));
    data.set("draft_clear", std::to_string(drafted.draft.clear.count()));
    data.set("may_save", actor.may(Role::operator_) && !services.empty());
    data.set("save_label", words.text(own("save"), {{"n", words.number(services.size())}}));
    data.set("draft_text", settings_in_words(drafted.draft, words));
    data.set("note", turn.note);
    if (!turn.note_error.empty()) data.set("note_error", turn.note_error);
    if (!turn.notice.empty()) data.set("notice", turn.notice);
    data.set("tune_js", parts.renderer->site().asset("tune.js"));
    co_return operator_page(request, *parts.renderer, actor,
                            {.title = words.text(own("heading")), .here = "tune", .styles = "tuning.css"},
                            web::operator_templates::group, data, turn.status);
}

/// "gmail/3" for each service that the form showed.
std::vector<SaveWish> wishes_from(const live::Catalogue& catalogue, const Fields& fields,
                                  const DetectorSettings& draft) {
    std::vector<SaveWish> wishes;
    for (const auto& [name, value] : fields) {
        if (name != "version") continue;
        const auto slash = std::min(value.find('/'), value.size());
        const auto* service = catalogue.find(value.substr(0, slash));
        std::int32_t version = 0;
        if (slash < value.size())
            std::from_chars(value.data() + slash + 1, value.data() + value.size(), version);
        if (service) wishes.push_back({service->id, service->slug, draft, version});
    }
    return wishes;
}

std::string lost_names(const std::vector<SaveResult>& results) {
    std::string names;
    for (const auto& result : results)
        if (result.lost) names += (names.empty() ? "" : ", ") + result.slug;
    return names;
}

}  // namespace

TuneAnswer get_group_tuning(const Tuning& parts, const Request& request, const Actor& actor) {
    Turn turn;
    const auto& words = parts.renderer->words();
    if (request.query_value("done")) turn.notice = words.text(own("saved"));
    co_return co_await render(parts, request, actor, request.query, turn);
}

TuneAnswer post_group_tuning(const Tuning& parts, const Request& request, const Actor& actor) {
    const auto fields = read_form(request);
    const auto& words = parts.renderer->words();
    const auto catalogue = parts.pulse.catalogue();
    const auto drafted = read_draft(fields, {});
    Turn turn{.status = 422, .notice = {}, .note = trimmed(fields, "note"), .note_error = {}};
    if (turn.note.empty()) turn.note_error = words.text("operator.tune.note_missing");
    if (turn.note.size() > longest_note)
        turn.note_error = words.text("operator.tune.note_long", {{"n", std::to_string(longest_note)}});
    if (!drafted.typed.empty()) turn.notice = words.text("operator.tune.notice.range");
    const auto wishes = wishes_from(*catalogue, fields, drafted.draft);
    if (turn.note_error.empty() && turn.notice.empty() && wishes.size() <= most_at_once) {
        const auto now = parts.clock.now();
        const auto save = [&](storage::Transaction& tx) {
            return save_settings(tx, wishes, {actor.audit_name(), turn.note}, now);
        };
        const auto results = co_await parts.database.transact(save);
        const auto lost = lost_names(results);
        if (lost.empty()) {
            const auto group = trimmed(fields, "group");
            auto back = parts.renderer->site().path("/admin/tune?done=saved");
            if (!group.empty()) back += "&group=" + http::percent_encode(group);
            for (const auto& [name, value] : fields)
                if (name == "service") back += "&service=" + http::percent_encode(value);
            co_return http::redirect(back);
        }
        turn.status = 409;
        turn.notice = words.text(own("lost"), {{"names", lost}});
    }
    co_return co_await render(parts, request, actor, fields, turn);
}

}  // namespace outcry::operators
