#include "load/git_tree.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace stepreg::load {

namespace {

DirEntry::Kind kind_of_mode(std::string_view mode) {
  if (mode.starts_with("100")) return DirEntry::Kind::file;
  return mode == "120000" ? DirEntry::Kind::link : DirEntry::Kind::other;
}

// Where a link at `path` with that text points to, below the top of the repository; "" when it
// leads out of it.
std::string link_place(const std::string& path, std::string_view text) {
  if (text.starts_with('/')) return "";
  std::vector<std::string> parts;
  const auto walk = [&parts](std::string_view way) {
    for (const std::string_view part : split(way, '/')) {
      if (part.empty() || part == ".") continue;
      if (part != "..") {
        parts.emplace_back(part);
      } else if (parts.empty()) {
        return false;
      } else {
        parts.pop_back();
      }
    }
    return true;
  };
  return walk(parent_path(path)) && walk(text) ? join(parts, "/") : "";
}

bool is_below(std::string_view path, std::string_view place) {
  return place.empty() || (path.starts_with(place) && path.substr(place.size()).starts_with('/'));
}

}  // namespace

RevisionTree::RevisionTree(std::string shown_root, std::shared_ptr<GitRepository> repository,
                           std::string tree, std::string place)
    : FileTree(std::move(shown_root)),
      repository_(std::move(repository)),
      tree_(std::move(tree)),
      place_(std::move(place)) {}

Result<std::shared_ptr<RevisionTree>> RevisionTree::open(std::shared_ptr<GitRepository> repository,
                                                         const std::string& shown_revision,
                                                         const std::string& place) {
  auto found = repository->find_tree(shown_revision);
  if (!found) return found.error();
  auto entries = repository->list_tree(*found, place);
  if (!entries) return entries.error();
  std::shared_ptr<RevisionTree> tree(new RevisionTree(
      shown_revision + ":" + (place.empty() ? "." : place), std::move(repository), *found, place));
  for (const GitRepository::Entry& entry : *entries) tree->add(entry);
  return tree;
}

void RevisionTree::add(const GitRepository::Entry& entry) {
  if (!is_below(entry.path, place_)) return;  // the place itself is a file
  const std::string path = place_.empty() ? entry.path : entry.path.substr(place_.size() + 1);
  const DirEntry::Kind kind = kind_of_mode(entry.mode);
  files_[path] = {entry.id, kind};
  directories_[std::string(parent_path(path))][std::string(base_name(path))] = kind;
  for (std::string_view inner = parent_path(path); !inner.empty(); inner = parent_path(inner)) {
    const auto [at, is_new] = directories_[std::string(parent_path(inner))].emplace(
        base_name(inner), DirEntry::Kind::directory);
    if (!is_new) break;
  }
}

Result<std::vector<DirEntry>> RevisionTree::list(const std::string& directory) const {
  std::vector<DirEntry> entries;
  const auto found = directories_.find(directory);
  if (found == directories_.end()) return entries;
  for (const auto& [name, kind] : found->second) entries.push_back({name, kind});
  return entries;
}

Result<GitRepository::Object> RevisionTree::object(const std::string& path) const {
  const auto found = files_.find(path);
  if (found == files_.end()) return GitRepository::Object{};
  const auto known = contents_.find(found->second.id);
  if (known != contents_.end() && found->second.kind == DirEntry::Kind::file) {
    return GitRepository::Object{"blob", known->second};
  }
  if (found->second.kind != DirEntry::Kind::link) return repository_->read_object(found->second.id);
  // An index has no tree to follow links in; its links lead to files of the work tree.
  return repository_->read_object(tree_ + ":" + join_path(place_, path));
}

LinkTarget RevisionTree::follow(const std::string& link) const {
  const auto target = object(link);
  if (!target || target->type.empty()) return {};
  if (target->type != "blob") return {LinkTarget::Kind::directory, ""};
  const auto text = repository_->read_object(files_.find(link)->second.id);
  const std::string place = text ? link_place(join_path(place_, link), text->content) : "";
  return {LinkTarget::Kind::file, is_below(place, place_) ? "" : text->content};
}

Result<std::string> RevisionTree::read(const std::string& path, std::uint64_t max_bytes) const {
  auto found = object(path);
  if (!found) return found.error();
  if (found->type != "blob") {
    return Error{Error::Code::not_found,
                 shown(path) + ": " +
                     (has_file(path) ? "its content is not in the repository" : "does not exist")};
  }
  if (found->content.size() > max_bytes) {
    return Error{Error::Code::too_large,
                 shown(path) + ": has " + std::to_string(found->content.size()) +
                     " bytes; at most " + std::to_string(max_bytes) + " are read"};
  }
  return std::move(found->content);
}

Result<void> RevisionTree::prepare_reading() {
  std::vector<std::string> ids;
  for (const auto& [path, file] : files_) {
    if (file.kind == DirEntry::Kind::file) ids.push_back(file.id);
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  if (ids.empty()) return {};
  auto objects = repository_->read_objects(ids, (tree_.empty() ? "HEAD" : tree_) + ":" + place_);
  if (!objects) return Error{objects.error().code, root() + ": " + objects.error().text};
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if ((*objects)[i].type == "blob") contents_[ids[i]] = std::move((*objects)[i].content);
  }
  return {};
}

std::string RevisionTree::content_id(const std::string& path) const {
  const auto found = files_.find(path);
  const bool is_file = found != files_.end() && found->second.kind == DirEntry::Kind::file;
  return is_file ? found->second.id : "";
}

Result<std::shared_ptr<WorkTree>> WorkTree::open(std::shared_ptr<GitRepository> repository,
                                                 const std::string& directory) {
  auto place = repository->place_of(directory);
  if (!place) return place.error();
  auto index = repository->list_index(*place);
  if (!index) return index.error();
  std::shared_ptr<WorkTree> tree(new WorkTree(directory));
  tree->left_out_.reset(new RevisionTree(directory, std::move(repository), "", *place));
  for (const GitRepository::IndexEntry& entry : *index) {
    if (!is_below(entry.path, *place)) continue;
    const std::string path = place->empty() ? entry.path : entry.path.substr(place->size() + 1);
    const bool left_out = entry.absent && !path_exists(tree->shown(path));
    if (left_out) tree->left_out_->add(entry);
    const bool is_file = kind_of_mode(entry.mode) == DirEntry::Kind::file;
    if (is_file && (left_out || entry.trusted)) tree->ids_[path] = entry.id;
  }
  return tree;
}

Result<std::vector<DirEntry>> WorkTree::list(const std::string& directory) const {
  Result<std::vector<DirEntry>> here = DirectoryTree::list(directory);
  std::vector<DirEntry> more = *left_out_->list(directory);
  if (more.empty()) return here;
  if (here) {
    std::set<std::string_view> names;
    for (const DirEntry& entry : *here) names.insert(entry.name);
    std::erase_if(more, [&](const DirEntry& entry) { return names.contains(entry.name); });
    more.insert(more.end(), here->begin(), here->end());
  }
  std::sort(more.begin(), more.end(),
            [](const DirEntry& a, const DirEntry& b) { return a.name < b.name; });
  return more;
}

bool WorkTree::has_file(const std::string& path) const {
  return DirectoryTree::has_file(path) || left_out_->has_file(path);
}

std::string WorkTree::left_out_target(const std::string& link) const {
  const auto text = left_out_->repository_->read_object(left_out_->files_.find(link)->second.id);
  const std::string& top = left_out_->place_;
  const std::string place = text ? link_place(join_path(top, link), text->content) : "";
  if (place.empty() || !is_below(place, top)) return "";
  return top.empty() ? place : place.substr(top.size() + 1);
}

LinkTarget WorkTree::follow(const std::string& link) const {
  if (!left_out_->has_file(link)) return DirectoryTree::follow(link);
  const std::string target = left_out_target(link);
  if (target.empty() || !has_file(target)) return {};
  return {LinkTarget::Kind::file, ""};
}

Result<std::string> WorkTree::read(const std::string& path, std::uint64_t max_bytes) const {
  const auto found = left_out_->files_.find(path);
  if (found == left_out_->files_.end()) return DirectoryTree::read(path, max_bytes);
  if (found->second.kind != DirEntry::Kind::link) return left_out_->read(path, max_bytes);
  const std::string target = left_out_target(path);
  if (left_out_->has_file(target)) return left_out_->read(target, max_bytes);
  return DirectoryTree::read(target, max_bytes);
}

std::string WorkTree::content_id(const std::string& path) const {
  const auto found = ids_.find(path);
  return found == ids_.end() ? "" : found->second;
}

}  // namespace stepreg::load
