// server/live/incident_columns.cpp: see the header.
#include "server/live/incident_columns.hpp"

#include "server/storage/bins.hpp"

namespace outcry::live {

boost::asio::awaitable<IncidentColumns> incident_columns(const Pulse& pulse, storage::Database& database,
                                                         const storage::IncidentRecord& record, Minute now) {
    IncidentColumns shown{.span = analytics::incident_span(record.incident, now), .columns = {}};
    const auto& span = shown.span;
    std::vector<analytics::Bin> bins;
    std::optional<analytics::UsualColumns> usual;
    const auto load = [&](storage::Transaction& tx) {
        bins = storage::load_bins(tx, record.service, span.from, span.to);
        usual = storage::load_usual(tx, record.id);
    };
    co_await database.read(load);
    const auto look = [&](const analytics::Board& board) {
        const auto* monitor = board.monitor(record.service);
        const auto expect = [&](Minute from, std::chrono::minutes step) {
            return monitor ? monitor->expect(from, step) : analytics::Expectation{};
        };
        shown.complete_until = board.complete_until();
        return analytics::make_columns(bins, span.from, span.to, span.step, shown.complete_until, expect);
    };
    shown.columns = co_await pulse.read(look);
    // What was foreseen when it opened: what has been learned since has learned from the outage. While it is
    // open the present baseline may stand in; once it is closed only what was kept may be shown.
    const bool laid = usual && analytics::lay_usual(*usual, shown.columns);
    shown.band = laid || record.incident.phase != analytics::Phase::closed;
    co_return shown;
}

}  // namespace outcry::live
