// server/main.cpp: the program.
#include "server/commands/commands.hpp"

int main(int argc, char** argv) {
    return outcry::commands::run(argc, argv);
}
