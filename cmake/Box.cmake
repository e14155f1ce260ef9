# outcry_box(NAME USES …): the library of one box, made of every .cpp file of the folder that calls it.
function(outcry_box name)
    cmake_parse_arguments(BOX "" "" "USES" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
    add_library(outcry_${name} STATIC ${sources})
    target_include_directories(outcry_${name} PUBLIC ${PROJECT_SOURCE_DIR})
    target_link_libraries(outcry_${name} PUBLIC ${BOX_USES} PRIVATE outcry_warnings)
    set_target_properties(outcry_${name} PROPERTIES LINKER_LANGUAGE CXX)
endfunction()
