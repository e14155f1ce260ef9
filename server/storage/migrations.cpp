// server/storage/migrations.cpp: numbered, checksummed, one transaction each.
#include "server/storage/migrations.hpp"

#include <fmt/core.h>
#include <openssl/evp.h>

#include <array>
#include <charconv>
#include <map>

#include "migration_files.hpp"
#include "queries.hpp"
#include "server/storage/columns.hpp"
#include "server/storage/transaction.hpp"

namespace outcry::storage {
namespace {

std::string checksum(std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
    std::string hex;
    for (unsigned i = 0; i < size; ++i) hex += fmt::format("{:02x}", digest[i]);
    return hex;
}

struct Applied {
    std::string name, checksum;
};

std::map<int, Applied> load_applied(Transaction& tx) {
    std::map<int, Applied> applied;
    if (tx.exec(sql::has_migrations)[0][0].as<bool>())
        for (const auto& row : tx.exec(sql::load_migrations))
            applied[row[0].as<int>()] = {text_from(row[1]), text_from(row[2])};
    return applied;
}

void check(const std::map<int, Applied>& applied, std::span<const Migration> known) {
    std::map<int, const Migration*> by_number;
    for (const auto& migration : known) by_number[migration.number] = &migration;
    for (const auto& [number, row] : applied) {
        const auto found = by_number.find(number);
        if (found == by_number.end())
            throw MigrationError(
                fmt::format("The database holds migration {}, which this version of Outcry does not know: it "
                            "was migrated by a newer "
                            "version. Start that version, or see `outcry version`.",
                            row.name));
        if (checksum(found->second->text) != row.checksum)
            throw MigrationError(
                fmt::format("Migration {} was edited after it had been applied to this database. Put the file "
                            "back as it was and make "
                            "the change in a new migration; `outcry migrate --status` shows what is applied.",
                            row.name));
    }
}

std::vector<MigrationStatus> stand(std::map<int, Applied> applied, std::span<const Migration> known) {
    std::vector<MigrationStatus> status;
    for (const auto& migration : known) {
        const auto row = applied.extract(migration.number);
        status.push_back({.number = migration.number,
                          .name = migration.name,
                          .applied = !row.empty(),
                          .edited = !row.empty() && row.mapped().checksum != checksum(migration.text)});
    }
    for (const auto& [number, row] : applied)
        status.push_back({.number = number, .name = row.name, .applied = true, .newer = true});
    return status;
}

/// Applies the first missing one. False when there is none.
bool apply_next(Transaction& tx, std::span<const Migration> known, std::string& name) {
    tx.exec(sql::lock_migrations);
    tx.exec_script(std::string{sql::make_migrations});
    const auto applied = load_applied(tx);
    check(applied, known);
    for (const auto& migration : known) {
        if (applied.count(migration.number)) continue;
        name = migration.name;
        tx.exec_script(std::string{migration.text});
        tx.exec(sql::insert_migration, migration.number, migration.name, checksum(migration.text));
        return true;
    }
    return false;
}

}  // namespace

const std::vector<Migration>& built_in_migrations() {
    static const auto migrations = [] {
        std::vector<Migration> all;
        for (const auto& [name, text] : sql::migrations::files) {
            int number = 0;
            std::from_chars(name.data(), name.data() + 4, number);
            all.push_back({number, std::string{name}, text});
        }
        return all;
    }();
    return migrations;
}

std::vector<MigrationStatus> list_migrations(Database& database, std::span<const Migration> known) {
    return stand(database.run(load_applied), known);
}

std::vector<MigrationStatus> migration_status(Database& database, std::span<const Migration> known) {
    const auto applied = database.run(load_applied);
    check(applied, known);
    return stand(applied, known);
}

void migrate(Database& database, const std::function<void(const std::string&)>& applied,
             std::span<const Migration> known) {
    for (;;) {
        std::string name;
        try {
            if (!database.run([&](Transaction& tx) { return apply_next(tx, known, name); })) return;
        } catch (const pqxx::insufficient_privilege& error) {
            throw MigrationError(
                fmt::format("Migration {} needs more rights than the database user has ({}). Run `outcry "
                            "migrate` once as a user that "
                            "owns the database and may create roles.",
                            name, one_line(error.what())));
        } catch (const pqxx::sql_error& error) {
            throw MigrationError(
                fmt::format("Migration {} failed and was undone: {}. Nothing after it was applied; `outcry "
                            "migrate --status` shows "
                            "where the database stands.",
                            name, one_line(error.what())));
        }
        if (applied) applied(name);
    }
}

}  // namespace outcry::storage
