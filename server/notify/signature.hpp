// server/notify/signature.hpp: how a receiver knows that a message is ours: Standard Webhooks 1.0.
#pragma once
#include <string>
#include <string_view>

#include "server/storage/targets.hpp"

namespace outcry::notify {

/// "whsec_" and 256 random bits in base64.
std::string make_webhook_secret();

/// "whsec_" and base64 of 24 to 64 bytes, as the specification wants it.
bool is_webhook_secret(const std::string&);

/// "v1,<base64>": HMAC-SHA256 of "id.timestamp.body" under the secret's bytes. `timestamp`: seconds since 1970.
std::string sign(const std::string& secret, std::string_view id, long long timestamp, std::string_view body);

/// The value of webhook-signature: by the secret, and while a rotation lasts by the old one too.
std::string signatures(const storage::Target&, std::string_view id, std::string_view body, Time now);

}  // namespace outcry::notify
