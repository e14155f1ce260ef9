# Warnings that every target of ours is built with; a warning is an error, so that none is ever left to rot.
add_library(outcry_warnings INTERFACE)
target_compile_options(outcry_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC 12 reports these inside Boost's and the standard library's own headers.
    target_compile_options(outcry_warnings INTERFACE -Wno-maybe-uninitialized -Wno-stringop-overread
        -Wno-stringop-overflow -Wno-restrict -Wno-dangling-pointer -Wno-array-bounds
        -Wno-mismatched-new-delete)
endif()
