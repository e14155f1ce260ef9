// server/outbound/outcome.cpp: the names of troubles.
#include "server/outbound/outcome.hpp"

namespace outcry::outbound {

std::string_view to_string(Trouble trouble) {
    switch (trouble) {
        case Trouble::none:
            return "";
        case Trouble::address:
            return "address";
        case Trouble::name:
            return "name";
        case Trouble::connection:
            return "connection";
        case Trouble::tls:
            return "tls";
        case Trouble::timeout:
            return "timeout";
        case Trouble::redirect:
            return "redirect";
        case Trouble::protocol:
            return "protocol";
    }
    return "";
}

}  // namespace outcry::outbound
