// server/app/failures.cpp: from an exception to a status, with the words kept in the log.
#include "server/app/failures.hpp"

#include <spdlog/spdlog.h>

#include "server/api/shared_answer.hpp"
#include "server/config/config.hpp"
#include "server/http/problem.hpp"
#include "server/storage/database.hpp"

namespace outcry::app {
namespace {

http::Response try_again_soon() {
    auto response = http::problem(503, "unavailable", "The database cannot be reached",
                                  "Nothing was stored. The same request will do in a few seconds.");
    response.set("retry-after", "2");
    return response;
}

http::Response our_fault(const http::Request& request) {
    return http::problem(500, "internal", "Something went wrong on our side",
                         "The operator finds the cause in the log under request " + request.id + ".");
}

void log(const http::Request& request, const std::string& what) {
    spdlog::error("request {} {} {}: {}", request.id, http::to_string(request.method), request.path,
                  config::without_password(what));
}

http::Response answer_to(std::exception_ptr thrown, const http::Request& request) {
    try {
        std::rethrow_exception(std::move(thrown));
    } catch (const storage::Unavailable& lost) {
        log(request, lost.what());
        return try_again_soon();
    } catch (const std::exception& unforeseen) {
        log(request, unforeseen.what());
        return our_fault(request);
    } catch (...) {
        log(request, "an exception of an unknown kind");
        return our_fault(request);
    }
}

}  // namespace

http::Response translate_failure(std::exception_ptr thrown, const http::Request& request) {
    auto answer = answer_to(std::move(thrown), request);
    const bool is_public = request.path.starts_with("/api/") && !request.path.starts_with("/api/v1/admin/");
    if (is_public) api::open_to_every_origin(answer);
    return answer;
}

}  // namespace outcry::app
