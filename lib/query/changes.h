// What differs between two versions of a project, as far as plans can depend on it: comments,
// layout and documentation do not count.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "load/project.h"
#include "yaml/document.h"

namespace stepreg::query {

enum class ChangeKind { modified, added, deleted };
const char* change_name(ChangeKind kind);  // "modified", "added", "deleted"

enum class TreeKind { registry, configs, settings };
const char* tree_name(TreeKind tree);  // "registry", "configs", "settings"

struct ChangedFile {
  TreeKind tree = TreeKind::registry;
  std::string path;  // relative to its tree
  ChangeKind kind = ChangeKind::modified;
  auto operator<=>(const ChangedFile&) const = default;
};

struct Changes {
  // "ref/NAME", "chain/NAME", "workflow/NAME", "observer/NAME", "profile/NAME": with the file that
  // says so.
  std::map<std::string, ChangedFile, std::less<>> components;
  // The changed ones and everything that contains one, before or after, directly or not.
  std::set<std::string, std::less<>> reached;
  // Changes that may concern every test: the settings for runs, the list of profiles as a whole.
  std::vector<ChangedFile> everywhere;
  std::map<std::string, ChangeKind, std::less<>> configs;  // by path
};

// Both projects must be open. Reads configurations only where their trees cannot tell.
Changes changes_between(const load::Project& before, const load::Project& after);

// The text of a node with everything that can matter to a plan, and nothing else.
std::string meaning_of(const yaml::Document& document, yaml::NodeId node);

}  // namespace stepreg::query
