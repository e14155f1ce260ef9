// server/catalogue/fields.hpp: the fields of a JSON file that people edit, each mistake named with its place.
#pragma once
#include <initializer_list>
#include <nlohmann/json_fwd.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace outcry::catalogue {

/// What is wrong with the file, and where: "line 3, column 7, services[12] (gmail): …".
struct CatalogueError : std::runtime_error {
    CatalogueError(const std::string& sentence, std::string at, std::string what)
        : std::runtime_error(sentence), pointer(std::move(at)), detail(std::move(what)) {}
    std::string pointer;  // JSON pointer to the field, or to the service that lacks it; empty: the file
    std::string detail;   // the same without the place
};

/// It is no JSON in UTF-8 at all.
struct UnreadableCatalogue : CatalogueError {
    using CatalogueError::CatalogueError;
};

/// What a mistake is about: in words for people, as a pointer for programs and for finding the line.
struct Place {
    std::string words, pointer;
    Place field(std::string_view name) const;
};

struct Mistake {
    Place place;
    std::string what;
};
[[noreturn]] void wrong(const Place&, const std::string& what);
CatalogueError error_of(std::string_view text, const Mistake&);

/// As a part of a sentence: not all of what somebody wrote.
std::string shortened(std::string_view written, std::size_t most_characters = 64);
/// "; did you mean "name"?", or nothing when none is near.
std::string suggestion(std::string_view written, const std::vector<std::string_view>& known);

/// The whole text: JSON in UTF-8, no name twice in one object. Throws UnreadableCatalogue for
/// what cannot be read, CatalogueError for a name or a number.
nlohmann::ordered_json read_json(std::string_view text);

/// Refuses what is no object, and every field that is not among these.
void check_fields(const nlohmann::ordered_json&, const Place&, const std::vector<std::string_view>& allowed);
/// The value of a field; null when it is left out or null.
const nlohmann::ordered_json* value_of(const nlohmann::ordered_json& object, const char* field);

/// One line of at most so many characters; empty when it is left out.
std::string text_of(const nlohmann::ordered_json& object, const char* field, const Place&, std::size_t most,
                    bool required = false);
/// The same of an element of a list; `called` as in "an alias".
std::string line_of(const nlohmann::ordered_json& element, const std::string& called, const Place&,
                    std::size_t most);
/// An address of the web; empty when it is left out.
std::string url_of(const nlohmann::ordered_json& object, const char* field, const Place&);
/// A number within bounds, which `whole` ones have no fraction.
double number_of(const nlohmann::ordered_json& value, const char* field, double least, double most, bool whole,
                 const Place&);
/// Refuses what is no list, or one longer than that; `rule`: what `field` should be.
void check_list(const nlohmann::ordered_json&, const char* field, const std::string& rule, std::size_t most,
                const Place&);

/// Lower-case letters and digits, joined by single hyphens; at most 64.
bool is_key(const std::string&);

}  // namespace outcry::catalogue
