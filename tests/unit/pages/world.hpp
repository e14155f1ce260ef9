// tests/unit/pages/world.hpp: a small catalogue and a board that has really watched it: three calm days, then
// an outage.
#pragma once
#include <string>
#include <vector>

#include "analytics/board.hpp"
#include "server/live/pulse.hpp"

namespace outcry::pages::samples {

using namespace std::chrono_literals;

/// Mail (1) with its parts calendar (2) and chat (3), a bank (4), and a service nobody reports (5).
struct World {
    static constexpr storage::ServiceId mail = 1, calendar = 2, chat = 3, bank = 4, silent = 5;
    Minute start = std::chrono::sys_days{std::chrono::year{2026} / 1 / 19};
    Minute outage = start + 72h;  // 22 January, 00:00
    live::Catalogue catalogue;
    analytics::Board board;

    World() {
        add("Bank", "Money", bank, {});
        add("Calendar", "Mail and office", calendar, mail);
        add("Chat", "Mail and office", chat, mail);
        add("Mail", "Mail and office", mail, {});
        add("Silent", "Other", silent, {});
        for (auto at = start; at < outage; at += 1min) count(at, 2, 1, 1);
        board.advance(outage);
    }

    /// Mail and chat rise to `size` a minute for as long as `minutes`; calendar and bank go on as ever.
    void rise(std::uint32_t size, int minutes) {
        auto at = board.complete_until();
        for (int i = 0; i < minutes; ++i, at += 1min) count(at, size, size / 2, 1);
        board.advance(at);
    }

    const storage::Service& service(storage::ServiceId id) const { return *catalogue.find(id); }

 private:
    void add(std::string name, std::string group, storage::ServiceId id,
             std::optional<storage::ServiceId> parent) {
        storage::Service service;
        service.id = id;
        service.name = name;
        for (const char c : name) service.slug += static_cast<char>(std::tolower(c));
        service.group = std::move(group);
        service.parent = parent;
        service.categories = {{1, "login", "Signing in"}, {2, "other", "Something else"}};
        board.add(id, analytics::Monitor({}, nullptr, start));
        catalogue.by_slug[service.slug] = catalogue.services.size();
        catalogue.by_id[id] = catalogue.services.size();
        catalogue.services.push_back(std::move(service));
    }

    void count(Minute at, std::uint32_t mail_reports, std::uint32_t chat_reports, std::uint32_t others) {
        board.apply(mail, {.minute = at, .reports = mail_reports, .works = 1});
        board.apply(chat, {.minute = at, .reports = chat_reports});
        board.apply(calendar, {.minute = at, .reports = others});
        board.apply(bank, {.minute = at, .reports = others});
    }
};

}  // namespace outcry::pages::samples
