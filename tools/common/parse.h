// Reading the command line: what was wrong with it, said so that the next try is right.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace stepreg::tools {

// Parses and runs the callbacks of the subcommands. True when there is nothing more to say; after
// --help and --version `stop` is true. Otherwise the mistake has been printed to stderr.
struct Parsed {
  bool accepted = false;
  bool stop = false;
};
Parsed parse(CLI::App& app, int argc, char** argv);

}  // namespace stepreg::tools
