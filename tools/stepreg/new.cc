// stepreg new: the files of a new component.
#include <CLI/CLI.hpp>
#include <memory>

#include "base/fs.h"
#include "base/text.h"
#include "common/terminal.h"
#include "refactor/new_component.h"
#include "stepreg/findings_out.h"
#include "stepreg/query_command.h"

namespace stepreg::tools {

namespace {

struct NewOptions {
  load::ProjectOptions project;
  refactor::NewComponent wanted;
  bool dry_run = false;
};

// People name the directory as they see it, or from the registry on.
std::string below_registry(std::string path, const std::string& root) {
  while (path.ends_with('/')) path.pop_back();
  if (path.starts_with("./")) path.erase(0, 2);
  const std::string start = (root.starts_with("./") ? root.substr(2) : root) + "/";
  return path.starts_with(start) ? path.substr(start.size()) : path;
}

int run(const NewOptions& options) {
  QueryCommand command(options.project);
  if (!command.open()) return kUsage;
  const std::string& root = command.project().registry_root;
  if (root.empty()) {
    complain("a new component needs a registry: name it with --registry DIR");
    return kUsage;
  }
  refactor::NewComponent wanted = options.wanted;
  wanted.directory = below_registry(wanted.directory, root);
  const auto files = refactor::new_component(command.registry(), wanted);
  if (!files) {
    complain(files.error().text);
    return kUsage;
  }
  if (!options.dry_run) {
    if (const auto created = refactor::create_files(root, *files); !created) {
      complain(created.error().text);
      return kUsage;
    }
  }
  for (const refactor::NewFile& file : *files) {
    print(join_path(root, file.path) + (file.link.empty() ? "" : " -> " + file.link) + "\n");
  }
  return kClean;
}

void add_kind(CLI::App& parent, query::ComponentKind kind, const char* name, const char* text,
              int& exit_code) {
  auto options = std::make_shared<NewOptions>();
  options->wanted.kind = kind;
  CLI::App* command = parent.add_subcommand(name, text);
  command
      ->add_option("path", options->wanted.directory,
                   "Its directory; the name is its path below the registry with - for /")
      ->required()
      ->type_name("PATH");
  const auto entries = [&](const char* option, std::vector<std::string>& list, const char* what) {
    command->add_option(option, list, what)->type_name("NAME");
  };
  if (kind == query::ComponentKind::step) {
    command->add_option("--from", options->wanted.image, "Its image (default: cli)")
        ->type_name("IMAGE");
  } else if (kind == query::ComponentKind::chain) {
    entries("--step", options->wanted.steps, "An entry: ref/NAME or chain/NAME");
  } else {
    entries("--pre", options->wanted.pre, "An entry of pre: ref/NAME or chain/NAME");
    entries("--test", options->wanted.test, "An entry of test");
    entries("--post", options->wanted.post, "An entry of post");
  }
  entries("--owner", options->wanted.owners,
          "An approver; without: OWNERS is a link to the nearest one above");
  command->add_flag("--dry-run", options->dry_run, "Only name the files");
  add_project_options(*command, options->project);
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace

void add_new(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("new", "Make a component that lints clean");
  command->require_subcommand(1);
  add_kind(*command, query::ComponentKind::step, "step", "A step with its script", exit_code);
  add_kind(*command, query::ComponentKind::chain, "chain", "A chain of steps", exit_code);
  add_kind(*command, query::ComponentKind::workflow, "workflow", "A workflow", exit_code);
}

}  // namespace stepreg::tools
