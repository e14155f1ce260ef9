# OUTCRY_SANITIZE puts the same sanitizers on every target, libraries and tests alike.
if(OUTCRY_SANITIZE)
    add_compile_options(-fsanitize=${OUTCRY_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${OUTCRY_SANITIZE})
    if(OUTCRY_SANITIZE MATCHES "thread")
        add_compile_options(-Wno-tsan)  # Asio's standalone fences, which TSan cannot see through
    endif()
endif()
find_program(CCACHE ccache)
if(CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
