// server/catalogue/fields.cpp: see the header.
#include "server/catalogue/fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <regex>

#include "ingest/text.hpp"
#include "server/catalogue/places.hpp"
#include "server/config/keys.hpp"

namespace outcry::catalogue {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* not_utf8 = "this is not UTF-8; save the file as UTF-8";

template <class Error>
Error error_by_offset(std::string_view text, std::size_t offset, const std::string& what) {
    const auto spot = spot_at(text, offset);
    const auto sentence = fmt::format("line {}, column {}: {}", spot.line, spot.column, what);
    return {sentence, "", sentence};
}

/// What the parser itself says, without its own places: "unexpected ']'; expected …".
std::string cause_of(std::string_view said) {
    const auto start = said.find(" - ");
    if (start == std::string_view::npos) return {};
    said.remove_prefix(start + 3);
    return std::string(said.substr(0, said.find("; last read")));
}

std::string no_json(std::string_view said) {
    const auto cause = cause_of(said);
    const bool in_string = cause.starts_with("invalid string");
    return "this is no JSON" + (cause.empty() ? "" : ": " + shortened(cause, 160)) +
           (in_string ? "" : "; look for a missing comma, quote or bracket");
}

/// The field that a place leads to: "detector"; of a list or the whole file nothing has a name.
std::string what_it_is(const Place& place) {
    const auto name = place.pointer.substr(place.pointer.rfind('/') + 1);
    return name.find_first_not_of("0123456789") == std::string::npos ? "this" : "\"" + name + "\"";
}

/// "number overflow parsing '1e999'" names the number alone.
std::string number_in(std::string_view said) {
    const auto start = said.find('\''), end = said.rfind('\'');
    return start < end ? std::string(said.substr(start + 1, end - start - 1)) : std::string{};
}

}  // namespace

Place Place::field(std::string_view name) const {
    auto inside = pointer + '/';
    for (const char c : name) inside += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return {words, inside};
}

void wrong(const Place& place, const std::string& what) {
    throw Mistake{place, what};
}

CatalogueError error_of(std::string_view text, const Mistake& mistake) {
    const auto spot = spot_at(text, offset_of(text, mistake.place.pointer));
    return {
        fmt::format("line {}, column {}, {}: {}", spot.line, spot.column, mistake.place.words, mistake.what),
        mistake.place.pointer, mistake.what};
}

std::string shortened(std::string_view written, std::size_t most_characters) {
    if (ingest::characters(written) <= most_characters) return std::string(written);
    std::size_t end = 0;
    for (std::size_t seen = 0; end < written.size(); ++end)
        if ((written[end] & 0xc0) != 0x80 && ++seen > most_characters) break;
    return std::string(written.substr(0, end)) + "…";
}

std::string suggestion(std::string_view written, const std::vector<std::string_view>& known) {
    const auto near = config::nearest(written.substr(0, 64), known);
    return near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near);
}

Json read_json(std::string_view text) {
    if (const auto at = text.find('\0'); at != std::string_view::npos)
        throw error_by_offset<UnreadableCatalogue>(text, at,
                                                   at < 4 ? not_utf8 : "there is a NUL byte; take it out");
    Json json;
    const auto skipped = length_of_mark(text);
    try {
        json = Json::parse(text.substr(skipped));
    } catch (const Json::parse_error& problem) {
        const auto at = skipped + (problem.byte == 0 ? 0 : problem.byte - 1);
        throw error_by_offset<UnreadableCatalogue>(
            text, at, ingest::is_valid_utf8(text) ? no_json(problem.what()) : not_utf8);
    } catch (const Json::out_of_range& problem) {
        const auto number = number_in(problem.what());
        throw error_by_offset<CatalogueError>(text, text.find(number),
                                              fmt::format("the number {} is too large", shortened(number)));
    }
    if (const auto twice = repeated_name(text))
        throw error_by_offset<CatalogueError>(
            text, twice->offset,
            fmt::format("\"{}\" is there twice in one object; take one of them out", shortened(twice->name)));
    return json;
}

void check_fields(const Json& object, const Place& where, const std::vector<std::string_view>& allowed) {
    if (!object.is_object()) wrong(where, what_it_is(where) + " must be an object {…}");
    for (const auto& [name, value] : object.items()) {
        if (std::find(allowed.begin(), allowed.end(), name) != allowed.end()) continue;
        wrong(where.field(name),
              fmt::format("there is no field \"{}\"{}", shortened(name), suggestion(name, allowed)));
    }
}

const Json* value_of(const Json& object, const char* field) {
    const auto found = object.find(field);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::string line_of(const Json& element, const std::string& called, const Place& where, std::size_t most) {
    if (!element.is_string()) wrong(where, called + " must be a text");
    auto text = element.get<std::string>();
    if (ingest::characters(text) > most)
        wrong(where, fmt::format("{} is longer than {} characters; shorten it", called, most));
    if (const auto flaw = ingest::flaw_in_name(text)) wrong(where, called + " " + *flaw);
    return text;
}

std::string text_of(const Json& object, const char* field, const Place& where, std::size_t most,
                    bool required) {
    const auto called = fmt::format("\"{}\"", field);
    const auto* value = value_of(object, field);
    if (!value && required) wrong(where, called + " is missing");
    if (!value || (*value == "" && !required)) return {};
    if (*value == "") wrong(where.field(field), called + " is empty");
    return line_of(*value, called, where.field(field), most);
}

std::string url_of(const Json& object, const char* field, const Place& where) {
    auto url = text_of(object, field, where, 500);
    if (url.empty()) return url;
    const std::string_view rest = url.starts_with("https://")  ? std::string_view{url}.substr(8)
                                  : url.starts_with("http://") ? std::string_view{url}.substr(7)
                                                               : std::string_view{};
    const bool whole = !rest.empty() && rest.find_first_of("/?#") != 0;
    if (!whole || url.find_first_of(" \"'<>\\`{}|^") != std::string::npos)
        wrong(where.field(field),
              fmt::format(
                  "\"{}\" must be an address that begins with https:// or http:// and has no spaces, such as "
                  "https://example.org",
                  field));
    return url;
}

double number_of(const Json& value, const char* field, double least, double most, bool whole,
                 const Place& where) {
    if (!value.is_number()) wrong(where, fmt::format("\"{}\" must be a number", field));
    const auto number = value.get<double>();
    if (!(number >= least && number <= most))
        wrong(where, fmt::format("\"{}\" lies between {} and {}, not {}", field, least, most, number));
    if (whole && number != std::floor(number))
        wrong(where, fmt::format("\"{}\" must be a whole number, not {}", field, number));
    return number;
}

void check_list(const Json& list, const char* field, const std::string& rule, std::size_t most,
                const Place& where) {
    if (!list.is_array()) wrong(where, rule);
    if (list.size() > most)
        wrong(where, fmt::format("\"{}\" has {} entries; leave at most {}", field, list.size(), most));
}

bool is_key(const std::string& text) {
    static const std::regex shape("[a-z0-9]+(-[a-z0-9]+)*");
    return text.size() <= 64 && std::regex_match(text, shape);
}

}  // namespace outcry::catalogue
