// server/operator/catalogue/catalogue_api.cpp: compare what is stored with If-Match, then import, in one
// transaction.
#include "server/operator/catalogue/catalogue_api.hpp"

#include <nlohmann/json.hpp>

#include "server/catalogue/import.hpp"
#include "server/http/negotiation.hpp"
#include "server/operator/body.hpp"
#include "server/storage/catalogue_lock.hpp"

namespace outcry::operators {

using catalogue::Change;
using catalogue::ImportOptions;
using http::problem;
using http::Request;
using http::Response;
using nlohmann::ordered_json;

namespace {

Response json_text(std::string text, const std::string& etag, unsigned status = 200) {
    auto response = http::content("application/json", std::move(text), status);
    response.set("etag", etag);
    return response;
}

Response no_such_service() {
    return problem(404, "unknown-service", "No such service");
}

/// Both versions, as text of the file.
Response lost(const std::string& current, const std::string& yours) {
    ordered_json members{{"current", ordered_json::parse(current, nullptr, false)},
                         {"yours", ordered_json::parse(yours, nullptr, false)}};
    auto response =
        problem(412, "precondition-failed", "Somebody else was faster",
                "Nothing was changed. Look at both, and send yours again with the ETag of what holds now.", {},
                members.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
    response.set("etag", http::entity_tag(current));
    return response;
}

/// What a transaction came to.
struct Outcome {
    bool missing = false, lost = false;
    std::string now;  // what is stored afterwards, as text
    std::vector<Change> changes;
};

bool meets(const IfMatch& match, const std::string& stored) {
    return match.any || match.etag == http::entity_tag(stored);
}

Response unreadable(const catalogue::UnreadableCatalogue& error) {
    return problem(400, "unreadable", "The body cannot be read", error.what());
}

Response refused(const catalogue::CatalogueError& error) {
    return problem(422, "validation", "The catalogue cannot be used as it is", error.what(),
                   {{error.pointer, error.detail}});
}

Response changes_of(const Outcome& outcome, bool dry_run) {
    auto list = ordered_json::array();
    for (const auto& change : outcome.changes)
        if (!change.what.empty()) list.push_back({{"slug", change.slug}, {"change", change.what}});
    return json_text(ordered_json{{"dry_run", dry_run}, {"changes", std::move(list)}}.dump(),
                     http::entity_tag(outcome.now));
}

/// Reads ?name=true|false; false in `good` for anything else.
bool flag(const Request& request, std::string_view name, bool& good) {
    const auto text = request.query_value(name);
    if (text && *text != "true" && *text != "false") good = false;
    return text == "true";
}

/// One service as a file of one.
std::string as_file(const std::string& entry) {
    return "{\"services\":[" + entry + "]}";
}

}  // namespace

CatalogueAnswer get_catalogue(const CatalogueParts& parts, const Request&, const Actor&) {
    const auto load = [](storage::Transaction& tx) { return catalogue::export_file(tx); };
    auto text = co_await parts.database.read(load);
    const auto etag = http::entity_tag(text);
    co_return json_text(std::move(text), etag);
}

CatalogueAnswer put_catalogue(const CatalogueParts& parts, const Request& request, const Actor& actor) {
    bool good = true;
    ImportOptions options{.dry_run = flag(request, "dry_run", good),
                          .prune = flag(request, "prune", good),
                          .actor = actor.audit_name(),
                          .why = "catalogue file"};
    if (!good) co_return problem(400, "query", "This address takes dry_run and prune, true or false");
    const auto match = if_match(request);
    if (!match) co_return precondition_required();
    const auto now = parts.clock.now();
    const auto put = [&](storage::Transaction& tx) {
        storage::lock_catalogue(tx);
        Outcome outcome{.now = catalogue::export_file(tx), .changes = {}};
        outcome.lost = !meets(*match, outcome.now);
        if (outcome.lost) return outcome;
        outcome.changes = catalogue::import_file(tx, request.body, options, now);
        outcome.now = catalogue::export_file(tx);
        return outcome;
    };
    try {
        const auto outcome = co_await parts.database.transact(put);
        co_return outcome.lost ? lost(outcome.now, request.body) : changes_of(outcome, options.dry_run);
    } catch (const catalogue::UnreadableCatalogue& error) {
        co_return unreadable(error);
    } catch (const catalogue::CatalogueError& error) {
        co_return refused(error);
    }
}

CatalogueAnswer get_service_entry(const CatalogueParts& parts, const Request& request, const Actor&) {
    const std::string slug(request.param("slug"));
    const auto load = [&](storage::Transaction& tx) { return catalogue::export_service(tx, slug); };
    const auto text = co_await parts.database.read(load);
    co_return text ? json_text(*text, http::entity_tag(*text)) : no_such_service();
}

CatalogueAnswer put_service_entry(const CatalogueParts& parts, const Request& request, const Actor& actor) {
    const bool fresh = request.header("if-none-match") == "*";
    const auto match = if_match(request);
    if (!match && !fresh) co_return precondition_required();
    const std::string slug(request.param("slug"));
    const ImportOptions options{.actor = actor.audit_name(), .only = slug};
    const auto now = parts.clock.now();
    const auto put = [&](storage::Transaction& tx) {
        storage::lock_catalogue(tx);
        const auto before = catalogue::export_service(tx, slug);
        Outcome outcome{.now = before.value_or(""), .changes = {}};
        outcome.missing = !before && !fresh;
        outcome.lost = before && (fresh || !meets(*match, *before));
        if (outcome.missing || outcome.lost) return outcome;
        outcome.changes = catalogue::import_file(tx, as_file(request.body), options, now);
        outcome.now = catalogue::export_service(tx, slug).value();
        return outcome;
    };
    try {
        catalogue::read_json(request.body);  // before it is part of a file, where its lines are others
        const auto outcome = co_await parts.database.transact(put);
        if (outcome.missing) co_return no_such_service();
        if (outcome.lost) co_return lost(outcome.now, request.body);
        co_return json_text(outcome.now, http::entity_tag(outcome.now), fresh ? 201 : 200);
    } catch (const catalogue::UnreadableCatalogue& error) {
        co_return unreadable(error);
    } catch (const catalogue::CatalogueError& error) {
        auto pointer = error.pointer;
        if (pointer.starts_with("/services/0")) pointer.erase(0, 11);
        co_return problem(422, "validation", "The service cannot be used as it is", {},
                          {{pointer, error.detail}});
    }
}

CatalogueAnswer delete_service_entry(const CatalogueParts& parts, const Request& request, const Actor& actor) {
    const auto match = if_match(request);
    if (!match) co_return precondition_required();
    const std::string slug(request.param("slug"));
    const auto now = parts.clock.now();
    const auto drop = [&](storage::Transaction& tx) {
        storage::lock_catalogue(tx);
        const auto before = catalogue::export_service(tx, slug);
        Outcome outcome{.missing = !before, .now = before.value_or(""), .changes = {}};
        outcome.lost = before && !meets(*match, *before);
        if (before && !outcome.lost) catalogue::archive(tx, slug, actor.audit_name(), {}, now);
        return outcome;
    };
    const auto outcome = co_await parts.database.transact(drop);
    if (outcome.missing) co_return no_such_service();
    if (outcome.lost) co_return lost(outcome.now, "null");
    Response done;
    done.status = 204;
    co_return done;
}

}  // namespace outcry::operators
