// stepreg rename: another name for a component, everywhere.
#include "refactor/rename.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "base/text.h"
#include "stepreg/commands.h"
#include "stepreg/project_options.h"

namespace stepreg::tools {

namespace {

struct RenameOptions {
  load::ProjectOptions project;
  std::string old_name, new_name, directory;
  bool dry_run = false;
};

// "ref/b" as the new name of "ref/a" is "b"; another kind is refused.
bool strip_kind(const std::string& old_name, std::string& new_name) {
  const std::size_t slash = new_name.find('/');
  if (slash == std::string::npos) return true;
  const std::string kind = new_name.substr(0, slash + 1);
  if (old_name.find('/') != std::string::npos && !old_name.starts_with(kind)) {
    std::fprintf(stderr, "stepreg: a rename keeps the kind: %s cannot become %s\n",
                 in_quotes(old_name).c_str(), in_quotes(new_name).c_str());
    return false;
  }
  new_name.erase(0, slash + 1);
  return true;
}

int run(const RenameOptions& options) {
  const SeverityTable severities(Profile::recommended);
  Sink sink(severities);
  load::Project project;
  std::string old_name = options.old_name, new_name = options.new_name;
  if (!strip_kind(old_name, new_name)) return kUsage;
  if (old_name.find('/') == std::string::npos && new_name != options.new_name) {
    old_name = options.new_name.substr(0, options.new_name.size() - new_name.size()) + old_name;
  }
  if (!open_or_complain(options.project, project, sink)) return kUsage;
  const RenamePlan plan = plan_rename(project, {old_name, new_name, options.directory});
  for (const std::string& problem : plan.problems) {
    std::fprintf(stderr, "stepreg: %s\n", problem.c_str());
  }
  if (!plan.problems.empty()) return kFindings;
  for (const std::string& remark : plan.remarks) {
    std::fprintf(stderr, "note: %s\n", remark.c_str());
  }
  if (options.dry_run) {
    const std::string text = diff_of(plan);
    std::fwrite(text.data(), 1, text.size(), stdout);
    return kClean;
  }
  if (const auto applied = apply_rename(plan); !applied) {
    std::fprintf(stderr, "stepreg: nothing was renamed: %s\n", applied.error().text.c_str());
    return kUsage;
  }
  std::fprintf(
      stderr, "%s moved, %s edited, %s of the name\n", counted(plan.moves.size(), "file").c_str(),
      counted(plan.edits.size(), "file").c_str(), counted(plan.references, "reference").c_str());
  return kClean;
}

}  // namespace

void add_rename(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<RenameOptions>();
  CLI::App* command = app.add_subcommand(
      "rename", "Give a component another name: folder, files and every reference");
  command->footer(
      "All or nothing. Comments and layout stay. Text in scripts and documentation is not "
      "touched.\n\n"
      "Examples:\n"
      "  stepreg rename ref/acme-setup ref/acme-prepare --dry-run | less\n"
      "  stepreg rename acme-setup acme-cluster-setup --directory acme/cluster/setup");
  command->add_option("old", options->old_name, "The component: ref/NAME, or NAME alone")
      ->required();
  command->add_option("new", options->new_name, "Its new name, with or without the kind")
      ->required();
  command
      ->add_option("--directory", options->directory,
                   "Its new folder, relative to the registry (default: chosen by the name)")
      ->type_name("DIR");
  command->add_flag("--dry-run", options->dry_run, "Print a diff and change nothing");
  add_project_options(*command, options->project);
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace stepreg::tools
