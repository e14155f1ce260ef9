// analytics/verdict.cpp: the public names of the states.
#include "analytics/verdict.hpp"

namespace outcry::analytics {

std::string_view to_string(State state) {
    switch (state) {
        case State::insufficient_data:
            return "insufficient_data";
        case State::normal:
            return "normal";
        case State::possible:
            return "possible";
        case State::spike:
            return "spike";
        case State::recovering:
            return "recovering";
    }
    return "normal";
}

}  // namespace outcry::analytics
