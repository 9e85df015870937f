#include "query/partial_registry.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/fs.h"
#include "load/component_files.h"
#include "load/registry_loader.h"
#include "load/walk.h"
#include "query/component.h"

namespace stepreg::query {

namespace {

using Kind = TreeFile::Kind;
using Ids = std::set<std::string, std::less<>>;  // "ref/NAME", "chain/NAME", ...

void collect(const std::vector<Reference>& references, Ids& ids) {
  for (const Reference& reference : references) ids.insert(reference.id());
}

// Says which directories can lead to components of these ids.
class Way {
 public:
  explicit Way(const Ids& ids) {
    for (const std::string& id : ids) names_.insert(id.substr(id.find('/') + 1));
  }

  bool leads_through(const std::string& directory) const {
    if (directory.empty()) return true;
    const std::string prefix = prefix_of(directory);
    const auto name = names_.lower_bound(prefix);
    if (name != names_.end() && *name == prefix) return true;
    const auto below = names_.lower_bound(prefix + "-");
    return below != names_.end() && below->starts_with(prefix + "-");
  }

 private:
  Ids names_;
};

class PartialLoader {
 public:
  PartialLoader(const load::FileTree& files, Sink& sink)
      : files_(files), sink_(sink), registry_(std::make_unique<Registry>()) {
    registry_->root = files.root();
  }

  // Round after round: what was found names what is needed next.
  std::unique_ptr<Registry> read(Ids wanted) {
    Ids done;
    while (!wanted.empty()) {
      const Way way(wanted);
      const Tree tree = load::walk_registry(files_, 1, sink_, [&](const std::string& directory) {
        return way.leads_through(directory);
      });
      if (!tree.profiles_path.empty()) registry_->tree.profiles_path = tree.profiles_path;
      done.insert(wanted.begin(), wanted.end());
      Ids named;
      for (const TreeFile& file : tree.files) {
        if (load::is_component(file.kind) && wanted.contains(load::expected_id(file, false))) {
          add(file, named);
        } else if (file.kind == Kind::script) {
          scripts_.emplace(file.path, file);
        }
      }
      wanted.clear();
      for (const std::string& id : named) {
        if (!done.contains(id)) wanted.insert(id);
      }
    }
    add_scripts();
    load::attach_scripts(*registry_);
    find_profiles();
    load::load_profiles(*registry_, files_, sink_);
    return std::move(registry_);
  }

 private:
  // They stand at the root as a rule; else only a look everywhere can tell.
  void find_profiles() {
    std::string& path = registry_->tree.profiles_path;
    Sink unwanted = sink_.empty_copy();
    if (path.empty()) path = load::walk_registry(files_, 1, unwanted).profiles_path;
  }

  void add(const TreeFile& file, Ids& named) {
    load(file);
    for (const AnyComponent& component :
         find_components(*registry_, load::expected_id(file, false))) {
      collect(references_of(component), named);
    }
  }

  void load(const TreeFile& file) {
    load::LoadedFile loaded(sink_);
    load::load_file(files_, file, false, nullptr, loaded);
    load::merge_file(file, std::move(loaded), *registry_, sink_);
  }

  void add_scripts() {
    for (const auto& step : registry_->steps.all) {
      add_script(*step, step->definition.step.commands);
    }
    for (const auto& observer : registry_->observers.all) {
      add_script(*observer, observer->definition.observer.commands);
    }
  }

  template <class Component>
  void add_script(const Component& component, const Text& commands) {
    const auto found = scripts_.find(join_path(component.directory, *commands));
    if (found == scripts_.end() || registry_->scripts.contains(found->first)) return;
    load(found->second);
  }

  const load::FileTree& files_;
  Sink& sink_;
  std::unique_ptr<Registry> registry_;
  std::map<std::string, TreeFile> scripts_;  // those that were passed by
};

}  // namespace

std::unique_ptr<load::LoadedConfig> open_partially(load::Project& project,
                                                   const std::string& config_path,
                                                   const Sink& like) {
  if (project.registry_root.empty() || project.configs_root.empty() || project.flat) return nullptr;
  auto configs = std::make_shared<load::DirectoryTree>(project.configs_root);
  auto components = std::make_shared<load::DirectoryTree>(project.registry_root);
  if (!configs->has_file(config_path) || !components->exists()) return nullptr;
  Sink found = like.empty_copy();
  auto config = load::load_config(*configs, config_path, found);
  if (!config || !config->document || found.has_errors()) return nullptr;
  Ids wanted;
  for (const Located<TestEntry>& test : config->config.tests) {
    if (test->steps.present()) collect(references_of(*test->steps), wanted);
  }
  auto registry = PartialLoader(*components, found).read(std::move(wanted));
  if (found.has_errors()) return nullptr;
  project.registry = std::move(registry);
  project.registry_files = std::move(components);
  project.config_files = std::move(configs);
  project.config_paths = {config_path};
  project.is_partial = true;
  return config;
}

}  // namespace stepreg::query
