// server/operator/incidents/statement_draft.cpp: see the header.
#include "server/operator/incidents/statement_draft.hpp"

#include <algorithm>

#include "server/official/said.hpp"
#include "server/operator/account/secret.hpp"
#include "server/operator/moment.hpp"
#include "server/outbound/url.hpp"

namespace outcry::operators {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t longest = 2'000;
constexpr auto oldest = 30 * 24h;

/// Stricter than what a provider's own page may link to: whoever writes it down can choose.
bool is_secure_address(const std::string& address) {
    return address.starts_with("https://") && official::web_address(address) == address;
}

/// Why a moment cannot be when something was said, as a word of the catalogue; empty when it can.
std::string_view wrong_moment(const std::optional<Time>& at, Time now) {
    if (!at) return "time";
    if (*at > now + 1min) return "future";
    return *at < now - oldest ? "old" : "";
}

}  // namespace

storage::Statement read_statement(const http::Request& request, const std::string& by_whom, Time now,
                                  const pages::Words& words, Flaws& flaws) {
    const auto input = Input::read(request, {"status", "text", "address", "at"}, flaws);
    if (!flaws.empty()) return {};
    const auto wrong = [&](std::string field, std::string_view why) {
        flaws.push_back({std::move(field), words.text("operator.statements.wrong." + std::string(why))});
    };
    storage::Statement statement{.external_id = "operator " + make_secret(),
                                 .at = now,
                                 .status = input.text("status"),
                                 .title = {},
                                 .text = official::plain(input.text("text"), longest + 1),
                                 .address = input.text("address"),
                                 .by_whom = by_whom};
    if (std::find(statement_statuses.begin(), statement_statuses.end(), statement.status) ==
        statement_statuses.end())
        wrong("status", "status");
    if (statement.text.empty())
        wrong("text", "empty");
    else if (official::plain(statement.text, longest) != statement.text)
        wrong("text", "long");
    if (!statement.address.empty() && !is_secure_address(statement.address)) wrong("address", "address");
    if (const auto text = input.text("at"); !text.empty()) {
        const auto typed = parse_moment(text);
        const auto at = typed ? typed : official::time_said(text);
        if (const auto why = wrong_moment(at, now); !why.empty())
            wrong("at", why);
        else
            statement.at = *at;
    }
    return statement;
}

std::string read_source(const http::Request& request, const pages::Words& words, Flaws& flaws) {
    auto address = Input::read(request, {"address"}, flaws).text("address");
    outbound::BadUrl bad;
    if (!address.empty() && !outbound::parse_url(address, bad))
        flaws.push_back({"address", words.text("operator.statements.wrong.source_" + bad.why)});
    return address;
}

}  // namespace outcry::operators
