// server/operator/catalogue/service_form.hpp: the form of one service, and the same as an entry of a catalogue
// file.
#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace outcry::operators {

/// One field of the form; what has several values has one on each line.
struct FormField {
    std::string_view name;
    bool several = false;
};
std::span<const FormField> form_fields();

/// By name of the field; every field is there.
using Typed = std::map<std::string, std::string, std::less<>>;

/// The form's texts as a file of one entry, unchecked. Detector settings are not named, so they stay.
std::string file_from(const Typed&);

/// The texts of the form for an entry as it is stored; "{}" gives an empty form.
Typed typed_from(const std::string& entry);

}  // namespace outcry::operators
