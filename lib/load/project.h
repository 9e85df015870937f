// A project: its settings, its registry, and the list of its configurations.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "base/result.h"
#include "load/config_loader.h"
#include "load/file_tree.h"
#include "load/registry_loader.h"
#include "load/settings.h"

namespace stepreg::load {

// What the command line may say; empty: what the settings say.
struct ProjectOptions {
  std::string settings_path;  // "": found by walking up from the working directory
  std::string registry;
  std::string configs;
  std::string claims;
  bool flat = false;
  unsigned jobs = default_jobs();
  bool use_cache = true;
};

struct Project {
  std::unique_ptr<LoadedSettings> settings;
  std::string registry_root;  // "" when there is no registry
  std::string configs_root;   // "" when there are no configurations
  std::string claims_path;
  // What the roots stand for; null without a root. Set by open_project when nobody did before.
  std::shared_ptr<FileTree> registry_files, config_files;
  bool flat = false;
  bool is_partial = false;  // the registry has only what one configuration needs
  unsigned jobs = 1;
  bool use_cache = false;                 // of parsed documents, for trees that are directories
  std::optional<ReplacedText> replaced;   // set before open_project
  std::unique_ptr<Registry> registry;     // never null after open_project; empty without a tree
  std::vector<std::string> config_paths;  // relative to configs_root, sorted
};

// Finds and reads the settings only. Their mistakes are findings.
Project find_project(const ProjectOptions& options, Sink& sink);

// Reads the registry and lists the configurations of a project that was found. An Error when a tree
// that was asked for is no directory, or when no tree was named at all.
Result<void> open_project(Project& project, Sink& sink);

// How many results may be under way: enough that no thread waits for another, of small ones so many
// that threads seldom meet.
inline constexpr std::size_t kFewResults = 96, kManyResults = 256;

// Makes a T of each path of a configuration in parallel, and hands the results on in the order of
// the paths, on the calling thread. Memory does not grow with the number of configurations.
template <class T>
void map_config_paths(const Project& project, const std::vector<std::string>& paths,
                      const Sink& like, const std::function<T(const std::string&, Sink&)>& make,
                      const std::function<void(T&&, Sink&&)>& consume,
                      std::size_t window = kFewResults) {
  struct Slot {
    explicit Slot(const Sink& sink) : findings(sink.empty_copy()) {}
    T result{};
    Sink findings;
  };
  std::vector<std::unique_ptr<Slot>> slots(paths.size());
  parallel_ordered(
      paths.size(), project.jobs, window,
      [&](std::size_t i) {
        slots[i] = std::make_unique<Slot>(like);
        slots[i]->result = make(paths[i], slots[i]->findings);
      },
      [&](std::size_t i) {
        consume(std::move(slots[i]->result), std::move(slots[i]->findings));
        slots[i].reset();
      });
}

// The same with the configurations loaded. One that cannot be read gives an empty T; its finding is
// in the sink.
template <class T>
void map_configs(const Project& project, const std::vector<std::string>& paths, const Sink& like,
                 const std::function<T(const LoadedConfig&, Sink&)>& make,
                 const std::function<void(T&&, Sink&&)>& consume) {
  const ReplacedText* replaced = project.replaced ? &*project.replaced : nullptr;
  map_config_paths<T>(
      project, paths, like,
      [&](const std::string& path, Sink& sink) -> T {
        const auto config = load_config(*project.config_files, path, sink, replaced);
        return config ? make(*config, sink) : T{};
      },
      consume);
}

}  // namespace stepreg::load
