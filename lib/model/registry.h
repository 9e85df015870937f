// A registry that was read: its components by kind and name, with the files they come from.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/multi_stage.h"
#include "model/tree.h"
#include "yaml/document.h"

namespace stepreg {

// The text of a script, shared by all steps that name the same file.
struct ScriptFile {
  ScriptFile(std::string path_in_tree, std::unique_ptr<SourceFile> text)
      : path(std::move(path_in_tree)), source(std::move(text)) {}
  std::string path;                    // relative to the registry root
  std::unique_ptr<SourceFile> source;  // its path is what the user sees
  const std::string& sha256() const;   // computed once; thread-safe

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

// An OWNERS file.
struct OwnersFile {
  TextList approvers, reviewers, required_reviewers, labels;
};

// All components of a kind, and the one that each name stands for.
template <class T>
class Components {
 public:
  std::vector<std::unique_ptr<Component<T>>> all;           // in the order of the walk
  std::map<std::string_view, const Component<T>*> by_name;  // of several, the one walked last

  void add(std::unique_ptr<Component<T>> component) {
    by_name.insert_or_assign(by_name.end(), component->name, component.get());  // mostly the last
    hashed_[component->name] = component.get();
    all.push_back(std::move(component));
  }
  // Asked for every entry of every test.
  const Component<T>* find(std::string_view name) const {
    const auto found = hashed_.find(name);
    return found == hashed_.end() ? nullptr : found->second;
  }
  std::vector<std::string_view> names() const {
    std::vector<std::string_view> names;
    for (const auto& [name, component] : by_name) names.push_back(name);
    return names;
  }

 private:
  std::unordered_map<std::string_view, const Component<T>*> hashed_;  // by_name, found faster
};

struct Registry {
  std::string root;  // as the user named it
  Tree tree;
  bool flat = false;  // directories say nothing about names (a mounted config map)
  Components<RefFile> steps;
  Components<Chain> chains;
  Components<Workflow> workflows;
  Components<ObserverFile> observers;
  std::unique_ptr<ClusterProfiles> profiles;        // null: no file, nothing is known
  std::unique_ptr<ObjectList<ClaimOwners>> claims;  // null: no file
  // Names such as "ref/NAME" whose file could not be read or says another name: references to them
  // are not reported, for their own mistake is.
  std::set<std::string, std::less<>> broken;

  const ClusterProfile* find_profile(std::string_view name) const;

  // Keeps what the views of the model point into.
  std::vector<std::unique_ptr<SourceFile>> files;
  std::vector<std::unique_ptr<yaml::Document>> documents;
  std::map<std::string, std::unique_ptr<ScriptFile>, std::less<>>
      scripts;                                                             // by path below the root
  std::map<std::string, std::unique_ptr<SourceFile>, std::less<>> owners;  // OWNERS, by directory
  std::map<std::string, std::unique_ptr<SourceFile>, std::less<>>
      metadata;  // by path below the root
  // Of all these but for metadata: the texts that may have comments for stepreg.
  std::vector<const SourceFile*> commented;
};

}  // namespace stepreg
