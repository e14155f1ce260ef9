// server/operator/catalogue/service_page.cpp: forms become entries of a catalogue file, so that one set of
// rules holds.
#include "server/operator/catalogue/service_page.hpp"

#include "server/catalogue/import.hpp"
#include "server/http/negotiation.hpp"
#include "server/operator/catalogue/service_form.hpp"
#include "server/operator/form.hpp"
#include "server/operator/page.hpp"
#include "server/storage/catalogue_lock.hpp"
#include "web_operator_templates.hpp"

namespace outcry::operators {

using http::Request;
using http::Response;
using kainjow::mustache::list;
using pages::Data;

namespace {

std::string own(std::string_view key) {
    return "operator.services." + std::string(key);
}

std::string edit_path(const ServicesParts& parts, const std::string& slug) {
    return parts.renderer->site().path("/admin/s/" + slug);
}

/// What the form of one service shows.
struct FormView {
    std::string slug;  // empty: a new one
    Typed typed;
    std::string etag;  // of what the form was made from
    std::string wrong_field{}, wrong{};
    std::string notice{};  // key; empty: none
    unsigned status = 200;
};

Response render_form(const ServicesParts& parts, const Request& request, const Actor& actor,
                     const FormView& form) {
    const auto& words = parts.renderer->words();
    Data data{Data::type::object};
    list rows;
    for (const auto& [name, several] : form_fields()) {
        const std::string key(name);
        Data row{Data::type::object};
        row.set("id", "f-" + key);
        row.set("field", key);
        row.set("label", words.text(own("field." + key)));
        row.set("hint", words.text(own("hint." + key)));
        row.set("value", form.typed.at(key));
        row.set("several", several);
        row.set("single", !several);
        row.set("fixed", key == "slug" && !form.slug.empty());
        row.set("required", key == "slug" || key == "name");
        if (form.wrong_field == key) row.set("error", form.wrong);
        rows.push_back(std::move(row));
    }
    data.set("fields", std::move(rows));
    const bool fresh = form.slug.empty();
    const auto heading =
        fresh ? words.text(own("new")) : words.text(own("edit"), {{"name", form.typed.at("name")}});
    data.set("heading", heading);
    data.set("action", fresh ? parts.renderer->site().path("/admin/services") : edit_path(parts, form.slug));
    data.set("etag", form.etag);
    data.set("may_edit", actor.may(Role::operator_));
    data.set("may_archive", !fresh && actor.may(Role::operator_));
    if (!fresh) {
        data.set("tune", edit_path(parts, form.slug) + "/tune");
        data.set("statements", edit_path(parts, form.slug) + "/statements");
    }
    if (form.wrong_field.empty() && !form.wrong.empty()) data.set("general", form.wrong);
    if (!form.notice.empty()) data.set("notice", words.text(own("notice." + form.notice)));
    return operator_page(request, *parts.renderer, actor, {.title = heading, .here = "services"},
                         web::operator_templates::service, data, form.status);
}

Response not_there(const ServicesParts& parts, const Request& request, const Actor& actor) {
    const auto& words = parts.renderer->words();
    const Notice notice{words.text("operator.no_service"), words.text("operator.no_service_text"),
                        parts.renderer->site().path("/admin/services"), words.text("operator.refused.back")};
    return notice_page(request, *parts.renderer, actor, notice, 404);
}

void blame(FormView& form, const catalogue::CatalogueError& error) {
    constexpr std::string_view entry = "/services/0/";
    form.wrong = error.detail;
    form.status = 422;
    if (!error.pointer.starts_with(entry)) return;
    const auto field = error.pointer.substr(entry.size());
    form.wrong_field = field.substr(0, field.find('/'));
}

}  // namespace

CatalogueAnswer get_service_form(const ServicesParts& parts, const Request& request, const Actor& actor) {
    FormView form{.slug = std::string(request.param("slug")), .typed = {}, .etag = {}};
    if (form.slug.empty()) {
        form.typed = typed_from("{}");
        co_return render_form(parts, request, actor, form);
    }
    const auto load = [&](storage::Transaction& tx) { return catalogue::export_service(tx, form.slug); };
    const auto stored = co_await parts.catalogue.database.read(load);
    if (!stored) co_return not_there(parts, request, actor);
    form.typed = typed_from(*stored);
    form.etag = http::entity_tag(*stored);
    if (request.query_value("done")) form.notice = "saved";
    co_return render_form(parts, request, actor, form);
}

CatalogueAnswer post_service_form(const ServicesParts& parts, const Request& request, const Actor& actor) {
    const auto fields = read_form(request);
    FormView form{.slug = std::string(request.param("slug")), .typed = {}, .etag = trimmed(fields, "etag")};
    for (const auto& field : form_fields()) form.typed[std::string(field.name)] = trimmed(fields, field.name);
    if (!form.slug.empty()) form.typed["slug"] = form.slug;
    const auto file = file_from(form.typed);
    const auto slug = form.typed["slug"];
    const auto now = parts.catalogue.clock.now();
    const catalogue::ImportOptions options{.actor = actor.audit_name(), .only = slug};
    const auto put = [&](storage::Transaction& tx) -> std::string {  // the key of an objection, or nothing
        storage::lock_catalogue(tx);
        const auto stored = catalogue::export_service(tx, slug);
        if (form.slug.empty() && stored) return "taken";
        if (!form.slug.empty() && !stored) return "gone";
        if (stored && form.etag != http::entity_tag(*stored)) {
            form.etag = http::entity_tag(*stored);
            return "lost";
        }
        catalogue::import_file(tx, file, options, now);
        return {};
    };
    try {
        const auto objection = co_await parts.catalogue.database.transact(put);
        if (objection.empty()) co_return http::redirect(edit_path(parts, slug) + "?done=saved");
        form.notice = objection;
        form.status = 409;
    } catch (const catalogue::CatalogueError& error) {
        blame(form, error);
    }
    co_return render_form(parts, request, actor, form);
}

CatalogueAnswer post_archive(const ServicesParts& parts, const Request& request, const Actor& actor) {
    const std::string slug(request.param("slug"));
    const auto etag = trimmed(read_form(request), "etag");
    const auto now = parts.catalogue.clock.now();
    const auto drop = [&](storage::Transaction& tx) {
        storage::lock_catalogue(tx);
        const auto stored = catalogue::export_service(tx, slug);
        if (!stored || http::entity_tag(*stored) != etag) return false;
        return catalogue::archive(tx, slug, actor.audit_name(), {}, now);
    };
    if (co_await parts.catalogue.database.transact(drop))
        co_return http::redirect(parts.renderer->site().path("/admin/services?done=archived"));
    co_return http::redirect(edit_path(parts, slug));
}

}  // namespace outcry::operators
