// server/operator/catalogue/services_page.cpp: see the header.
#include "server/operator/catalogue/services_page.hpp"

#include <algorithm>
#include <charconv>

#include "server/catalogue/import.hpp"
#include "server/http/target.hpp"
#include "server/operator/form.hpp"
#include "server/operator/page.hpp"
#include "server/storage/find_services.hpp"
#include "web_operator_templates.hpp"

namespace outcry::operators {

using http::Request;
using http::Response;
using kainjow::mustache::list;
using pages::Data;

namespace {

constexpr int page_rows = 100;  // a phone paints these within the budget

std::string own(std::string_view key) {
    return "operator.services." + std::string(key);
}

/// What is looked for, and which page of it, from 1.
struct Asked {
    std::string query{};
    std::uint64_t page = 1;

    std::string address_of(std::uint64_t other) const;
};

std::string Asked::address_of(std::uint64_t other) const {
    std::string text = "/admin/services";
    if (!query.empty()) text += "?q=" + http::percent_encode(query);
    if (other > 1) text += (query.empty() ? "?page=" : "&page=") + std::to_string(other);
    return text;
}

/// A page that is no number, or beyond what there can be, is the first.
Asked asked_in(const Request& request) {
    Asked asked{.query = trimmed(request.query, "q")};
    const auto text = request.query_value("page").value_or("1");
    std::uint32_t page = 1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), page);
    if (error == std::errc{} && end == text.data() + text.size() && page > 0) asked.page = page;
    return asked;
}

/// The list, with what an import said.
struct ListView {
    Asked asked{};
    storage::ServiceList found{};
    std::string file{}, said{}, error{};
    std::vector<catalogue::Change> changes{};
    unsigned status = 200;
};

list rows_of(const ListView& view, const pages::Site& site) {
    list rows;
    for (const auto& service : view.found.services) {
        Data row{Data::type::object};
        row.set("name", service.name);
        row.set("group", service.group);
        row.set("zone", service.zone);
        row.set("parent", service.parent);
        row.set("href", site.path("/admin/s/" + service.slug));
        rows.push_back(std::move(row));
    }
    return rows;
}

list changes_of(const ListView& view) {
    list changes;
    for (const auto& change : view.changes) {
        if (change.what.empty()) continue;
        Data row{Data::type::object};
        row.set("slug", change.slug);
        row.set("what", change.what);
        changes.push_back(std::move(row));
    }
    return changes;
}

/// The ways to the pages before and after, and which services this one has.
void set_pages(Data& data, const ListView& view, const pages::Renderer& renderer) {
    const auto before = (view.asked.page - 1) * page_rows, last = before + view.found.services.size();
    if (view.found.total <= page_rows) return;
    const auto& words = renderer.words();
    data.set("span", words.text(own("span"), {{"first", words.number(before + 1)},
                                              {"last", words.number(last)},
                                              {"n", words.number(view.found.total)}}));
    if (before > 0) data.set("previous", renderer.site().path(view.asked.address_of(view.asked.page - 1)));
    if (last < view.found.total)
        data.set("next", renderer.site().path(view.asked.address_of(view.asked.page + 1)));
}

Response render_list(const ServicesParts& parts, const Request& request, const Actor& actor,
                     const ListView& view) {
    const auto& words = parts.renderer->words();
    const auto& query = view.asked.query;
    const auto total = view.found.total;
    auto rows = rows_of(view, parts.renderer->site());
    auto changes = changes_of(view);
    Data data{Data::type::object};
    data.set("counted",
             query.empty() ? words.plural("count.services", total) : words.plural(own("found"), total));
    data.set("query", query);
    data.set("looked", !query.empty());
    if (rows.empty() && !query.empty())
        data.set("found_none", words.text(own("found_none"), {{"query", query}}));
    data.set("has_services", !rows.empty());
    set_pages(data, view, *parts.renderer);
    data.set("has_changes", !changes.empty());
    data.set("changes", std::move(changes));
    data.set("services", std::move(rows));
    data.set("file", view.file);
    if (!view.said.empty()) data.set("said", view.said);
    if (!view.error.empty()) data.set("error", view.error);
    data.set("may_edit", actor.may(Role::operator_));
    return operator_page(request, *parts.renderer, actor,
                         {.title = words.text(own("title")), .here = "services"},
                         web::operator_templates::services, data, view.status);
}

boost::asio::awaitable<storage::ServiceList> find(const ServicesParts& parts, const Asked& asked) {
    const auto load = [&](storage::Transaction& tx) {
        return storage::find_services(tx, asked.query, page_rows, (asked.page - 1) * page_rows);
    };
    co_return co_await parts.catalogue.database.read(load);
}

}  // namespace

CatalogueAnswer get_services(const ServicesParts& parts, const Request& request, const Actor& actor) {
    ListView view{.asked = asked_in(request)};
    view.found = co_await find(parts, view.asked);
    if (view.found.services.empty() && view.asked.page > 1)  // fewer than when the link was made
        co_return http::redirect(parts.renderer->site().path(view.asked.address_of(1)));
    const auto done = request.query_value("done");
    if (done == "archived" || done == "imported")
        view.said = parts.renderer->words().text(own("notice." + std::string(*done)));
    co_return render_list(parts, request, actor, view);
}

CatalogueAnswer post_import(const ServicesParts& parts, const Request& request, const Actor& actor) {
    const auto fields = read_form(request);
    const auto& words = parts.renderer->words();
    ListView view{.file = std::string(http::value_of(fields, "file"))};
    const catalogue::ImportOptions options{.dry_run = http::value_of(fields, "do") != "import",
                                           .prune = http::value_of(fields, "prune") == "yes",
                                           .actor = actor.audit_name(),
                                           .why = "catalogue file"};
    if (view.file.size() > most_catalogue_bytes) {
        view = {.error = words.text(own("large")), .status = 413};
        view.found = co_await find(parts, view.asked);
        co_return render_list(parts, request, actor, view);
    }
    const auto now = parts.catalogue.clock.now();
    const auto put = [&](storage::Transaction& tx) {
        return catalogue::import_file(tx, view.file, options, now);
    };
    try {
        view.changes = co_await parts.catalogue.database.transact(put);
        if (!options.dry_run)
            co_return http::redirect(parts.renderer->site().path("/admin/services?done=imported"));
        const auto changed = std::count_if(view.changes.begin(), view.changes.end(),
                                           [](const auto& change) { return !change.what.empty(); });
        view.said = words.plural(own("would_change"), static_cast<std::uint64_t>(changed));
    } catch (const catalogue::CatalogueError& error) {
        view.error = error.what();
        view.status = 422;
    }
    view.found = co_await find(parts, view.asked);
    co_return render_list(parts, request, actor, view);
}

}  // namespace outcry::operators
