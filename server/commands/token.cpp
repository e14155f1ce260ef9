// server/commands/token.cpp: `outcry token`: what programs of the operators sign in with: create, list, revoke.
#include <fmt/chrono.h>

#include <CLI/App.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "server/commands/note.hpp"
#include "server/commands/session.hpp"
#include "server/operator/account/secret.hpp"
#include "server/operator/account/token.hpp"
#include "server/operator/account/token_changes.hpp"

namespace outcry::commands {
namespace {

using nlohmann::ordered_json;

struct Fields {
    std::string name;
    std::vector<std::string> scopes;
    std::string note;
};

void check_name(const std::string& name) {
    const bool visible = std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < '\x7f'; });
    if (name.empty() || name.size() > 64 || !visible)
        throw Failure(Exit::usage, "a name is 1 to 64 visible ASCII characters",
                      "outcry token create grafana --scope detector:preview");
}

std::string time_text(Time at) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(at)));
}

std::string joined(const std::vector<std::string>& scopes) {
    std::string text;
    for (const auto& scope : scopes) text.append(text.empty() ? "" : ",").append(scope);
    return text;
}

Exit create(const Invocation& invocation, const Fields& fields) {
    check_name(fields.name);
    const auto token = operators::make_token();
    const Session session(invocation);
    const bool made = session.database->run([&](storage::Transaction& tx) {
        const auto now = storage::database_time(tx);
        return operators::create_token(
            tx, by_command_line(),
            {.name = fields.name, .hash = operators::hash_secret(token), .scopes = fields.scopes, .made = now},
            fields.note, now);
    });
    if (!made)
        throw Failure(Exit::failed, "a token \"" + fields.name + "\" is in force already",
                      "outcry token revoke " + fields.name);
    if (invocation.json)
        std::cout << ordered_json{{"name", fields.name}, {"scopes", fields.scopes}, {"token", token}}.dump()
                  << '\n';
    else
        std::cout << token << '\n';
    std::cerr << "Keep it now: it is not stored and cannot be shown again.\n";
    return Exit::ok;
}

Exit list(const Invocation& invocation) {
    const Session session(invocation);
    const auto tokens =
        session.database->run([](storage::Transaction& tx) { return storage::load_tokens(tx); });
    if (invocation.json) {
        auto array = ordered_json::array();
        for (const auto& token : tokens)
            array.push_back({{"name", token.name}, {"scopes", token.scopes}, {"made", time_text(token.made)}});
        std::cout << array.dump() << '\n';
        return Exit::ok;
    }
    for (const auto& token : tokens)
        std::cout << token.name << '\t' << joined(token.scopes) << '\t' << time_text(token.made) << '\n';
    return Exit::ok;
}

Exit revoke(const Invocation& invocation, const Fields& fields) {
    const auto& name = fields.name;
    const Session session(invocation);
    const bool done = session.database->run([&](storage::Transaction& tx) {
        return operators::revoke_token(tx, by_command_line(), name, fields.note, storage::database_time(tx));
    });
    if (!done) throw Failure(Exit::failed, "no token \"" + name + "\" is in force", "outcry token list");
    std::cerr << "\"" << name << "\" is refused from now on\n";
    return Exit::ok;
}

}  // namespace

void add_token(CLI::App& program, Invocation& invocation) {
    auto* token = program.add_subcommand("token", "Operators' tokens for the API: create, list, revoke");
    token->require_subcommand(1);

    const auto fields = std::make_shared<Fields>();
    auto* made = token->add_subcommand("create", "A new token, shown once on standard output");
    made->add_option("name", fields->name, "Who or what uses it")->required();
    made->add_option("--scope", fields->scopes, "What it may do: detector:preview, admin; again for more")
        ->required()
        ->allow_extra_args(false)
        ->check(CLI::IsMember(std::vector<std::string>(operators::scopes.begin(), operators::scopes.end())));
    add_note(*made, fields->note);
    made->callback([&invocation, fields] {
        invocation.run = [&invocation, fields] { return create(invocation, *fields); };
    });

    token->add_subcommand("list", "Those in force: name, scopes, when made")->callback([&invocation] {
        invocation.run = [&invocation] { return list(invocation); };
    });

    const auto gone = std::make_shared<Fields>();
    auto* revoked = token->add_subcommand("revoke", "Refuse a token from now on");
    revoked->add_option("name", gone->name, "Its name")->required();
    add_note(*revoked, gone->note);
    revoked->callback(
        [&invocation, gone] { invocation.run = [&invocation, gone] { return revoke(invocation, *gone); }; });
}

}  // namespace outcry::commands
