// server/notify/courier.cpp: each kind of target its way.
#include "server/notify/courier.hpp"

#include <fmt/chrono.h>

#include "server/notify/message.hpp"
#include "server/notify/retry_after.hpp"
#include "server/notify/signature.hpp"

namespace outcry::notify {

using Result = Attempted::Result;
using storage::News;
using storage::Target;

namespace {

std::string in_lines(const std::vector<std::pair<std::string, std::string>>& headers) {
    std::string lines;
    for (const auto& [name, value] : headers) lines += name + ": " + value + '\n';
    return lines;
}

Result result_of(const std::string& kind, const outbound::Outcome& outcome) {
    const auto status = outcome.status;
    if (kind == "mail") {
        if (outcome.trouble == outbound::Trouble::none) return Result::arrived;
        return status >= 500 && status < 600 ? Result::refused : Result::failed;
    }
    if (outcome.trouble != outbound::Trouble::none) return Result::failed;
    if (status / 100 == 2) return Result::arrived;
    if (status == 410) return Result::gone;
    return kind == "pagerduty" && status == 400 ? Result::refused : Result::failed;
}

Attempted attempted(const std::string& kind, std::string request, outbound::Outcome outcome, Time now) {
    Attempted done;
    done.result = result_of(kind, outcome);
    if (outcome.status == 429 || outcome.status == 503)
        done.asked = asked_wait(outcome.retry_after, outcome.date, now);
    if (done.asked) outcome.detail = "it wants to be left alone (Retry-After: " + outcome.retry_after + ")";
    done.attempt = {.number = 0,
                    .at = now,
                    .took = outcome.took,
                    .request = std::move(request),
                    .status = outcome.status,
                    .answer = std::move(outcome.answer),
                    .cut = outcome.cut,
                    .trouble = std::string(outbound::to_string(outcome.trouble)),
                    .detail = std::move(outcome.detail)};
    return done;
}

std::vector<std::string> split_at_commas(const std::string& text) {
    std::vector<std::string> parts;
    for (std::size_t from = 0; from <= text.size();) {
        const auto comma = std::min(text.find(',', from), text.size());
        parts.push_back(text.substr(from, comma - from));
        from = comma + 1;
    }
    return parts;
}

}  // namespace

Courier::Courier(outbound::ClientOptions options, std::optional<outbound::MailServer> server,
                 const std::atomic<bool>* stop, outbound::Resolve resolve)
    : client_((options.stop = stop, std::move(options)), std::move(resolve)),
      mail_server_(std::move(server)),
      stop_(stop) {}

Attempted Courier::attempt(const Target& target, const News& news, const std::string& body, Time now) const {
    return target.kind == "mail" ? mail(target, news, body, now) : post(target, news, body, now);
}

Attempted Courier::post(const Target& target, const News& news, const std::string& body, Time now) const {
    outbound::Post request{.url = target.address,
                           .headers = {{"content-type", "application/json"}, {"user-agent", "Outcry"}},
                           .body = body};
    if (target.kind == "pagerduty") request.body = with_routing_key(body, target.secret);
    if (target.kind == "webhook") {
        const auto timestamp = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
        request.headers.emplace_back("webhook-id", news.id);
        request.headers.emplace_back("webhook-timestamp", std::to_string(timestamp));
        request.headers.emplace_back("webhook-signature", signatures(target, news.id, body, now));
    }
    auto lines = in_lines(request.headers);
    return attempted(target.kind, std::move(lines), client_.post(request), now);
}

Attempted Courier::mail(const Target& target, const News& news, const std::string& body, Time now) const {
    if (!mail_server_) {
        outbound::Outcome none;
        none.trouble = outbound::Trouble::address;
        none.detail = "the settings name no mail server (mail.server)";
        return attempted("mail", {}, std::move(none), now);
    }
    const auto [subject, text] = split_mail(body);
    const auto date =
        fmt::format("{:%a, %d %b %Y %H:%M:%S +0000}", fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
    const outbound::Mail letter{
        .to = split_at_commas(target.address), .subject = subject, .text = text, .id = news.id, .date = date};
    auto request = "to: " + target.address + "\nmessage-id: " + news.id + '\n';
    return attempted("mail", std::move(request), outbound::send_mail(*mail_server_, letter, stop_), now);
}

}  // namespace outcry::notify
