// ingest/region.cpp: the 249 officially assigned codes of ISO 3166-1 alpha-2, and the shape of ISO 3166-2.
#include "ingest/region.hpp"

#include <algorithm>

namespace outcry::ingest {
namespace {

// Three characters each, in order.
constexpr std::string_view countries =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW "
    "BY "
    "BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ "
    "FK "
    "FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ "
    "IR "
    "IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH "
    "MK "
    "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL "
    "PM "
    "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD "
    "TF "
    "TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW ";
static_assert(countries.size() == 249 * 3);

bool is_country(std::string_view code) {
    const auto at = countries.find(code);
    return code.size() == 2 && at != std::string_view::npos && at % 3 == 0;
}

bool is_letter_or_digit(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_subdivision(std::string_view part) {
    return !part.empty() && part.size() <= 3 && std::all_of(part.begin(), part.end(), is_letter_or_digit);
}

char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

}  // namespace

std::optional<std::string> parse_region(std::string_view text) {
    if (text.size() > 6) return std::nullopt;
    std::string code(text);
    std::transform(code.begin(), code.end(), code.begin(), upper);
    const std::string_view view = code;
    if (!is_country(view.substr(0, 2))) return std::nullopt;
    if (view.size() == 2) return code;
    if (view[2] != '-' || !is_subdivision(view.substr(3))) return std::nullopt;
    return code;
}

}  // namespace outcry::ingest
