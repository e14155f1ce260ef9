// server/operator/telling/target_changes.cpp: checked as it will be used, stored with its audit line.
#include "server/operator/telling/target_changes.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/notify/signature.hpp"
#include "server/outbound/smtp.hpp"
#include "server/outbound/url.hpp"
#include "server/storage/audit.hpp"
#include "server/storage/deliveries.hpp"
#include "server/storage/new_id.hpp"

namespace outcry::operators {

using nlohmann::json;
using storage::Target;
using storage::Transaction;

const std::vector<std::string_view> target_fields{"name", "kind", "address", "secret"};

namespace {

constexpr std::string_view usual_pager = "https://events.pagerduty.com/v2/enqueue";
constexpr std::size_t most_recipients = 20;

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

bool is_name(const std::string& name) {
    const bool visible = std::none_of(name.begin(), name.end(),
                                      [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 127; });
    return visible && !name.empty() && characters(name) <= 64;
}

/// Recipients by comma, blank or line, put back as the database has them; empty when one is no address.
std::string read_recipients(const std::string& text) {
    std::string joined, word;
    std::size_t count = 0;
    const auto take = [&] {
        if (word.empty()) return true;
        if (!outbound::is_mail_address(word) || ++count > most_recipients) return false;
        joined += (joined.empty() ? "" : ",") + std::exchange(word, {});
        return true;
    };
    for (const char c : text) {
        if (c != ',' && c != ';' && c != ' ' && c != '\n' && c != '\r' && c != '\t')
            word += c;
        else if (!take())
            return {};
    }
    return take() ? joined : std::string{};
}

void check_secret(Target& target, bool fresh, const pages::Words& words, Flaws& flaws) {
    if (target.kind == "webhook") {
        if (target.secret.empty() && fresh) target.secret = notify::make_webhook_secret();
        if (!target.secret.empty() && !notify::is_webhook_secret(target.secret))
            flaws.push_back({"secret", words.text("operator.targets.wrong.webhook_secret")});
    } else if (target.kind == "pagerduty") {
        const bool shape =
            target.secret.size() == 32 && std::all_of(target.secret.begin(), target.secret.end(),
                                                      [](unsigned char c) { return std::isalnum(c) != 0; });
        if (!shape && (fresh || !target.secret.empty()))
            flaws.push_back({"secret", words.text("operator.targets.wrong.routing_key")});
    } else {
        target.secret.clear();
    }
}

std::string address_trouble(const std::string& address, const CheckAddress& check, const pages::Words& words) {
    outbound::BadUrl bad;
    if (!outbound::parse_url(address, bad)) return words.text("operator.targets.wrong.url_" + bad.why);
    if (!check) return {};
    const auto outcome = check(address);
    if (outcome.trouble == outbound::Trouble::none) return {};
    return words.text("operator.targets.wrong.trouble_" + std::string(outbound::to_string(outcome.trouble)),
                      {{"detail", outcome.detail}});
}

json audit_json(const Target& target) {
    return {{"name", target.name}, {"kind", target.kind}, {"address", shown_address(target)}};
}

/// Of a secret only that it was replaced: a chat's address is one too.
json audit_json(const Target& edited, const Target& before) {
    auto after = audit_json(edited);
    if (edited.kind == "slack" && edited.address != before.address)
        after["address"] = shown_address(edited) + " (replaced)";
    if (!edited.secret.empty() && edited.secret != before.secret) after["secret"] = "replaced";
    return after;
}

void note(Transaction& tx, const Actor& actor, const std::string& action, const std::string& name, Time now,
          std::optional<std::string> before = {}, std::optional<std::string> after = {}) {
    storage::write_audit(tx,
                         {.actor = actor.audit_name(),
                          .action = "target." + action,
                          .object = "target " + name,
                          .before = std::move(before),
                          .after = std::move(after)},
                         now);
}

bool name_is_free(Transaction& tx, const Target& target) {
    const auto all = storage::load_targets(tx);
    return std::none_of(all.begin(), all.end(), [&](const Target& other) {
        return other.name == target.name && other.id != target.id;
    });
}

}  // namespace

Target read_target(const Input& input) {
    Target target;
    target.name = input.text("name");
    target.kind = input.text("kind");
    target.address = input.text("address");
    target.secret = input.text("secret");
    return target;
}

Flaws check_target(Target& target, bool fresh, const CheckAddress& check, const pages::Words& words) {
    Flaws flaws;
    if (!is_name(target.name)) flaws.push_back({"name", words.text("operator.targets.wrong.name")});
    constexpr std::array kinds{"webhook", "slack", "pagerduty", "mail"};
    if (std::find(kinds.begin(), kinds.end(), target.kind) == kinds.end()) {
        flaws.push_back({"kind", words.text("operator.targets.wrong.kind")});
        return flaws;
    }
    check_secret(target, fresh, words, flaws);
    if (target.kind == "mail") {
        target.address = read_recipients(target.address);
        if (target.address.empty())
            flaws.push_back({"address", words.text("operator.targets.wrong.recipients")});
        return flaws;
    }
    if (target.kind == "pagerduty" && target.address.empty()) target.address = usual_pager;
    if (auto trouble = address_trouble(target.address, check, words); !trouble.empty())
        flaws.push_back({"address", std::move(trouble)});
    return flaws;
}

std::string shown_address(const Target& target) {
    if (target.kind != "slack") return target.address;
    outbound::BadUrl bad;
    const auto url = outbound::parse_url(target.address, bad);
    return url ? url->scheme + "://" + url->host + "/…" : "…";
}

std::optional<storage::TargetId> add_target(Transaction& tx, const Target& target, const Actor& actor,
                                            Time now) {
    const auto id = storage::add_target(tx, target, now);
    if (id) note(tx, actor, "create", target.name, now, {}, audit_json(target).dump());
    return id;
}

Edited edit_target(Transaction& tx, const Target& target, const Actor& actor, Time now) {
    const auto before = storage::load_target(tx, target.id);
    if (!before) return Edited::unknown;
    if (!name_is_free(tx, target)) return Edited::taken;
    storage::edit_target(tx, target);
    note(tx, actor, "edit", target.name, now, audit_json(*before).dump(), audit_json(target, *before).dump());
    return Edited::done;
}

bool remove_target(Transaction& tx, storage::TargetId id, const Actor& actor, Time now) {
    const auto target = storage::load_target(tx, id);
    if (!target || !storage::remove_target(tx, id, now)) return false;
    note(tx, actor, "remove", target->name, now, audit_json(*target).dump());
    return true;
}

std::optional<std::string> rotate_secret(Transaction& tx, storage::TargetId id, const Actor& actor, Time now) {
    const auto target = storage::load_target(tx, id);
    auto fresh = notify::make_webhook_secret();
    if (!target || !storage::rotate_secret(tx, id, fresh, now + std::chrono::hours{24})) return std::nullopt;
    note(tx, actor, "rotate_secret", target->name, now);
    return fresh;
}

bool switch_target(Transaction& tx, storage::TargetId id, bool on, const Actor& actor, Time now) {
    const auto target = storage::load_target(tx, id);
    if (!target) return false;
    const bool changed =
        on ? storage::switch_on(tx, id) : storage::switch_off(tx, id, "operator", now).has_value();
    if (changed) note(tx, actor, on ? "switch_on" : "switch_off", target->name, now);
    return true;
}

bool send_test(Transaction& tx, storage::TargetId id, const Actor& actor, Time now) {
    const auto target = storage::load_target(tx, id);
    if (!target || target->off_since) return false;
    storage::News news;
    news.id = storage::new_id(now);
    news.kind = "test";
    news.at = news.made = now;
    storage::tell(tx, news, {{.target = id, .held_by = {}, .due = now, .only_if_told = false}});
    note(tx, actor, "test", target->name, now);
    return true;
}

bool redeliver(Transaction& tx, std::int64_t delivery, const Actor& actor, Time now) {
    const auto found = storage::load_deliveries(tx, {.id = delivery, .limit = 1});
    if (found.empty()) return false;
    const auto target = storage::load_target(tx, found[0].target);
    if (!target || target->off_since || !storage::send_again(tx, delivery, now)) return false;
    const auto& news = found[0].news;
    const json sent{{"message", news.id}, {"type", news.kind}, {"service", found[0].service_slug}};
    note(tx, actor, "redeliver", target->name, now, {}, sent.dump());
    return true;
}

}  // namespace outcry::operators
