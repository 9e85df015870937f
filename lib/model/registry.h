// A registry that was read: its components by kind and name, with the files they come from.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "model/multi_stage.h"
#include "yaml/document.h"

namespace stepreg {

// The text of a script, shared by all steps that name the same file.
struct ScriptFile {
  ScriptFile(std::string path_in_tree, std::string shown_path, std::string text)
      : path(std::move(path_in_tree)), source(std::move(shown_path), std::move(text)) {}
  std::string path;                   // relative to the registry root
  SourceFile source;                  // its path is what the user sees
  const std::string& sha256() const;  // computed once; thread-safe

 private:
  mutable std::once_flag digest_once_;
  mutable std::string digest_;
};

// What every component has, whatever its kind.
template <class T>
struct Component {
  std::string name;       // the key of the maps below: what `as` says
  std::string path;       // of its YAML file, relative to the registry root
  std::string directory;  // of that file, relative to the root; "" for the root
  const SourceFile* file = nullptr;
  T definition;
  const ScriptFile* script = nullptr;  // steps and observers; null when it is missing
};

using StepComponent = Component<RefFile>;
using ChainComponent = Component<Chain>;
using WorkflowComponent = Component<Workflow>;
using ObserverComponent = Component<ObserverFile>;

struct KonfluxOwner {
  Text tenant;
  TextList clusters, cluster_groups, clusters_resolved;
};

// Who may use a profile or claim.
struct Owner {
  Text org;
  TextList repos;  // absent: the whole org; empty: nobody
  Located<KonfluxOwner> konflux;
};

struct ClusterProfile {
  Text name;
  ObjectList<Owner> owners;
  Text cluster_type, lease_type, ip_pool_lease_type, secret, config_map;
  TextList set_members;
};

// Regular expressions: org/repo -> branch -> variant -> tests (registry.md 3.16).
using TestsByVariant = Sequence<Entry<TextList>>;
using TestsByBranch = Sequence<Entry<TestsByVariant>>;
using SetExceptions = Sequence<Entry<TestsByBranch>>;

struct ProfileSets {
  SetExceptions tests_exceptions;
};

struct KonfluxGroups {
  Sequence<Entry<TextList>> cluster_groups;
};

// The file `cluster-profiles-config.yaml`.
struct ClusterProfiles {
  ObjectList<ClusterProfile> profiles;
  Located<KonfluxGroups> konflux;
  Located<ProfileSets> sets;
  // False for the list form of 2024: profiles that are not listed exist as well.
  bool closed = true;
};

// One entry of the cluster claim owners file.
struct ClaimOwners {
  Text claim;
  ObjectList<Owner> owners;
};

template <class T>
using ByName = std::map<std::string_view, std::unique_ptr<Component<T>>>;

struct Registry {
  std::string root;  // as the user named it
  ByName<RefFile> steps;
  ByName<Chain> chains;
  ByName<Workflow> workflows;
  ByName<ObserverFile> observers;
  std::unique_ptr<ClusterProfiles> profiles;        // null: no file, nothing is known
  std::unique_ptr<ObjectList<ClaimOwners>> claims;  // null: no file
  bool complete =
      true;  // false when a file could not be read: references may be missing for that reason

  const StepComponent* find_step(std::string_view name) const;
  const ChainComponent* find_chain(std::string_view name) const;
  const WorkflowComponent* find_workflow(std::string_view name) const;
  const ObserverComponent* find_observer(std::string_view name) const;
  const ClusterProfile* find_profile(std::string_view name) const;

  // Keeps what the views of the model point into.
  std::vector<std::unique_ptr<SourceFile>> files;
  std::vector<std::unique_ptr<yaml::Document>> documents;
  std::map<std::string, std::unique_ptr<ScriptFile>> scripts;  // by path relative to the root
};

}  // namespace stepreg
