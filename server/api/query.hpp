// server/api/query.hpp: reads query parameters; what is unknown, repeated or out of range becomes one 400 that
// names all.
#pragma once
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "analytics/time.hpp"
#include "server/http/message.hpp"
#include "server/http/problem.hpp"

namespace outcry::api {

class Query {
 public:
    /// `known` are the parameters this address understands. The request must outlive the query.
    Query(const http::Request&, std::initializer_list<std::string_view> known);

    std::optional<std::string_view> text(std::string_view name) const { return request_.query_value(name); }
    long number(std::string_view name, long otherwise, long least, long most);
    std::optional<Time> time(std::string_view name);
    /// The position in `choices`.
    std::optional<std::size_t> choice(std::string_view name, std::initializer_list<std::string_view> choices);

    /// For what only the handler can know to be wrong.
    void refuse(std::string_view name, std::string detail);

    /// The problem to answer with, once everything has been read; nothing when all was well.
    std::optional<http::Response> refusal() const;

 private:
    const http::Request& request_;
    std::vector<http::FieldError> errors_;
};

}  // namespace outcry::api
