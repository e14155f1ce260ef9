// server/pages/view_handlers.cpp: the pages that are looked at.
#include <spdlog/spdlog.h>

#include "ingest/text.hpp"
#include "server/pages/archive_page.hpp"
#include "server/pages/developers_page.hpp"
#include "server/pages/gather.hpp"
#include "server/pages/handlers.hpp"
#include "server/pages/home_page.hpp"
#include "server/pages/incident_page.hpp"
#include "server/pages/respond.hpp"
#include "server/pages/search.hpp"
#include "server/pages/search_page.hpp"
#include "server/pages/service_page.hpp"
#include "server/storage/incidents.hpp"

namespace outcry::pages {
namespace {

using analytics::Board;
using storage::Transaction;

constexpr std::size_t longest_query = 100;
constexpr int recent_incidents = 40;  // of which the home page tells the most important

Answer search(const Parts& parts, const http::Request& request, std::string query) {
    const auto catalogue = parts.pulse.catalogue();
    const auto matches = find_services(*catalogue, query);
    if (const auto* service = meant(matches))
        co_return http::redirect(parts.renderer->site().service(service->slug));
    const bool exact = !matches.empty() && matches.front().likeness >= 0.5;
    const auto look = [&](const Board& board) {
        std::vector<Brief> found;
        for (const auto& match : matches)
            if (!exact || match.likeness >= 0.5)
                found.push_back(make_brief(*match.service, board.standing(match.service->id),
                                           catalogue->work.under_way(*match.service, board.complete_until())));
        return found;
    };
    const auto found = co_await parts.pulse.read(look);
    co_return html(request,
                   render_search(query, found, exact, catalogue->services.size(),
                                 parts.renderer->seen_at(request.origin())),
                   cached);
}

}  // namespace

Answer get_home(const Parts& parts, const http::Request& request) {
    auto query = std::string(ingest::beginning(request.query_value("q").value_or(""), longest_query));
    if (query.find_first_not_of(" \t") != std::string::npos)
        co_return co_await search(parts, request, std::move(query));

    std::vector<storage::IncidentRecord> recent;
    bool whole = true;
    const auto work = [](Transaction& tx) {
        return storage::load_incidents(tx, {.service = {},
                                            .open = {},
                                            .since = {},
                                            .before = {},
                                            .limit = recent_incidents,
                                            .only_wholes = true});
    };
    try {
        recent = co_await parts.database.transact(work);
    } catch (const storage::Unavailable& gone) {
        spdlog::warn("the home page without recent incidents: {}", gone.what());
        whole = false;
    }
    const auto catalogue = parts.pulse.catalogue();
    const auto look = [&](const Board& board) { return make_home_view(board, *catalogue, recent); };
    const auto view = co_await parts.pulse.read(look);
    co_return html(request, render_home(view, parts.renderer->seen_at(request.origin())),
                   whole ? cached : never_stored);
}

Answer get_service(const Parts& parts, const http::Request& request) {
    const auto catalogue = parts.pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return not_found(*parts.renderer, *catalogue, request, request.param("slug"));
    const auto range = find_range(request.query_value("range").value_or(""));
    const auto gathered = co_await gather_service(parts, *catalogue, *service, range);
    co_return html(request, render_service(gathered.view, parts.renderer->seen_at(request.origin())),
                   gathered.whole ? cached : never_stored);
}

Answer get_incidents(const Parts& parts, const http::Request& request) {
    const auto catalogue = parts.pulse.catalogue();
    const auto query = read_archive_query(request);
    if (!query) co_return not_found(*parts.renderer, *catalogue, request, "");
    const auto* service = query->service.empty() ? nullptr : catalogue->find(query->service);
    if (!service && !query->service.empty())
        co_return not_found(*parts.renderer, *catalogue, request, query->service);
    const auto view = co_await gather_archive(parts, *query, service);
    co_return html(request, render_archive(view, parts.renderer->seen_at(request.origin())), cached);
}

Answer get_developers(const Parts& parts, const http::Request& request) {
    const auto catalogue = parts.pulse.catalogue();
    co_return html(request, render_developers(*catalogue, parts.renderer->seen_at(request.origin())), cached);
}

Answer get_incident(const Parts& parts, const http::Request& request) {
    const auto catalogue = parts.pulse.catalogue();
    const std::string id{request.param("id")};
    const auto view = co_await gather_incident(parts, *catalogue, id);
    if (!view) co_return not_found(*parts.renderer, *catalogue, request, "");
    co_return html(request, render_incident(*view, parts.renderer->seen_at(request.origin())), cached);
}

}  // namespace outcry::pages
