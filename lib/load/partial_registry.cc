#include "load/partial_registry.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/fs.h"
#include "load/component_files.h"
#include "load/walk.h"

namespace stepreg::load {

namespace {

using Kind = TreeFile::Kind;
using Ids = std::set<std::string, std::less<>>;  // "ref/NAME", "chain/NAME", ...

void collect(const ObjectList<StepEntry>& entries, Ids& ids) {
  for (const Located<StepEntry>& entry : entries) {
    if (entry->ref.present()) ids.insert("ref/" + std::string(*entry->ref));
    if (entry->chain.present()) ids.insert("chain/" + std::string(*entry->chain));
    for (const Text& name : entry->literal.observers) ids.insert("observer/" + std::string(*name));
  }
}

void collect(const MultiStage& settings, Ids& ids) {
  if (settings.workflow.present()) ids.insert("workflow/" + std::string(*settings.workflow));
  collect(settings.pre, ids);
  collect(settings.test, ids);
  collect(settings.post, ids);
  for (const Text& name : settings.observers->enable) ids.insert("observer/" + std::string(*name));
}

void collect(const LoadedFile& loaded, Ids& ids) {
  collect(*loaded.workflow.steps, ids);
  collect(loaded.chain.steps, ids);
  for (const Text& name : loaded.step.step.observers) ids.insert("observer/" + std::string(*name));
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
  PartialLoader(const FileTree& files, Sink& sink)
      : files_(files), sink_(sink), registry_(std::make_unique<Registry>()) {
    registry_->root = files.root();
  }

  // Round after round: what was found names what is needed next.
  std::unique_ptr<Registry> load(Ids wanted) {
    Ids done;
    while (!wanted.empty()) {
      const Way way(wanted);
      const Tree tree = walk_registry(files_, sink_, [&](const std::string& directory) {
        return way.leads_through(directory);
      });
      if (!tree.profiles_path.empty()) registry_->tree.profiles_path = tree.profiles_path;
      done.insert(wanted.begin(), wanted.end());
      Ids named;
      for (const TreeFile& file : tree.files) {
        if (is_component(file.kind) && wanted.contains(expected_id(file, false))) {
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
    attach_scripts(*registry_);
    find_profiles();
    load_profiles(*registry_, files_, sink_);
    return std::move(registry_);
  }

 private:
  // They stand at the root as a rule; else only a look everywhere can tell.
  void find_profiles() {
    std::string& path = registry_->tree.profiles_path;
    Sink unwanted = sink_.empty_copy();
    if (path.empty()) path = walk_registry(files_, unwanted).profiles_path;
  }

  void add(const TreeFile& file, Ids& named) {
    LoadedFile loaded(sink_);
    load_file(files_, file, false, nullptr, loaded);
    collect(loaded, named);
    merge_file(file, std::move(loaded), *registry_, sink_);
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
    LoadedFile loaded(sink_);
    load_file(files_, found->second, false, nullptr, loaded);
    merge_file(found->second, std::move(loaded), *registry_, sink_);
  }

  const FileTree& files_;
  Sink& sink_;
  std::unique_ptr<Registry> registry_;
  std::map<std::string, TreeFile> scripts_;  // those that were passed by
};

}  // namespace

bool has_errors(const Sink& sink) {
  const auto& findings = sink.findings();
  return std::any_of(findings.begin(), findings.end(),
                     [](const Diagnostic& each) { return each.severity == Severity::error; });
}

bool open_partially(Project& project, const std::string& config_path, const Sink& like) {
  if (project.registry_root.empty() || project.configs_root.empty() || project.flat) return false;
  auto configs = std::make_shared<DirectoryTree>(project.configs_root);
  auto components = std::make_shared<DirectoryTree>(project.registry_root);
  if (!configs->has_file(config_path) || !components->exists()) return false;
  Sink found = like.empty_copy();
  const auto config = load_config(*configs, config_path, found);
  if (!config || !config->document || has_errors(found)) return false;
  Ids wanted;
  for (const Located<TestEntry>& test : config->config.tests) {
    if (test->steps.present()) collect(*test->steps, wanted);
  }
  auto registry = PartialLoader(*components, found).load(std::move(wanted));
  if (has_errors(found)) return false;
  project.registry = std::move(registry);
  project.registry_files = std::move(components);
  project.config_files = std::move(configs);
  project.config_paths = {config_path};
  project.is_partial = true;
  return true;
}

}  // namespace stepreg::load
