// server/commands/user.cpp: `outcry user` and `outcry init`: who may sign in, and the links by which they
// choose a password.
#include <fmt/chrono.h>

#include <CLI/App.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "server/commands/note.hpp"
#include "server/commands/session.hpp"
#include "server/operator/account/link.hpp"
#include "server/operator/account/user_name.hpp"
#include "server/operator/account/users.hpp"

namespace outcry::commands {
namespace {

using nlohmann::ordered_json;
using operators::UserChange;

struct Fields {
    std::string name, role = "viewer", note;
};

void print_link(const Invocation& invocation, const config::Config& settings, const std::string& path) {
    const auto seen = settings.operator_listen.empty() ? settings.public_url : std::string{};
    const auto address = operators::base_address(seen, settings.operator_address(), settings.operator_port(),
                                                 settings.base_path) +
                         path;
    if (invocation.json)
        std::cout << ordered_json{{"link", address}}.dump() << '\n';
    else
        std::cout << address << '\n';
    std::cerr << "Open it within 24 hours; it works once.\n";
}

[[noreturn]] void no_such_user(const std::string& name) {
    throw Failure(Exit::failed, "there is no user \"" + name + "\"", "outcry user list");
}

storage::UserSecret find(storage::Transaction& tx, const std::string& name) {
    const auto user = storage::find_user(tx, operators::user_name(name));
    if (!user) no_such_user(name);
    return *user;
}

Exit init(const Invocation& invocation) {
    const Session session(invocation);
    const auto link = session.database->run([](storage::Transaction& tx) {
        const auto now = storage::database_time(tx);
        return operators::make_setup_link(tx, by_command_line(), now, now + operators::link_lasts);
    });
    if (!link)
        throw Failure(Exit::failed, "this installation has been set up: there are users already",
                      "outcry user list, then outcry user passwd NAME");
    print_link(invocation, session.settings, *link);
    return Exit::ok;
}

Exit add(const Invocation& invocation, const Fields& fields) {
    const auto name = operators::user_name(fields.name);
    if (!operators::is_user_name(name))
        throw Failure(Exit::usage,
                      "a name is 1 to 64 of a-z, 0-9 and . _ @ + -, and begins with a letter or a digit",
                      "outcry user add mara --role operator");
    const Session session(invocation);
    const auto link = session.database->run([&](storage::Transaction& tx) {
        const auto now = storage::database_time(tx);
        if (operators::add_user(tx, by_command_line(), name, operators::parse_role(fields.role).value(),
                                fields.note, now) == UserChange::taken)
            throw Failure(Exit::failed, "there is a user \"" + name + "\" already",
                          "outcry user passwd " + name);
        return operators::make_password_link(tx, find(tx, name).id, now, now + operators::link_lasts);
    });
    print_link(invocation, session.settings, link);
    return Exit::ok;
}

Exit passwd(const Invocation& invocation, const Fields& fields) {
    const Session session(invocation);
    const auto link = session.database->run([&](storage::Transaction& tx) {
        const auto now = storage::database_time(tx);
        const auto user = find(tx, fields.name);
        if (user.disabled)
            throw Failure(Exit::failed, "\"" + user.name + "\" is disabled", "outcry user enable " + user.name);
        return *operators::give_link(tx, by_command_line(), user.name, fields.note, now,
                                     now + operators::link_lasts);
    });
    print_link(invocation, session.settings, link);
    return Exit::ok;
}

Exit change(const Invocation& invocation, const Fields& fields, std::optional<operators::Role> role,
            std::optional<bool> disabled, const std::string& done) {
    const Session session(invocation);
    const auto& name = fields.name;
    const auto changed = session.database->run([&](storage::Transaction& tx) {
        return operators::change_user(tx, by_command_line(), find(tx, name).id, role, disabled, fields.note,
                                      storage::database_time(tx));
    });
    if (changed == UserChange::last_admin)
        throw Failure(Exit::failed, "\"" + name + "\" is the last admin who can sign in, and one must be left",
                      "outcry user add NAME --role admin");
    std::cerr << "\"" << name << "\" " << done << '\n';
    return Exit::ok;
}

std::string time_text(Time at) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(at)));
}

std::string state_of(const storage::User& user) {
    return user.disabled ? "disabled" : user.has_password ? "active" : "waiting";
}

Exit list(const Invocation& invocation) {
    const Session session(invocation);
    const auto users = session.database->run([](storage::Transaction& tx) { return storage::load_users(tx); });
    auto array = ordered_json::array();
    for (const auto& user : users) {
        array.push_back({{"name", user.name},
                         {"role", user.role},
                         {"state", state_of(user)},
                         {"made", time_text(user.made)},
                         {"seen", user.seen ? ordered_json(time_text(*user.seen)) : ordered_json(nullptr)}});
        if (!invocation.json)
            std::cout << user.name << '\t' << user.role << '\t' << state_of(user) << '\t'
                      << time_text(user.made) << '\n';
    }
    if (invocation.json) std::cout << array.dump() << '\n';
    return Exit::ok;
}

}  // namespace

void add_init(CLI::App& program, Invocation& invocation) {
    program.add_subcommand("init", "Make the database, and a link to set up the first operator")
        ->callback([&invocation] { invocation.run = [&invocation] { return init(invocation); }; });
}

void add_user(CLI::App& program, Invocation& invocation) {
    auto* user = program.add_subcommand("user", "Who may sign in: add, passwd, role, disable, enable, list");
    user->require_subcommand(1);
    const auto fields = std::make_shared<Fields>();
    const std::vector<std::string> roles{"viewer", "operator", "admin"};
    const auto command = [&](const char* name, const char* help, std::function<Exit()> run) {
        auto* made = user->add_subcommand(name, help);
        made->add_option("name", fields->name, "The user's name")->required();
        add_note(*made, fields->note);
        made->callback([&invocation, run = std::move(run)] { invocation.run = run; });
        return made;
    };
    command("add", "A new user; prints a link to choose a password",
            [&invocation, fields] { return add(invocation, *fields); })
        ->add_option("--role", fields->role, "viewer (the default), operator, admin")
        ->check(CLI::IsMember(roles));
    command("passwd", "A link to choose a new password",
            [&invocation, fields] { return passwd(invocation, *fields); });
    command("role", "Another role",
            [&invocation, fields] {
                return change(invocation, *fields, operators::parse_role(fields->role), std::nullopt,
                              "is now " + fields->role);
            })
        ->add_option("role", fields->role, "viewer, operator, admin")
        ->required()
        ->check(CLI::IsMember(roles));
    command("disable", "Sign a user out everywhere, and in no more", [&invocation, fields] {
        return change(invocation, *fields, std::nullopt, true, "cannot sign in any more");
    });
    command("enable", "Let a disabled user sign in again",
            [&invocation, fields] { return change(invocation, *fields, std::nullopt, false, "can sign in"); });
    user->add_subcommand("list", "Every user: name, role, state, when made")->callback([&invocation] {
        invocation.run = [&invocation] { return list(invocation); };
    });
}

}  // namespace outcry::commands
