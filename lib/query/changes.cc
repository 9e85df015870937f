#include "query/changes.h"

#include <algorithm>
#include <unordered_map>

#include "base/fs.h"
#include "load/read.h"
#include "query/component.h"

namespace stepreg::query {

namespace {

// What of a component a plan can depend on.
struct Meaning {
  std::string own;     // of its YAML
  std::string script;  // path and digest
  std::string path;    // of its YAML file
  std::string script_path;
};

using Meanings = std::map<std::string, Meaning>;

Meanings meanings_of(const Registry& registry) {
  std::unordered_map<const SourceFile*, const yaml::Document*> documents;
  for (const auto& document : registry.documents) documents[&document->file()] = document.get();
  Meanings meanings;
  for (const AnyComponent& component : all_components(registry)) {
    Meaning& meaning = meanings[component.id()];
    meaning.path = component.path();
    const auto found = documents.find(&component.file());
    if (found != documents.end() && !found->second->empty()) {
      meaning.own = meaning_of(*found->second, found->second->root());
    }
    if (const ScriptFile* script = component.script()) {
      meaning.script_path = script->path;
      meaning.script = script->path + " " + script->sha256();
    }
  }
  // A component that cannot be read is another one than none: nothing is reported of its users.
  for (const std::string& id : registry.broken) meanings[id].own += "broken";
  for (const TreeFile& file : registry.tree.files) {
    const std::string_view suffix = suffix_of(file.kind);  // "-ref.yaml"
    if (suffix.empty()) continue;
    std::string id(suffix.substr(1, suffix.rfind('.') - 1));
    const auto broken = meanings.find((id += "/") += prefix_of(file.directory));
    if (broken != meanings.end() && broken->second.path.empty()) broken->second.path = file.path;
  }
  return meanings;
}

std::string profile_meaning(const ClusterProfile& profile) {
  std::string text;
  for (const Text* field : {&profile.cluster_type, &profile.lease_type, &profile.ip_pool_lease_type,
                            &profile.secret, &profile.config_map}) {
    text += std::to_string((*field)->size()) + ":";
    text += **field;
  }
  for (const Text& member : profile.set_members) text += "/" + std::string(*member);
  return text;
}

std::map<std::string, std::string> profile_meanings(const Registry& registry) {
  std::map<std::string, std::string> meanings;
  if (!registry.profiles) return meanings;
  for (const Located<ClusterProfile>& profile : registry.profiles->profiles) {
    meanings["profile/" + std::string(*profile->name)] = profile_meaning(*profile);
  }
  return meanings;
}

std::string run_settings_meaning(const load::Project& project) {
  const auto& settings = *project.settings;
  if (!settings.document || settings.document->empty()) return "";
  const yaml::Document& document = *settings.document;
  const yaml::Node& root = document[document.resolved(document.root())];
  if (root.kind != yaml::Node::Kind::mapping) return "";
  for (yaml::NodeId key = root.first_child; key != yaml::kNoNode;) {
    const yaml::NodeId value = document[key].next;
    if (value == yaml::kNoNode) break;
    if (document[key].text == "run") return meaning_of(document, value);
    key = document[value].next;
  }
  return "";
}

class Comparison {
 public:
  Comparison(const load::Project& before, const load::Project& after)
      : before_(before), after_(after) {}

  Changes take() {
    components();
    profiles();
    reach();
    settings();
    configs();
    return std::move(changes_);
  }

 private:
  void components() {
    const Meanings old = meanings_of(*before_.registry);
    const Meanings now = meanings_of(*after_.registry);
    for (const auto& [id, meaning] : old) {
      const auto other = now.find(id);
      if (other == now.end()) {
        add(id, meaning.path, ChangeKind::deleted);
      } else if (other->second.own != meaning.own) {
        add(id, other->second.path, ChangeKind::modified);
      } else if (other->second.script != meaning.script) {
        add_script(id, meaning.script_path, other->second.script_path);
      }
    }
    for (const auto& [id, meaning] : now) {
      if (!old.contains(id)) add(id, meaning.path, ChangeKind::added);
    }
  }

  void add(const std::string& id, const std::string& path, ChangeKind kind) {
    changes_.components[id] = {TreeKind::registry, path, kind};
  }

  void add_script(const std::string& id, const std::string& old, const std::string& now) {
    if (now.empty()) return add(id, old, ChangeKind::deleted);
    add(id, now, old == now ? ChangeKind::modified : ChangeKind::added);
  }

  void profiles() {
    const auto& old = before_.registry->profiles;
    const auto& now = after_.registry->profiles;
    const std::string path =
        now ? after_.registry->tree.profiles_path : before_.registry->tree.profiles_path;
    if (!old != !now || (old && now && old->closed != now->closed)) {
      changes_.everywhere.push_back({TreeKind::registry, path,
                                     !old   ? ChangeKind::added
                                     : !now ? ChangeKind::deleted
                                            : ChangeKind::modified});
      return;
    }
    const auto before = profile_meanings(*before_.registry);
    const auto after = profile_meanings(*after_.registry);
    for (const auto& [id, meaning] : before) {
      const auto other = after.find(id);
      if (other == after.end() || other->second != meaning) add(id, path, ChangeKind::modified);
    }
    for (const auto& [id, meaning] : after) {
      if (!before.contains(id)) add(id, path, ChangeKind::modified);
    }
  }

  // Edges from what is contained to what contains it, of both versions.
  void reach() {
    std::multimap<std::string, std::string, std::less<>> users;
    for (const load::Project* project : {&before_, &after_}) {
      for (const AnyComponent& component : all_components(*project->registry)) {
        for (const Reference& reference : references_of(component)) {
          users.emplace(reference.id(), component.id());
        }
        if (component.workflow == nullptr) continue;
        const Text& profile = component.workflow->definition.steps->cluster_profile;
        if (!profile->empty()) users.emplace("profile/" + std::string(*profile), component.id());
      }
    }
    std::vector<std::string> waiting;
    for (const auto& [id, file] : changes_.components) waiting.push_back(id);
    while (!waiting.empty()) {
      const std::string id = std::move(waiting.back());
      waiting.pop_back();
      if (!changes_.reached.insert(id).second) continue;
      const auto [begin, end] = users.equal_range(id);
      for (auto user = begin; user != end; ++user) waiting.push_back(user->second);
    }
  }

  void settings() {
    if (run_settings_meaning(before_) == run_settings_meaning(after_)) return;
    const bool was = before_.settings->source != nullptr;
    const bool is = after_.settings->source != nullptr;
    changes_.everywhere.push_back({TreeKind::settings, std::string(load::kSettingsName),
                                   !was  ? ChangeKind::added
                                   : !is ? ChangeKind::deleted
                                         : ChangeKind::modified});
  }

  void configs() {
    const auto& old = before_.config_paths;
    const auto& now = after_.config_paths;
    std::vector<std::string> common;
    std::set_intersection(old.begin(), old.end(), now.begin(), now.end(),
                          std::back_inserter(common));
    for (const std::string& path : old) {
      if (!std::binary_search(common.begin(), common.end(), path)) {
        changes_.configs[path] = ChangeKind::deleted;
      }
    }
    for (const std::string& path : now) {
      if (!std::binary_search(common.begin(), common.end(), path)) {
        changes_.configs[path] = ChangeKind::added;
      }
    }
    std::vector<char> differs(common.size());
    parallel_for(common.size(), after_.jobs,
                 [&](std::size_t i) { differs[i] = config_differs(common[i]); });
    for (std::size_t i = 0; i < common.size(); ++i) {
      if (differs[i]) changes_.configs[common[i]] = ChangeKind::modified;
    }
  }

  bool config_differs(const std::string& path) const {
    const std::string old = before_.config_files->content_id(path);
    const std::string now = after_.config_files->content_id(path);
    if (!old.empty() && old == now) return false;
    // Other ids may still stand for the same text (of a file whose time stamp alone is new).
    const auto before = before_.config_files->read(path, load::kMaxFileBytes);
    const auto after = after_.config_files->read(path, load::kMaxFileBytes);
    return !before || !after || *before != *after;
  }

  const load::Project& before_;
  const load::Project& after_;
  Changes changes_;
};

}  // namespace

const char* change_name(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::modified:
      return "modified";
    case ChangeKind::added:
      return "added";
    case ChangeKind::deleted:
      break;
  }
  return "deleted";
}

const char* tree_name(TreeKind tree) {
  switch (tree) {
    case TreeKind::registry:
      return "registry";
    case TreeKind::configs:
      return "configs";
    case TreeKind::settings:
      break;
  }
  return "settings";
}

Changes changes_between(const load::Project& before, const load::Project& after) {
  return Comparison(before, after).take();
}

}  // namespace stepreg::query
