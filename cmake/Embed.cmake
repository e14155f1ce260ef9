# outcry_embed(TARGET NAMESPACE ns HEADER name.hpp FILES …): a library of string_view constants, one for each file.
# The constant is named after the file: queries/take_journal.sql becomes ns::take_journal. Rebuilt when a file changes.
function(outcry_embed target)
    cmake_parse_arguments(EMBED "" "NAMESPACE;HEADER" "FILES" ${ARGN})
    set(out ${CMAKE_CURRENT_BINARY_DIR}/embedded/${EMBED_HEADER})
    add_custom_command(OUTPUT ${out}
        COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DNAMESPACE=${EMBED_NAMESPACE} "-DFILES=${EMBED_FILES}"
            -P ${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake
        DEPENDS ${EMBED_FILES} ${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake
        COMMENT "Embedding ${EMBED_HEADER}" VERBATIM)
    add_custom_target(${target}_files DEPENDS ${out})
    add_library(${target} INTERFACE)
    add_dependencies(${target} ${target}_files)
    target_include_directories(${target} INTERFACE ${CMAKE_CURRENT_BINARY_DIR}/embedded)
endfunction()
