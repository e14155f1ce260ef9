// server/operator/audit_page.cpp: one filter for the page and the files.
#include "server/operator/audit_page.hpp"

#include <charconv>
#include <nlohmann/json.hpp>

#include "server/http/target.hpp"
#include "server/operator/account/token.hpp"
#include "server/operator/audit_change.hpp"
#include "server/operator/moment.hpp"
#include "server/operator/page.hpp"
#include "server/storage/audit.hpp"
#include "web_operator_templates.hpp"

namespace outcry::operators {

using boost::asio::awaitable;
using http::Method;
using http::Request;
using http::Response;
using kainjow::mustache::list;
using pages::Data;
using storage::AuditLine;

namespace {

constexpr int page_lines = 50, file_lines = 100'000;

/// What the address asks for, as typed and as understood.
struct Asked {
    std::string who, what, object, from, until;
    storage::AuditFilter filter;
    bool bad_day = false;

    /// "?who=mara&…", without the cursor; empty when nothing is asked.
    std::string query() const;
};

std::string Asked::query() const {
    std::string text;
    for (const auto& [name, value] :
         {std::pair{"who", &who}, {"what", &what}, {"object", &object}, {"from", &from}, {"until", &until}})
        if (!value->empty())
            text.append(text.empty() ? "?" : "&").append(name).append("=").append(http::percent_encode(*value));
    return text;
}

/// "2026-01-22"
std::optional<Time> day_from(const std::string& text) {
    return parse_moment(text + "T00:00");
}

Asked read_query(const Request& request, int limit) {
    const auto value = [&](std::string_view name) {
        return std::string(request.query_value(name).value_or(""));
    };
    Asked asked{value("who"), value("what"), value("object"), value("from"), value("until"), {}};
    asked.filter.actor = asked.who;
    asked.filter.action = asked.what;
    asked.filter.object = asked.object;
    asked.filter.from = day_from(asked.from);
    asked.filter.until = day_from(asked.until);
    asked.bad_day =
        (!asked.from.empty() && !asked.filter.from) || (!asked.until.empty() && !asked.filter.until);
    if (asked.filter.until) *asked.filter.until += std::chrono::days{1};  // the day itself too
    asked.filter.limit = limit;
    const auto before = value("before");
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(before.data(), before.data() + before.size(), id);
    if (error == std::errc{} && end == before.data() + before.size()) asked.filter.before = id;
    return asked;
}

void set_change(Data& row, const storage::AuditEntry& entry, const pages::Words& words) {
    const auto change = change_of(entry);
    list fields;
    for (const auto& each : change.fields) {
        Data field{Data::type::object};
        field.set("field", each.field);
        if (!each.was.empty()) field.set("was", each.was);
        field.set("is", each.is.empty() ? words.text("operator.tune.none") : each.is);
        fields.push_back(std::move(field));
    }
    row.set("changes", std::move(fields));
    if (change.whole.empty()) return;
    row.set("more", words.text("operator.audit.whole"));
    row.set("whole", change.whole);
}

Response render(const Request& request, const Actor& actor, const Parts& parts, const Asked& asked,
                const std::vector<AuditLine>& lines) {
    const auto& words = parts.renderer->words();
    list rows;
    for (const auto& [id, at, entry] : lines) {
        Data row{Data::type::object};
        row.set("when", words.when(at, parts.clock.now()).html);
        row.set("actor", entry.actor);
        row.set("action", entry.action);
        row.set("object", entry.object);
        row.set("why", entry.why);
        set_change(row, entry, words);
        rows.push_back(std::move(row));
    }
    Data data{Data::type::object};
    data.set("who", asked.who);
    data.set("what", asked.what);
    data.set("object", asked.object);
    data.set("from", asked.from);
    data.set("until", asked.until);
    data.set("query", asked.query());
    if (asked.bad_day) data.set("error", words.text("operator.audit.bad_day"));
    data.set("has_lines", !rows.empty());
    data.set("lines", rows);
    if (lines.size() == page_lines)
        data.set("older", parts.renderer->site().path("/admin/audit") + asked.query() +
                              (asked.query().empty() ? "?" : "&") +
                              "before=" + std::to_string(lines.back().id));
    return operator_page(request, *parts.renderer, actor,
                         {.title = words.text("operator.audit.title"), .here = "audit"},
                         web::operator_templates::audit, data, asked.bad_day ? 422 : 200);
}

nlohmann::ordered_json json_of(const AuditLine& line) {
    const auto value = [](const std::optional<std::string>& text) {
        return text ? nlohmann::ordered_json::parse(*text) : nlohmann::ordered_json(nullptr);
    };
    return {{"id", line.id},
            {"at", pages::Words::stamp(line.at)},
            {"actor", line.entry.actor},
            {"action", line.entry.action},
            {"object", line.entry.object},
            {"before", value(line.entry.before)},
            {"after", value(line.entry.after)},
            {"why", line.entry.why}};
}

/// RFC 4180; what a spreadsheet would take for a formula gets an apostrophe before it.
std::string csv_cell(const std::string& value) {
    std::string cell = "\"";
    if (!value.empty() && std::string_view("=+-@\t\r").find(value.front()) != std::string_view::npos)
        cell += '\'';
    for (const char c : value) cell.append(c == '"' ? 2 : 1, c);
    return cell + '"';
}

std::string csv_of(const std::vector<AuditLine>& lines) {
    std::string text = "id,at,actor,action,object,before,after,why\r\n";
    for (const auto& [id, at, entry] : lines) {
        text += std::to_string(id) + ',' + pages::Words::stamp(at);
        for (const auto& cell : {entry.actor, entry.action, entry.object, entry.before.value_or(""),
                                 entry.after.value_or(""), entry.why})
            text += ',' + csv_cell(cell);
        text += "\r\n";
    }
    return text;
}

std::string ndjson_of(const std::vector<AuditLine>& lines) {
    std::string text;
    for (const auto& line : lines)
        text += json_of(line).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
    return text;
}

awaitable<std::vector<AuditLine>> load(const Parts& parts, const Asked& asked) {
    std::vector<AuditLine> lines;
    if (asked.bad_day) co_return lines;
    const auto read = [&](storage::Transaction& tx) { return storage::load_audit(tx, asked.filter); };
    lines = co_await parts.database.read(read);
    co_return lines;
}

awaitable<Response> get_page(const Request& request, const Actor& actor, const Parts& parts) {
    const auto asked = read_query(request, page_lines);
    const auto lines = co_await load(parts, asked);
    co_return render(request, actor, parts, asked, lines);
}

awaitable<Response> get_file(const Request& request, const Parts& parts, bool csv) {
    const auto asked = read_query(request, file_lines);
    const auto lines = co_await load(parts, asked);
    auto response = csv ? http::content("text/csv; charset=utf-8", csv_of(lines))
                        : http::content("application/x-ndjson", ndjson_of(lines));
    response.set("content-disposition",
                 csv ? "attachment; filename=\"audit.csv\"" : "attachment; filename=\"audit.ndjson\"");
    co_return response;
}

}  // namespace

std::vector<GuardedRoute> audit_routes(const Parts& parts) {
    const auto file = [parts](bool csv) {
        return [parts, csv](const Request& r, const Actor&) { return get_file(r, parts, csv); };
    };
    return {{Method::get,
             "/admin/audit",
             {Role::viewer, people_only},
             [parts](const Request& r, const Actor& a) { return get_page(r, a, parts); }},
            {Method::get, "/admin/audit.csv", {Role::viewer, read_scope}, file(true)},
            {Method::get, "/admin/audit.ndjson", {Role::viewer, read_scope}, file(false)}};
}

}  // namespace outcry::operators
