#include "stepreg/versions.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "base/fs.h"
#include "load/revision.h"
#include "stepreg/project_options.h"

namespace stepreg::tools {

namespace {

bool complain(const Error& error) {
  std::fprintf(stderr, "stepreg: %s\n", error.text.c_str());
  return false;
}

// The project of another directory with the same layout as that of the work tree.
load::ProjectOptions options_in(const std::string& directory, const load::ProjectOptions& options,
                                const load::Project& here) {
  load::ProjectOptions there = options;
  const std::string settings = join_path(directory, load::kSettingsName);
  if (options.settings_path.empty() && path_exists(settings)) there.settings_path = settings;
  const bool complete = !there.settings_path.empty() && options.registry.empty() &&
                        options.configs.empty() && options.settings_path.empty();
  if (complete) return there;
  const auto moved = [&](const std::string& root) {
    std::string relative = root;
    const std::string& base = here.settings->directory;
    if (!base.empty() && relative.starts_with(base + "/")) relative.erase(0, base.size() + 1);
    return root.empty() || root.front() == '/' ? root : join_path(directory, relative);
  };
  there.registry = moved(here.registry_root);
  there.configs = moved(here.configs_root);
  return there;
}

// Opens what `name` says: a revision, else a directory.
bool open_named(const std::string& name, const load::ProjectOptions& options,
                const load::Project& here, load::Project& project, Sink& sink) {
  auto revision = load::open_revision(options, here, name, sink);
  if (revision) {
    project = std::move(*revision);
    return true;
  }
  if (!is_directory(name)) return complain(revision.error());
  project = load::find_project(options_in(name, options, here), sink);
  const auto opened = load::open_work_tree(project, sink);
  return opened || complain(opened.error());
}

void note_errors(const char* version, Sink& sink, std::vector<std::string>& problems) {
  for (const Diagnostic& finding : sink.take()) {
    if (finding.severity != Severity::error) continue;
    std::string text =
        finding.at.path + ":" + std::to_string(finding.at.line) + ": " + finding.message;
    std::fprintf(stderr, "%s: error: %s\n", version, text.c_str());
    problems.push_back(std::move(text));
  }
}

}  // namespace

void note_errors(Sink& sink, Versions& versions) {
  note_errors("stepreg", sink, versions.problems);
}

void add_version_options(CLI::App& command, VersionOptions& options) {
  command.add_option("--base", options.base, "The version before: a git revision, or a directory")
      ->type_name("REV");
  command
      .add_option("--head", options.head,
                  "The version after (default: the work tree with all its changes)")
      ->type_name("REV");
  add_project_options(command, options.project);
}

bool open_versions(const VersionOptions& options, Versions& versions, Sink& sink) {
  Sink of_head = sink.empty_copy(), of_base = sink.empty_copy();
  load::Project here = load::find_project(options.project, of_head);
  if (here.registry_root.empty() && here.configs_root.empty()) {
    const auto nothing = load::open_project(here, of_head);
    return complain(nothing.error());
  }
  if (!open_named(options.base.empty() ? "HEAD" : options.base, options.project, here,
                  versions.base, of_base)) {
    return false;
  }
  if (!options.head.empty()) {
    if (!open_named(options.head, options.project, here, versions.head, of_head)) return false;
  } else {
    const auto opened = load::open_work_tree(here, of_head);
    if (!opened) return complain(opened.error());
    versions.head = std::move(here);
  }
  note_errors("base", of_base, versions.problems);
  note_errors("head", of_head, versions.problems);
  return true;
}

}  // namespace stepreg::tools
