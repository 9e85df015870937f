#include "load/project.h"

#include <thread>

#include "base/fs.h"
#include "load/walk.h"

namespace stepreg::load {

namespace {

std::string chosen(const std::string& given, const LoadedSettings& settings, const Text& setting) {
  return given.empty() ? settings.resolve(*setting) : given;
}

// "dir/" and "dir" are shown alike.
void strip_slashes(std::string& path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
}

std::shared_ptr<FileTree> directory_tree(const std::string& root, bool use_cache) {
  auto tree = std::make_shared<DirectoryTree>(root);
  if (use_cache) tree->use_cache();
  return tree;
}

Result<void> require(const std::shared_ptr<FileTree>& files, const char* what) {
  if (files->exists()) return {};
  const std::string& path = files->root();
  return Error{Error::Code::not_found, path + ": " + what + " must be a directory" +
                                           (path_exists(path) ? "" : ", and it does not exist")};
}

}  // namespace

Project find_project(const ProjectOptions& options, Sink& sink) {
  Project project;
  project.jobs = std::max(1U, options.jobs);
  project.flat = options.flat;
  project.use_cache = options.use_cache;
  // Trees named on the command line are complete: settings that lie around must not mix in.
  const bool search = options.settings_path.empty();
  project.settings = load_settings(search ? find_settings() : options.settings_path, sink);
  const Settings& settings = project.settings->settings;
  const bool given = !options.registry.empty() || !options.configs.empty();
  project.registry_root = given && options.registry.empty() && search
                              ? ""
                              : chosen(options.registry, *project.settings, settings.registry);
  project.configs_root = given && options.configs.empty() && search
                             ? ""
                             : chosen(options.configs, *project.settings, settings.configs);
  project.claims_path = chosen(options.claims, *project.settings, settings.claims);
  strip_slashes(project.registry_root);
  strip_slashes(project.configs_root);
  return project;
}

namespace {

Result<void> open_registry(Project& project, Sink& sink) {
  if (project.registry_root.empty()) return {};
  if (!project.registry_files)
    project.registry_files = directory_tree(project.registry_root, project.use_cache);
  if (auto checked = require(project.registry_files, "the registry"); !checked) return checked;
  RegistryOptions options;
  options.flat = project.flat;
  options.jobs = project.jobs;
  options.claims_path = project.claims_path;
  if (project.replaced) options.replaced = &*project.replaced;
  if (auto prepared = project.registry_files->prepare_reading(); !prepared) return prepared;
  project.registry = load_registry(*project.registry_files, options, sink);
  return {};
}

Result<void> list_configs(Project& project, Sink& sink) {
  if (project.configs_root.empty()) return {};
  if (!project.config_files)
    project.config_files = directory_tree(project.configs_root, project.use_cache);
  if (auto checked = require(project.config_files, "the tree of configurations"); !checked)
    return checked;
  project.config_paths = walk_configs(*project.config_files, sink);
  return {};
}

}  // namespace

Result<void> open_project(Project& project, Sink& sink) {
  if (project.registry_root.empty() && project.configs_root.empty()) {
    return Error{
        Error::Code::not_found,
        "no registry and no configurations are named: use --registry DIR and --configs DIR, or "
        "write `registry:` and `configs:` into .stepreg.yaml"};
  }
  project.registry = std::make_unique<Registry>();
  Sink of_configs = sink.empty_copy();
  Result<void> listed;
  // Directories only: trees of git may share what they read from.
  std::jthread beside;
  if (project.jobs > 1 && !project.registry_files && !project.config_files) {
    beside = std::jthread([&] { listed = list_configs(project, of_configs); });
  }
  Result<void> opened = open_registry(project, sink);
  const bool is_listed = beside.joinable();
  if (is_listed) beside.join();
  if (!opened) return opened;
  if (!is_listed) listed = list_configs(project, of_configs);
  sink.merge(std::move(of_configs));
  return listed;
}

}  // namespace stepreg::load
