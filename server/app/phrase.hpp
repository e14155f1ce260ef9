// server/app/phrase.hpp: the sentences of notifications, from the same catalogue of words as every page.
#pragma once
#include "server/notify/message.hpp"

namespace outcry::app {

/// In the language of the installation; times are UTC.
notify::Phrase make_phrase();

}  // namespace outcry::app
