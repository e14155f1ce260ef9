// server/api/paging.cpp: the address of the next page of a list.
#include "server/api/paging.hpp"

#include "server/http/target.hpp"

namespace outcry::api {

std::string link_to_next(const http::Request& request, std::string_view cursor) {
    std::string link = "<?";
    for (const auto& [name, value] : request.query) {
        if (name != "cursor") link += http::percent_encode(name) + "=" + http::percent_encode(value) + "&";
    }
    return link + "cursor=" + http::percent_encode(cursor) + ">; rel=\"next\"";
}

}  // namespace outcry::api
