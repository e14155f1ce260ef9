// server/official/status_page.cpp: tells the forms apart, and keeps what can be stored.
#include "server/official/status_page.hpp"

#include <algorithm>

#include "server/official/feed_xml.hpp"
#include "server/official/said.hpp"
#include "server/official/statuspage_json.hpp"

namespace outcry::official {
namespace {

using namespace std::chrono_literals;

constexpr auto clocks_differ = 5min;

bool is_page_for_people(std::string_view body) {
    std::string head(body.substr(0, 14));
    for (auto& c : head)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return head.starts_with("<!doctype html") || head.starts_with("<html");
}

/// Brought to the lengths and letters that are stored; false when nothing of worth is left.
bool tidy(storage::Statement& statement, Time now) {
    statement.external_id = plain(statement.external_id, longest_id - 1);
    statement.title = plain(statement.title, longest_title - 1);
    statement.text = plain(statement.text, longest_text - 1);
    statement.address = web_address(statement.address);
    return !statement.external_id.empty() && !(statement.title.empty() && statement.text.empty()) &&
           statement.at <= now + clocks_differ;
}

}  // namespace

std::vector<storage::Statement> read_status_page(std::string_view body, Time now) {
    if (body.starts_with("\xef\xbb\xbf")) body.remove_prefix(3);
    const auto first = body.find_first_not_of(" \t\r\n");
    if (first == body.npos) throw UnreadablePage("the answer is empty");
    std::vector<storage::Statement> statements;
    if (is_page_for_people(body.substr(first)))
        throw UnreadablePage(
            "this is a page for people; give the address of its feed, or of its JSON "
            "(…/api/v2/incidents.json)");
    if (body[first] == '{' || body[first] == '[')
        statements = read_statuspage(body);
    else if (body[first] == '<')
        statements = read_feed(body);
    else
        throw UnreadablePage("the answer is neither JSON nor a feed");
    std::erase_if(statements, [&](auto& statement) { return !tidy(statement, now); });
    std::stable_sort(statements.begin(), statements.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
    if (statements.size() > most_statements)
        statements.erase(statements.begin(), statements.end() - static_cast<std::ptrdiff_t>(most_statements));
    return statements;
}

}  // namespace outcry::official
