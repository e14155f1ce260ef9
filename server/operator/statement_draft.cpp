// server/operator/statement_draft.cpp: see the header.
#include "server/operator/statement_draft.hpp"

#include <algorithm>
#include <array>

#include "server/official/said.hpp"
#include "server/operator/secret.hpp"
#include "server/outbound/url.hpp"

namespace outcry::operators {
namespace {

using namespace std::chrono_literals;

constexpr std::array<std::string_view, 5> statuses{"investigating", "identified", "monitoring", "resolved",
                                                   "other"};
constexpr std::size_t longest = 2'000;
constexpr auto oldest = 30 * 24h;

/// "2026-01-22T19:37" as browsers send it, and anything that says its offset.
std::optional<Time> moment_from(const std::string& text) {
    if (const auto at = official::time_said(text)) return at;
    if (const auto at = official::time_said(text + "Z")) return at;
    return official::time_said(text + ":00Z");
}

}  // namespace

storage::Statement check_statement(const StatementDraft& draft, const std::string& by_whom, Time now,
                                   std::vector<Wrong>& wrong) {
    storage::Statement statement{.external_id = "operator " + make_secret(),
                                 .at = now,
                                 .status = draft.status,
                                 .title = {},
                                 .text = official::plain(draft.text, longest + 1),
                                 .address = draft.address,
                                 .by_whom = by_whom};
    if (std::find(statuses.begin(), statuses.end(), draft.status) == statuses.end())
        wrong.push_back({"status", "status"});
    if (statement.text.empty())
        wrong.push_back({"text", "empty"});
    else if (official::plain(draft.text, longest) != statement.text)
        wrong.push_back({"text", "long"});
    if (official::web_address(draft.address) != draft.address) wrong.push_back({"address", "address"});
    if (!draft.at.empty()) {
        const auto at = moment_from(draft.at);
        if (!at)
            wrong.push_back({"at", "time"});
        else if (*at > now + 1min)
            wrong.push_back({"at", "future"});
        else if (*at < now - oldest)
            wrong.push_back({"at", "old"});
        else
            statement.at = *at;
    }
    return statement;
}

std::string check_source_address(const std::string& address) {
    outbound::BadUrl bad;
    if (address.empty() || outbound::parse_url(address, bad)) return {};
    return "source_" + bad.why;
}

}  // namespace outcry::operators
