#include "load/walk.h"

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "base/fs.h"
#include "base/text.h"

namespace stepreg::load {

namespace {

constexpr std::string_view kProfilesDirectory = "cluster-profiles";
constexpr std::string_view kProfilesFile = "cluster-profiles-config.yaml";

std::string real_path(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> resolved(::realpath(path.c_str(), nullptr),
                                                             &std::free);
  return resolved ? std::string(resolved.get()) : std::string();
}

class RegistryWalk {
 public:
  RegistryWalk(const std::string& root, Sink& sink) : sink_(sink), real_root_(real_path(root)) {
    tree_.root = root;
  }

  Tree take() { return std::move(tree_); }

  void directory(const std::string& relative) {
    const std::string shown = join_path(tree_.root, relative);
    const auto entries = list_directory(shown);
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
      if (entry.name != kProfilesDirectory) return directory(relative);
      const std::string profiles = join_path(relative, kProfilesFile);
      if (path_exists(join_path(tree_.root, profiles))) tree_.profiles_path = profiles;
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
      sink_.add_for_file(rule("SR002"), join_path(tree_.root, relative), "is not a regular file");
      return;
    }
    tree_.files.push_back(std::move(file));
  }

  // False when there is nothing to read behind the link.
  bool check_link(const TreeFile& file) {
    const bool ignored =
        file.kind == TreeFile::Kind::documentation || file.kind == TreeFile::Kind::owners;
    const std::string shown = join_path(tree_.root, file.path);
    const std::string target = real_path(shown);
    if (target.empty()) {
      if (!ignored) sink_.add_for_file(rule("SR002"), shown, "is a link that leads nowhere");
      return false;
    }
    if (is_directory(target)) {
      if (!ignored) sink_.add_for_file(rule("SR002"), shown, "is a link to a directory");
      return false;
    }
    if (!target.starts_with(real_root_ + "/")) {
      sink_.add_for_file(rule("SR005"), shown,
                         "is a link that leads out of the tree, to " + quoted(target));
    }
    return true;
  }

  Sink& sink_;
  std::string real_root_;
  Tree tree_;
};

void collect_configs(const std::string& root, const std::string& relative, Sink& sink,
                     std::vector<std::string>& found) {
  const std::string shown = join_path(root, relative);
  const auto entries = list_directory(shown);
  if (!entries) {
    sink.add_for_file(rule("SR001"), shown, entries.error().text.substr(shown.size() + 2));
    return;
  }
  for (const DirEntry& entry : *entries) {
    if (entry.name.starts_with("..")) continue;
    const std::string path = join_path(relative, entry.name);
    if (entry.kind == DirEntry::Kind::directory) {
      collect_configs(root, path, sink, found);
    } else if (entry.name.ends_with(".yaml") || entry.name.ends_with(".yml")) {
      found.push_back(path);
    }
  }
}

}  // namespace

Tree walk_registry(const std::string& root, Sink& sink) {
  RegistryWalk walk(root, sink);
  walk.directory("");
  return walk.take();
}

std::vector<std::string> walk_configs(const std::string& root, Sink& sink) {
  std::vector<std::string> found;
  collect_configs(root, "", sink, found);
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace stepreg::load
