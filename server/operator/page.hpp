// server/operator/page.hpp: the frame of operators' pages: where one is, who one is, what else there is.
#pragma once
#include <string>
#include <string_view>

#include "server/http/message.hpp"
#include "server/operator/account/actor.hpp"
#include "server/pages/renderer.hpp"

namespace outcry::operators {

/// What the frame of one page says.
struct Sheet {
    std::string title;
    std::string_view here{};                // key of the navigation's item to mark: "console", "users", …
    std::string_view styles = "forms.css";  // beside console.css
};

/// A page for operators, never stored by anyone. `view` also gets `csrf`, for the hidden field of every form;
/// `actor` has no name before signing in: then there is no navigation.
http::Response operator_page(const http::Request&, const pages::Renderer&, const Actor& actor, const Sheet&,
                             std::string_view body_template, pages::Data& view, unsigned status = 200);

/// A page with one thing to say and one way on.
struct Notice {
    std::string heading, text;
    std::string href, label;   // of the way on; empty: none
    std::string command = {};  // to type on the server; empty: none
};
http::Response notice_page(const http::Request&, const pages::Renderer&, const Actor&, const Notice&,
                           unsigned status);

}  // namespace outcry::operators
