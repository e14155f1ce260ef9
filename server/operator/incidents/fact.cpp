// server/operator/incidents/fact.cpp: what the templates call a fact.
#include "server/operator/incidents/fact.hpp"

#include <utility>

namespace outcry::operators {

pages::Data fact(std::string label, std::string value, std::string note, std::string state) {
    pages::Data data{pages::Data::type::object};
    data.set("label", std::move(label));
    data.set("value", std::move(value));
    data.set("note", std::move(note));
    data.set("state", std::move(state));
    return data;
}

}  // namespace outcry::operators
