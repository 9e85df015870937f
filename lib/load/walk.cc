#include "load/walk.h"

#include <algorithm>

#include "base/fs.h"
#include "base/stage.h"
#include "base/text.h"

namespace stepreg::load {

namespace {

constexpr std::string_view kProfilesDirectory = "cluster-profiles";
constexpr std::string_view kProfilesFile = "cluster-profiles-config.yaml";

class RegistryWalk {
 public:
  RegistryWalk(const FileTree& files, Sink& sink, EntersDirectory enters)
      : files_(files), sink_(sink), enters_(std::move(enters)) {
    tree_.root = files.root();
  }

  Tree take() { return std::move(tree_); }

  void directory(const std::string& relative) {
    const std::string shown = files_.shown(relative);
    const auto entries = files_.list(relative);
    if (!entries) {
      sink_.add_for_file(rule("SR001"), shown, entries.error().text.substr(shown.size() + 2));
      return;
    }
    for (const DirEntry& entry : *entries) {
      if (entry.name.starts_with("..")) continue;
      visit(entry, relative);
    }
  }

 private:
  void visit(const DirEntry& entry, const std::string& directory_path) {
    const std::string relative = join_path(directory_path, entry.name);
    if (entry.kind == DirEntry::Kind::directory) {
      if (entry.name != kProfilesDirectory) {
        if (!enters_ || enters_(relative)) directory(relative);
        return;
      }
      const std::string profiles = join_path(relative, kProfilesFile);
      if (files_.has_file(profiles)) tree_.profiles_path = profiles;
      return;
    }
    TreeFile file;
    file.kind = kind_of_name(entry.name);
    file.path = relative;
    file.directory = directory_path;
    file.name = entry.name;
    file.is_link = entry.kind == DirEntry::Kind::link;
    if (file.is_link && !check_link(file)) return;
    if (entry.kind == DirEntry::Kind::other) {
      sink_.add_for_file(rule("SR002"), files_.shown(relative), "is not a regular file");
      return;
    }
    tree_.files.push_back(std::move(file));
  }

  // False when there is nothing to read behind the link.
  bool check_link(const TreeFile& file) {
    const bool ignored =
        file.kind == TreeFile::Kind::documentation || file.kind == TreeFile::Kind::owners;
    const std::string shown = files_.shown(file.path);
    const LinkTarget target = files_.follow(file.path);
    if (target.kind == LinkTarget::Kind::nowhere) {
      if (!ignored) sink_.add_for_file(rule("SR002"), shown, "is a link that leads nowhere");
      return false;
    }
    if (target.kind == LinkTarget::Kind::directory) {
      if (!ignored) sink_.add_for_file(rule("SR002"), shown, "is a link to a directory");
      return false;
    }
    if (!target.outside.empty()) {
      sink_.add_for_file(rule("SR005"), shown,
                         "is a link that leads out of the tree, to " + in_quotes(target.outside));
    }
    return true;
  }

  const FileTree& files_;
  Sink& sink_;
  const EntersDirectory enters_;
  Tree tree_;
};

void collect_configs(const FileTree& files, const std::string& relative, Sink& sink,
                     std::vector<std::string>& found) {
  const std::string shown = files.shown(relative);
  const auto entries = files.list(relative);
  if (!entries) {
    sink.add_for_file(rule("SR001"), shown, entries.error().text.substr(shown.size() + 2));
    return;
  }
  for (const DirEntry& entry : *entries) {
    if (entry.name.starts_with("..")) continue;
    const std::string path = join_path(relative, entry.name);
    if (entry.kind == DirEntry::Kind::directory) {
      collect_configs(files, path, sink, found);
    } else if (entry.name.ends_with(".yaml") || entry.name.ends_with(".yml")) {
      found.push_back(path);
    }
  }
}

}  // namespace

Tree walk_registry(const FileTree& files, Sink& sink, EntersDirectory enters) {
  const StageMark mark(Stage::walk);
  RegistryWalk walk(files, sink, std::move(enters));
  walk.directory("");
  return walk.take();
}

std::vector<std::string> walk_configs(const FileTree& files, Sink& sink) {
  const StageMark mark(Stage::walk);
  std::vector<std::string> found;
  collect_configs(files, "", sink, found);
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace stepreg::load
