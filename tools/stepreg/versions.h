// --base and --head: two versions of a project that are compared.
#pragma once

#include <string>
#include <vector>

#include "load/project.h"

namespace CLI {
class App;
}

namespace stepreg::tools {

struct VersionOptions {
  load::ProjectOptions project;
  std::string base;  // a revision or a directory; "": the revision that is checked out
  std::string head;  // likewise; "": the work tree as it is
};

void add_version_options(CLI::App& command, VersionOptions& options);

struct Versions {
  load::Project base, head;
  std::vector<std::string> problems;  // errors of reading them, one line each
};

// Opens both; on failure prints why to stderr and returns false. Errors in the files of a version
// are printed, too, and the rest is there.
bool open_versions(const VersionOptions& options, Versions& versions, Sink& sink);

// Prints the errors in `sink`, which becomes empty, and adds them to the problems.
void note_errors(Sink& sink, Versions& versions);

}  // namespace stepreg::tools
