// server/commands/service.cpp: `outcry service`: the catalogue by hand, one service or all of it.
#include <CLI/App.hpp>
#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>

#include "server/catalogue/catalogue_file.hpp"
#include "server/commands/catalogue.hpp"
#include "server/commands/note.hpp"
#include "server/commands/session.hpp"
#include "server/config/keys.hpp"
#include "server/storage/services.hpp"

namespace outcry::commands {
namespace {

using Json = nlohmann::ordered_json;

/// The fields of add and edit; what was not given stays as it is.
struct Fields {
    std::string slug;
    std::optional<std::string> name, group, homepage, status_page, provider, zone, parent;
    std::optional<std::vector<std::string>> aliases, categories;  // category: "key=Label"
    std::optional<std::vector<std::int64_t>> networks;
    std::string note;  // for the audit log
};

std::string slug_of(const std::vector<storage::Service>& all, std::optional<storage::ServiceId> id) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& service) { return id && service.id == *id; });
    return found == all.end() ? std::string{} : found->slug;
}

std::vector<storage::Service> load_all(const Session& session) {
    return session.database->run([](storage::Transaction& tx) { return storage::load_services(tx); });
}

/// The change as a catalogue file of one service, so that the same rules and words hold for both ways in.
std::string as_file(const std::vector<storage::Service>& all, const Fields& fields, bool must_exist) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& service) { return service.slug == fields.slug; });
    if (must_exist && found == all.end())
        throw Failure(Exit::failed, "there is no service \"" + fields.slug + "\"", "outcry service list");
    if (!must_exist && found != all.end())
        throw Failure(Exit::failed, "there is a service \"" + fields.slug + "\" already",
                      "outcry service edit " + fields.slug);
    Json object = must_exist ? Json::parse(catalogue::format_service(*found, slug_of(all, found->parent)))
                             : Json{{"slug", fields.slug}};
    const auto put = [&](const char* name, const std::optional<std::string>& text) {
        if (text) object[name] = *text;
    };
    put("name", fields.name);
    put("group", fields.group);
    put("homepage", fields.homepage);
    put("status_page", fields.status_page);
    put("provider", fields.provider);
    put("zone", fields.zone);
    put("parent", fields.parent);
    if (fields.aliases) object["aliases"] = *fields.aliases;
    if (fields.networks) object["networks"] = *fields.networks;
    if (fields.categories) {
        object["categories"] = Json::array();
        for (const auto& text : *fields.categories) {
            const auto equals = text.find('=');
            if (equals == std::string::npos)
                throw Failure(Exit::usage, "a category is key=Label, not \"" + text + "\"",
                              "--category \"login=Signing in\"");
            object["categories"].push_back(
                {{"key", text.substr(0, equals)}, {"label", text.substr(equals + 1)}});
        }
    }
    return Json{{"services", {object}}}.dump();
}

std::vector<catalogue::Change> apply(const Session& session, const std::string& file, const std::string& name,
                                     const std::string& note, bool dry_run, bool prune = false) try {
    return import_catalogue(*session.database, file,
                            {.dry_run = dry_run, .prune = prune, .actor = by_command_line(), .why = note});
} catch (const catalogue::CatalogueError& error) {
    throw Failure(Exit::failed, name + error.what(),
                  "put it right, then the same again; outcry service export shows the shape");
}

void print(const std::vector<catalogue::Change>& changes, bool dry_run, bool json) {
    auto list = Json::array();
    std::size_t changed = 0;
    for (const auto& change : changes) {
        if (change.what.empty()) continue;
        ++changed;
        if (json)
            list.push_back({{"slug", change.slug}, {"change", change.what}});
        else
            std::cout << change.slug << ": " << change.what << '\n';
    }
    if (json) std::cout << list.dump() << '\n';
    std::cerr << changed << " of " << changes.size() << (dry_run ? " would change\n" : " changed\n");
}

Exit put_one(const Invocation& invocation, const Fields& fields, bool must_exist) {
    const Session session(invocation);
    const auto file = as_file(load_all(session), fields, must_exist);
    print(apply(session, file, "", fields.note, false), false, invocation.json);
    return Exit::ok;
}

Exit list(const Invocation& invocation) {
    const Session session(invocation);
    const auto all = load_all(session);
    if (invocation.json) {
        auto array = Json::array();
        for (const auto& service : all)
            array.push_back(Json::parse(catalogue::format_service(service, slug_of(all, service.parent))));
        std::cout << array.dump() << '\n';
        return Exit::ok;
    }
    for (const auto& service : all)
        std::cout << service.slug << '\t' << service.name << '\t' << service.group << '\n';
    return Exit::ok;
}

std::string read_all(const std::string& name) {
    std::ifstream file;
    if (name != "-") file.open(name, std::ios::binary);
    std::istream& in = name == "-" ? std::cin : file;
    if (!in)
        throw Failure(Exit::failed, name + " cannot be read", "check the name, or give - for standard input");
    return {std::istreambuf_iterator<char>(in), {}};
}

Exit import(const Invocation& invocation, const std::string& name, const std::string& note, bool dry_run,
            bool prune) {
    const auto text = name.empty() ? std::string(starter_catalogue()) : read_all(name);
    const Session session(invocation);
    const auto called = name.empty() ? "starter catalogue" : name == "-" ? "standard input" : name;
    print(apply(session, text, called + ", ", note, dry_run, prune), dry_run, invocation.json);
    return Exit::ok;
}

Exit export_all(const Invocation& invocation) {
    const Session session(invocation);
    std::cout << catalogue::format_catalogue(load_all(session));
    return Exit::ok;
}

Exit archive_one(const Invocation& invocation, const std::string& slug, const std::string& note) {
    const Session session(invocation);
    const bool done = session.database->run([&](storage::Transaction& tx) {
        return catalogue::archive(tx, slug, by_command_line(), note, storage::database_time(tx));
    });
    if (!done) throw Failure(Exit::failed, "there is no service \"" + slug + "\"", "outcry service list");
    print({{slug, "archived"}}, false, invocation.json);
    return Exit::ok;
}

void add_fields(CLI::App* command, Fields& fields, bool name_required) {
    command->add_option("slug", fields.slug, "Its name in addresses, such as microsoft-365")->required();
    command->add_option("--name", fields.name, "What people call it")->required(name_required);
    command->add_option("--group", fields.group, "The group it stands in on the front page");
    command->add_option("--homepage", fields.homepage, "Its address");
    command->add_option("--status-page", fields.status_page, "The provider's own status page");
    command->add_option("--provider", fields.provider, "Who speaks for it");
    command->add_option("--zone", fields.zone, "IANA zone of most of its users, such as Europe/Berlin");
    command->add_option("--parent", fields.parent, "Slug of what it is part of; \"\" for none");
    command->add_option("--alias", fields.aliases, "Another name people look for; again for more");
    command->add_option("--network", fields.networks,
                        "Number of an autonomous system of its own; again for more");
    command->add_option("--category", fields.categories,
                        "key=Label of a problem; again for more; replaces all");
    add_note(*command, fields.note);
}

}  // namespace

void add_service(CLI::App& program, Invocation& invocation) {
    auto* service =
        program.add_subcommand("service", "The catalogue: list, add, edit, archive, import, export");
    service->require_subcommand(1);

    service->add_subcommand("list", "Every service: slug, name, group")->callback([&invocation] {
        invocation.run = [&invocation] { return list(invocation); };
    });

    const auto added = std::make_shared<Fields>(), edited = std::make_shared<Fields>();
    auto* add = service->add_subcommand("add", "Add one service");
    add_fields(add, *added, true);
    add->callback([&invocation, added] {
        invocation.run = [&invocation, added] { return put_one(invocation, *added, false); };
    });
    auto* edit = service->add_subcommand("edit", "Change one service; what is not named stays");
    add_fields(edit, *edited, false);
    edit->callback([&invocation, edited] {
        invocation.run = [&invocation, edited] { return put_one(invocation, *edited, true); };
    });

    const auto file = std::make_shared<std::string>();
    const auto note = std::make_shared<std::string>();
    const auto dry_run = std::make_shared<bool>(false), prune = std::make_shared<bool>(false);
    auto* from_file = service->add_subcommand("import", "Add and change services from a catalogue file");
    from_file->add_option("file", *file, "A catalogue file, - for standard input; none: the starter catalogue");
    from_file->add_flag("--dry-run", *dry_run, "Say what would change, and change nothing");
    from_file->add_flag("--prune", *prune, "Archive the services that the file does not name");
    add_note(*from_file, *note);
    from_file->callback([&invocation, file, note, dry_run, prune] {
        invocation.run = [&invocation, file, note, dry_run, prune] {
            return import(invocation, *file, *note, *dry_run, *prune);
        };
    });

    const auto gone = std::make_shared<std::string>();
    auto* archived = service->add_subcommand(
        "archive", "Take one service off the pages; an open incident of it ends, its history stays");
    archived->add_option("slug", *gone, "The service")->required();
    add_note(*archived, *note);
    archived->callback([&invocation, gone, note] {
        invocation.run = [&invocation, gone, note] { return archive_one(invocation, *gone, *note); };
    });

    service->add_subcommand("export", "The whole catalogue as a file on standard output")
        ->callback([&invocation] { invocation.run = [&invocation] { return export_all(invocation); }; });
}

}  // namespace outcry::commands
