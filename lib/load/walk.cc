#include "load/walk.h"

#include <algorithm>
#include <iterator>

#include "base/fs.h"
#include "base/parallel.h"
#include "base/stage.h"
#include "base/text.h"

namespace stepreg::load {

namespace {

constexpr std::string_view kProfilesDirectory = "cluster-profiles";
constexpr std::string_view kProfilesFile = "cluster-profiles-config.yaml";

// What is to be looked at in a directory; empty when it cannot be read.
std::vector<DirEntry> entries_of(const FileTree& files, const std::string& relative, Sink& sink) {
  auto entries = files.list(relative);
  if (!entries) {
    const std::string shown = files.shown(relative);
    sink.add_for_file(rule("SR001"), shown, entries.error().text.substr(shown.size() + 2));
    return {};
  }
  std::erase_if(*entries, [](const DirEntry& entry) { return entry.name.starts_with(".."); });
  return std::move(*entries);
}

// A part of the tree: one entry of the root with all below it.
class RegistryWalk {
 public:
  RegistryWalk(const FileTree& files, const Sink& sink, const EntersDirectory& enters)
      : files_(files), sink_(sink.empty_copy()), enters_(enters) {}

  void visit(DirEntry entry, const std::string& directory_path) {
    std::string relative = join_path(directory_path, entry.name);
    if (entry.kind == DirEntry::Kind::directory) {
      if (entry.name != kProfilesDirectory) {
        if (!enters_ || enters_(relative)) directory(relative);
        return;
      }
      std::string profiles = join_path(relative, kProfilesFile);
      if (files_.has_file(profiles)) profiles_path_ = std::move(profiles);
      return;
    }
    TreeFile file;
    file.kind = kind_of_name(entry.name);
    file.path = std::move(relative);
    file.directory = directory_path;
    file.name = std::move(entry.name);
    file.is_link = entry.kind == DirEntry::Kind::link;
    if (file.is_link && !check_link(file)) return;
    if (entry.kind == DirEntry::Kind::other) {
      sink_.add_for_file(rule("SR002"), files_.shown(file.path), "is not a regular file");
      return;
    }
    found_.push_back(std::move(file));
  }

  std::size_t found() const { return found_.size(); }

  void unite(Tree& tree, Sink& sink) {
    std::move(found_.begin(), found_.end(), std::back_inserter(tree.files));
    if (!profiles_path_.empty()) tree.profiles_path = std::move(profiles_path_);
    sink.merge(std::move(sink_));
  }

 private:
  void directory(const std::string& relative) {
    for (DirEntry& entry : entries_of(files_, relative, sink_)) visit(std::move(entry), relative);
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
  Sink sink_;
  const EntersDirectory& enters_;
  std::vector<TreeFile> found_;
  std::string profiles_path_;
};

void collect_configs(const FileTree& files, const std::string& relative, Sink& sink,
                     std::vector<std::string>& found) {
  for (const DirEntry& entry : entries_of(files, relative, sink)) {
    const std::string path = join_path(relative, entry.name);
    if (entry.kind == DirEntry::Kind::directory) {
      collect_configs(files, path, sink, found);
    } else if (entry.name.ends_with(".yaml") || entry.name.ends_with(".yml")) {
      found.push_back(path);
    }
  }
}

}  // namespace

Tree walk_registry(const FileTree& files, unsigned jobs, Sink& sink,
                   const EntersDirectory& enters) {
  const StageMark mark(Stage::walk);
  Tree tree;
  tree.root = files.root();
  std::vector<DirEntry> entries = entries_of(files, "", sink);
  std::vector<RegistryWalk> parts(entries.size(), RegistryWalk(files, sink, enters));
  parallel_for(parts.size(), jobs, [&](std::size_t i) {
    const StageMark own(Stage::walk);
    parts[i].visit(std::move(entries[i]), "");
  });
  std::size_t found = 0;
  for (const RegistryWalk& part : parts) found += part.found();
  tree.files.reserve(found);
  for (RegistryWalk& part : parts) part.unite(tree, sink);
  return tree;
}

std::vector<std::string> walk_configs(const FileTree& files, Sink& sink) {
  const StageMark mark(Stage::walk);
  std::vector<std::string> found;
  collect_configs(files, "", sink, found);
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace stepreg::load
