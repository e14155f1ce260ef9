// server/operator/tuning/labelling.cpp: a label and its audit line, in one transaction.
#include "server/operator/tuning/labelling.hpp"

#include <nlohmann/json.hpp>

#include "server/operator/moment.hpp"
#include "server/pages/words.hpp"
#include "server/storage/audit.hpp"

namespace outcry::operators {

using nlohmann::ordered_json;
using storage::AlertLabel;

namespace {

/// "2026-01-22T19:00:00Z"; seconds must be there, and are dropped.
std::optional<Minute> minute_in(std::string_view text) {
    if (text.size() != 20 || text.back() != 'Z') return std::nullopt;
    const auto at = parse_moment(text);
    return at ? std::optional{minute_of(*at)} : std::nullopt;
}

std::optional<std::string> in_json(const std::vector<AlertLabel>& labels) {
    if (labels.empty()) return std::nullopt;
    auto list = ordered_json::array();
    for (const auto& each : labels)
        list.push_back({{"began", pages::Words::stamp(Time{each.began})},
                        {"ended", pages::Words::stamp(Time{each.ended})},
                        {"label", each.real ? "real" : "false"}});
    return list.dump();
}

}  // namespace

std::optional<LabelWish> make_label(std::string_view label, std::string_view began, std::string_view ended) {
    const auto from = minute_in(began), to = minute_in(ended);
    if (!from || !to || *from >= *to || *to - *from > std::chrono::days{90}) return std::nullopt;
    if (label != "real" && label != "false" && label != "unknown") return std::nullopt;
    LabelWish wish{*from, *to, std::nullopt};
    if (label != "unknown") wish.real = label == "real";
    return wish;
}

std::optional<LabelWish> parse_label(std::string_view text) {
    const auto first = text.find('/'), second = text.find('/', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
    return make_label(text.substr(0, first), text.substr(first + 1, second - first - 1),
                      text.substr(second + 1));
}

void label(storage::Transaction& tx, const storage::Service& service, const LabelWish& wish,
           const std::string& actor, Time now, const std::string& why) {
    storage::lock_service(tx, service.id);
    const auto before = storage::load_labels(tx, service.id, wish.began, wish.ended);
    std::vector<AlertLabel> after;
    if (wish.real)
        after.push_back(
            {.began = wish.began, .ended = wish.ended, .real = *wish.real, .by_whom = actor, .made = now});
    if (in_json(before) == in_json(after)) return;
    storage::drop_labels(tx, service.id, wish.began, wish.ended);
    for (const auto& each : after) storage::put_label(tx, service.id, each);
    storage::write_audit(tx,
                         {.actor = actor,
                          .action = "detector.label",
                          .object = "service " + service.slug,
                          .before = in_json(before),
                          .after = in_json(after),
                          .why = why},
                         now);
}

}  // namespace outcry::operators
