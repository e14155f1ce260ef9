// server/pages/report_page.cpp: see the header.
#include "server/pages/report_page.hpp"

#include "web_templates.hpp"

namespace outcry::pages {
namespace {

using kainjow::mustache::list;

/// The form for details: chips and a message, filled with what is known already.
void set_detail(Data& data, const storage::Service& service, const Renderer& renderer,
                const std::string& category, const std::string& message) {
    list chips;
    for (const auto& offered : service.categories) {
        Data chip{Data::type::object};
        chip.set("key", offered.key);
        chip.set("label", renderer.words().known(offered.label));
        chip.set("chosen", offered.key == category);
        chips.push_back(std::move(chip));
    }
    data.set("has_categories", !chips.empty());
    data.set("categories", chips);
    data.set("message", message);
    data.set("report", renderer.site().service(service.slug) + "/report");
    data.set("token", renderer.site().path("/client"));
    data.set("skip", renderer.site().service(service.slug) + "/thanks?step=added");
}

std::string host_of(std::string_view address) {
    const auto start = address.find("://");
    const auto host = start == std::string_view::npos ? address : address.substr(start + 3);
    return std::string(host.substr(0, host.find('/')));
}

void set_heading(Data& data, const storage::Service& service, const ThanksView& view, const Words& words) {
    const auto name = service.name;
    if (view.step == Step::counted) {
        data.set("heading", words.text("thanks.heading"));
        data.set("text", words.markup("thanks.text", {{"name", name}}).html);
    } else if (view.step == Step::works) {
        data.set("heading", words.text("thanks.heading_works"));
        data.set("text", words.markup("thanks.text_works", {{"name", name}}).html);
    } else if (view.others > 1) {
        data.set("heading", words.text("thanks.heading_many", {{"n", words.number(view.others)}}));
        data.set("text",
                 words.markup("thanks.text_many", {{"name", name}, {"time", words.when(view.since, view.now)}})
                     .html);
    } else {
        data.set("heading", words.text("thanks.heading_plain"));
        data.set("text", words.markup("thanks.text_plain", {{"name", name}}).html);
    }
}

}  // namespace

std::string_view to_string(Step step) {
    return step == Step::works ? "works" : step == Step::added ? "added" : "counted";
}

std::string render_thanks(const storage::Service& service, const ThanksView& view, const Renderer& renderer) {
    const auto& words = renderer.words();
    Data data{Data::type::object};
    set_detail(data, service, renderer, "", "");
    set_heading(data, service, view, words);
    data.set("ask_detail", view.step == Step::counted);
    data.set("next", view.step != Step::counted);
    data.set("was_problem", view.step == Step::added);
    data.set("service_href", renderer.site().service(service.slug));
    if (is_web_address(service.status_page)) {
        data.set("status_page", service.status_page);
        data.set("status_page_text", service.provider.empty()
                                         ? words.text("service.status_page_plain")
                                         : words.text("service.status_page", {{"provider", service.provider}}));
        data.set("status_host", host_of(service.status_page));
    }
    return renderer.page({words.text("frame.title", {{"page", words.text("thanks.title")}}), "", "",
                          "/s/" + service.slug + "/thanks?step=" + std::string(to_string(view.step))},
                         web::templates::thanks, data);
}

std::string render_refused(const storage::Service& service, const RefusedReport& refused,
                           const Renderer& renderer) {
    const auto& words = renderer.words();
    Data data{Data::type::object};
    set_detail(data, service, renderer, refused.category, refused.message);
    data.set("heading", words.text("report.heading"));
    list errors;
    for (const auto& [field, reason] : refused.errors) {
        if (field == "message") {
            data.set("message_error", reason);  // said beside the field
            continue;
        }
        Data error{Data::type::object};
        error.set("reason", words.text("report.refused", {{"reason", reason}}));
        errors.push_back(std::move(error));
    }
    data.set("has_errors", !errors.empty());
    data.set("errors", errors);
    return renderer.page({words.text("frame.title", {{"page", words.text("report.title")}}), "", ""},
                         web::templates::report, data);
}

}  // namespace outcry::pages
