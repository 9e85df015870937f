// stepreg cache: what is kept for the next run.
#include <CLI/CLI.hpp>

#include "base/cache_directory.h"
#include "base/fs.h"
#include "common/terminal.h"
#include "stepreg/commands.h"

namespace stepreg::tools {

namespace {

int clean() {
  const std::string directory = cache_directory("");
  if (directory.empty()) return kClean;
  const Result<void> removed = remove_tree(directory);
  if (removed) return kClean;
  print_error("stepreg: " + removed.error().text + "\n");
  return kUsage;
}

int print_directory() {
  const std::string directory = cache_directory("");
  if (directory.empty()) {
    print_error("stepreg: no cache: neither XDG_CACHE_HOME nor HOME is set\n");
    return kNothingToDo;
  }
  print(directory + "\n");
  return kClean;
}

}  // namespace

void add_cache(CLI::App& app, int& exit_code) {
  CLI::App* cache = app.add_subcommand("cache", "Where things are kept for the next run");
  cache->description(
      "What is kept for the next run: parsed files of each tree (documents/), what lint found in\n"
      "each configuration and script (outcomes/), and what shellcheck said of each script\n"
      "(shellcheck/). It is made again when it is missing, and never used for what has changed.\n"
      "`--no-cache` of the other commands does without.");
  cache->require_subcommand(1);
  cache->add_subcommand("dir", "Print the directory")->callback([&exit_code] {
    exit_code = print_directory();
  });
  cache->add_subcommand("clean", "Remove everything that is kept")->callback([&exit_code] {
    exit_code = clean();
  });
}

}  // namespace stepreg::tools
