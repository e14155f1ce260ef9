// server/pages/error_page.hpp: what people see when something cannot be shown: whose fault it is, and where to
// go on.
#pragma once
#include <string>
#include <vector>

#include "server/pages/renderer.hpp"

namespace outcry::pages {

/// A service whose name resembles what was asked for.
struct Near {
    std::string slug, name;
};
std::string render_not_found(const std::string& asked, const std::vector<Near>& near, std::size_t services,
                             const Renderer&);

/// Why a page or a report failed.
enum class Trouble { page, report_unsaved, too_many_reports, wrong_method };

struct ErrorView {
    Trouble trouble = Trouble::page;
    std::string again{};                         // address to try again
    std::string service_slug{}, service_name{};  // where a way back leads; empty: none
    std::string request_id{};                    // shown so that it can be named; empty: not shown
};
std::string render_error(const ErrorView&, const Renderer&);

}  // namespace outcry::pages
