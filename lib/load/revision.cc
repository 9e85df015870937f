#include "load/revision.h"

#include "base/fs.h"
#include "load/git_tree.h"
#include "load/read.h"

namespace stepreg::load {

namespace {

// The settings of the revision, where those of the work tree lie or would be looked for.
std::unique_ptr<LoadedSettings> settings_of(GitRepository& repository, const std::string& revision,
                                            const std::string& tree, const Project& project,
                                            Sink& sink) {
  const std::string& path = project.settings->path;
  const auto place = path.empty() ? Result<std::string>(Error{}) : repository.place_of(path);
  if (!place) return std::make_unique<LoadedSettings>();
  const auto object = repository.read_object(tree + ":" + *place);
  std::unique_ptr<SourceFile> source;
  if (object && object->type == "blob") {
    source = make_source(object->content, revision + ":" + *place, sink);
  }
  return decode_settings_text(std::move(source), project.settings->directory, sink);
}

std::string root_in_revision(const std::string& given, const std::string& in_work_tree,
                             const LoadedSettings& settings, const Text& setting) {
  if (!given.empty() || setting->empty() || in_work_tree.empty()) return in_work_tree;
  return settings.resolve(*setting);
}

Result<std::shared_ptr<FileTree>> open_tree(const std::shared_ptr<GitRepository>& repository,
                                            const std::string& revision, const std::string& root) {
  const auto place = repository->place_of(root);
  if (!place) return place.error();
  auto tree = RevisionTree::open(repository, revision, *place);
  if (!tree) return tree.error();
  return std::shared_ptr<FileTree>(*tree);
}

const std::string& any_root(const Project& project) {
  return project.registry_root.empty() ? project.configs_root : project.registry_root;
}

}  // namespace

Result<Project> open_revision(const ProjectOptions& options, const Project& project,
                              const std::string& revision, Sink& sink) {
  auto repository = GitRepository::find(any_root(project));
  if (!repository) return repository.error();
  const auto tree = (*repository)->find_tree(revision);
  if (!tree) return tree.error();
  Project then;
  then.jobs = project.jobs;
  then.flat = project.flat;
  then.claims_path = project.claims_path;
  then.settings = settings_of(**repository, revision, *tree, project, sink);
  const Settings& settings = then.settings->settings;
  const auto open = [&](const std::string& given, const std::string& now, const Text& setting,
                        std::string& root, std::shared_ptr<FileTree>& files) -> Result<void> {
    const std::string path = root_in_revision(given, now, *then.settings, setting);
    if (path.empty()) return {};
    auto opened = open_tree(*repository, revision, path);
    if (!opened) return opened.error();
    files = *opened;
    root = files->root();
    return {};
  };
  auto opened = open(options.registry, project.registry_root, settings.registry, then.registry_root,
                     then.registry_files);
  if (opened) {
    opened = open(options.configs, project.configs_root, settings.configs, then.configs_root,
                  then.config_files);
  }
  if (opened) opened = open_project(then, sink);
  if (!opened) return opened.error();
  // From here on the directory only shortens the paths of origins.
  if (!then.settings->path.empty()) then.settings->directory = parent_path(then.settings->path);
  return then;
}

Result<void> open_work_tree(Project& project, Sink& sink) {
  const auto open = [](const std::string& root, std::shared_ptr<FileTree>& files) -> Result<void> {
    if (root.empty()) return {};
    auto repository = GitRepository::find(root);
    if (!repository) return {};  // a plain directory
    auto tree = WorkTree::open(*repository, root);
    if (!tree) return tree.error();
    files = *tree;
    return {};
  };
  auto opened = open(project.registry_root, project.registry_files);
  if (opened) opened = open(project.configs_root, project.config_files);
  return opened ? open_project(project, sink) : opened;
}

}  // namespace stepreg::load
