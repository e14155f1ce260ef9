// The main function of every C++ test, compiled once.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
