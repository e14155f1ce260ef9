# Run at build time by outcry_embed: writes OUT with one constant for each of FILES, and `files`, all of them by name.
string(REPEAT "[0-9a-f]" 96 line)  # 48 bytes; CMake's expressions have no counts
set(constants "")
set(table "")
list(LENGTH FILES count)
foreach(file IN LISTS FILES)
    get_filename_component(name ${file} NAME)
    string(REGEX REPLACE "\\.[a-z]+$" "" stem ${name})
    string(MAKE_C_IDENTIFIER ${stem} id)
    file(READ ${file} hex HEX)
    file(SIZE ${file} size)
    # Adjacent literals keep each token short enough for any compiler.
    string(REGEX REPLACE "(${line})" "\\1\n" hex "${hex}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" hex "${hex}")
    string(REPLACE "\n" "\"\n    \"" bytes "${hex}")
    string(APPEND constants "inline constexpr std::string_view ${id}{\n    \"${bytes}\",\n    ${size}};  // ${name}\n")
    string(APPEND table "    {\"${name}\", ${id}},\n")
endforeach()
set(text "// Made at build time from the files named below; edit those.
#pragma once
#include <array>
#include <string_view>
#include <utility>

namespace ${NAMESPACE} {
${constants}
/// Name and content of each, in order of name.
inline constexpr std::array<std::pair<std::string_view, std::string_view>, ${count}> files{{
${table}}};
}  // namespace ${NAMESPACE}
")
file(WRITE ${OUT}.new "${text}")
file(COPY_FILE ${OUT}.new ${OUT} ONLY_IF_DIFFERENT)
file(REMOVE ${OUT}.new)
file(TOUCH ${OUT})
