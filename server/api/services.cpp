// server/api/services.cpp: GET /services and GET /services/{slug}: what is watched, and how it stands.
#include "server/api/services.hpp"

#include <algorithm>

#include "server/api/json.hpp"
#include "server/api/paging.hpp"
#include "server/api/query.hpp"
#include "server/api/refusals.hpp"

namespace outcry::api {

using boost::asio::awaitable;
using Wanted = std::vector<const storage::Service*>;

namespace {

using namespace std::chrono_literals;

constexpr auto quarter = std::chrono::minutes{15};
constexpr int spark_quarters = 24;

std::string lower_case(std::string_view text) {
    std::string out(text);
    for (auto& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    return out;
}

bool mentions(const storage::Service& service, const std::string& words) {
    const auto in = [&](const std::string& text) { return lower_case(text).find(words) != std::string::npos; };
    return in(service.name) || in(service.slug) ||
           std::any_of(service.aliases.begin(), service.aliases.end(), in);
}

std::vector<std::uint32_t> spark_of(const analytics::Board& board, storage::ServiceId id) {
    std::vector<std::uint32_t> spark(spark_quarters, 0);
    const auto until = board.complete_until();
    const auto from = until - quarter * spark_quarters;
    for (const auto& bin : board.bins(id, from, until)) {
        spark[static_cast<std::size_t>((bin.minute - from) / quarter)] += bin.reports;
    }
    return spark;
}

ServiceLine brief_of(const analytics::Board& board, const live::Catalogue& catalogue,
                     const storage::Service& service) {
    return {
        &service, board.standing(service.id), {}, catalogue.work.under_way(service, board.complete_until())};
}

ServiceLine line_of(const analytics::Board& board, const live::Catalogue& catalogue,
                    const storage::Service& service) {
    auto line = brief_of(board, catalogue, service);
    line.spark = spark_of(board, service.id);
    return line;
}

/// Services after the cursor that fit the words and the group, in order of name.
Wanted select(const live::Catalogue& catalogue, Query& query) {
    const auto words = lower_case(query.text("q").value_or(""));
    const auto group = lower_case(query.text("category").value_or(""));
    std::size_t first = 0;
    if (const auto cursor = query.text("cursor")) {
        const auto found = catalogue.by_slug.find(std::string(*cursor));
        if (found == catalogue.by_slug.end()) {
            query.refuse("cursor", "This place in the list is gone; start again without a cursor.");
        } else {
            first = found->second + 1;
        }
    }
    Wanted wanted;
    for (auto i = first; i < catalogue.services.size(); ++i) {
        const auto& service = catalogue.services[i];
        const bool fits = (words.empty() || mentions(service, words)) &&
                          (group.empty() || lower_case(service.group) == group);
        if (fits) wanted.push_back(&service);
    }
    return wanted;
}

}  // namespace

awaitable<http::Response> list_services(const http::Request& request, const live::Pulse& pulse) {
    const auto catalogue = pulse.catalogue();
    Query query(request, {"q", "category", "state", "cursor", "limit"});
    const auto limit = static_cast<std::size_t>(query.number("limit", 50, 1, 200));
    const auto state = query.choice(
        "state", {"normal", "possible", "spike", "recovering", "insufficient_data", "maintenance"});
    const auto state_name = state ? *query.text("state") : std::string_view{};
    const auto wanted = select(*catalogue, query);
    if (auto refusal = query.refusal()) co_return std::move(*refusal);

    bool more = false;
    const auto look = [&](const analytics::Board& board) {
        std::vector<ServiceLine> lines;
        for (const auto* service : wanted) {
            const auto* work = catalogue->work.under_way(*service, board.complete_until());
            if (state && live::shown_state(board.standing(service->id).verdict.state, work) != state_name)
                continue;
            more = lines.size() == limit;
            if (more) break;
            lines.push_back(line_of(board, *catalogue, *service));
        }
        return lines;
    };
    const auto lines = co_await pulse.read(look);
    const auto next = more ? std::optional{lines.back().service->slug} : std::nullopt;
    auto response = http::content("application/json", services_json(lines, next));
    if (next) response.set("link", link_to_next(request, *next));
    co_return response;
}

awaitable<http::Response> show_service(const http::Request& request, const live::Pulse& pulse,
                                       storage::Database& database) {
    const auto catalogue = pulse.catalogue();
    const auto* service = catalogue->find(request.param("slug"));
    if (!service) co_return unknown_service(request.param("slug"));
    if (auto refusal = Query(request, {}).refusal()) co_return std::move(*refusal);

    const auto look = [&](const analytics::Board& board) {
        ServiceDetail detail;
        detail.line = line_of(board, *catalogue, *service);
        detail.complete_until = board.complete_until();
        const Time now{detail.complete_until};
        detail.work_ahead = catalogue->work.ahead(*service, now, now + live::AnnouncedWork::near);
        if (service->parent) {
            if (const auto* parent = catalogue->find(*service->parent))
                detail.parent = brief_of(board, *catalogue, *parent);
        }
        for (const auto& other : catalogue->services) {
            if (other.parent == service->id) detail.children.push_back(brief_of(board, *catalogue, other));
        }
        return detail;
    };
    auto detail = co_await pulse.read(look);
    const bool open = detail.line.standing.incident.phase == analytics::Phase::open;
    const auto load = [&](storage::Transaction& tx) {
        const Time now{detail.complete_until};
        detail.official = storage::load_statements(tx, service->id, now - 24h, now + 1h);
        if (!open) return;
        storage::IncidentFilter filter;
        filter.service = service->id;
        filter.open = true;
        filter.limit = 1;
        if (auto found = storage::load_incidents(tx, filter); !found.empty())
            detail.open_incident = std::move(found.front());
    };
    co_await database.read(load);
    co_return http::content("application/json", service_json(detail, *catalogue));
}

}  // namespace outcry::api
