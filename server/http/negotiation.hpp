// server/http/negotiation.hpp: which kind of content came, and which kinds the client takes. Pure.
#pragma once
#include <string>
#include <string_view>

namespace outcry::http {

/// "application/json" of "Application/JSON; charset=utf-8".
std::string media_type(std::string_view content_type);

/// Whether an Accept header takes this type. An empty header takes everything; "q=0" refuses.
bool accepts(std::string_view accept, std::string_view type);

/// The weight (0 to 1000) that an Accept header gives to this type; the most specific range decides.
int preference(std::string_view accept, std::string_view type);

/// Whether an Accept-Encoding header takes this coding; an empty one takes none.
bool accepts_encoding(std::string_view accept_encoding, std::string_view coding);

/// A strong entity tag of these bytes, quotes included.
std::string entity_tag(std::string_view body);

/// Whether If-None-Match names this entity tag.
bool names_etag(std::string_view if_none_match, std::string_view etag);

}  // namespace outcry::http
