// server/operator/account/guard.hpp: every operator's route says who may ask for it; nobody else gets past.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/router.hpp"
#include "server/live/clock.hpp"
#include "server/operator/account/actor.hpp"
#include "server/pages/renderer.hpp"
#include "server/storage/database.hpp"

namespace outcry::operators {

/// Who may ask for a route. There is no default: whoever adds a route decides.
class Rule {
 public:
    /// People from this role on, and programs whose token has this scope (token.hpp); `people_only`: no token.
    constexpr Rule(Role least, std::string_view scope) : least_(least), scope_(scope) {}
    /// Everyone: the way in itself. The handler gets no Actor but an empty one.
    static constexpr Rule anyone() { return Rule{}; }

    constexpr bool is_open() const { return open_; }
    constexpr Role least() const { return least_; }
    constexpr std::string_view scope() const { return scope_; }

 private:
    constexpr Rule() : open_(true), least_(Role::viewer), scope_() {}
    bool open_ = false;
    Role least_;
    std::string_view scope_;
};
inline constexpr std::string_view people_only;

using OperatorHandler =
    std::function<boost::asio::awaitable<http::Response>(const http::Request&, const Actor&)>;

/// What a route takes above the usual size, from whom its rule names alone.
struct LargeBody {
    std::size_t most = 0;  // of what is sent in it: a form may be three times as long, percent-encoded; 0: none
    std::string command{};  // to type on the server with more than that
};

/// A route under /admin (pages, with forms) or /api/v1/admin (JSON).
struct GuardedRoute {
    http::Method method;
    std::string pattern;
    Rule rule;
    OperatorHandler handler;
    LargeBody body{};
    std::vector<std::string_view> query{};  // the parameters it knows; pages leave others alone
};

/// What the guard looks at; outlives the routes.
struct Gate {
    storage::Database& database;
    const live::Clock& clock;
    std::shared_ptr<const pages::Renderer> renderer;
    std::string public_url{};  // scheme and host that people see; empty: not known
};

/// The same routes, each behind its rule: 401, or for a page the way to sign in, for who is not known; 403 for
/// who may not, and for a change that does not carry the session's CSRF token or comes from another site.
/// Of the API, a parameter that its route does not know is 400, and a body that is no JSON 415.
/// Sessions and tokens are read each time, so that what was taken away ends at once. Nothing is cached. A large
/// body is read for who is known alone; its CSRF token, which may be inside, is looked at afterwards.
std::vector<http::Route> guarded(std::vector<GuardedRoute>, const Gate&);

/// Throws std::logic_error naming the first route under /admin or /api/v1/admin: for the tables of those who
/// have no guard.
void refuse_unguarded(std::span<const http::Route>);

}  // namespace outcry::operators
