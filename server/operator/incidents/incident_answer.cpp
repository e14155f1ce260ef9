// server/operator/incidents/incident_answer.cpp: outcomes as statuses and sentences.
#include "server/operator/incidents/incident_answer.hpp"

#include "server/storage/incident_acts.hpp"

namespace outcry::operators {

Deed deed_of(Act act, std::string_view incident, const Actor& actor) {
    return {.act = act, .incident = std::string(incident), .by = actor.audit_name(), .why = {}};
}

unsigned status_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::done:
            return 200;
        case Outcome::no_incident:
            return 404;
        case Outcome::not_open:
        case Outcome::already:
            return 409;
        case Outcome::no_reason:
        case Outcome::long_reason:
        case Outcome::bad_target:
        case Outcome::whole_over:
            break;
    }
    return 422;
}

std::string in_words(Outcome outcome, const pages::Words& words) {
    return words.text("operator.act." + std::string(to_string(outcome)),
                      {{"most", words.number(storage::longest_annotation)}});
}

}  // namespace outcry::operators
