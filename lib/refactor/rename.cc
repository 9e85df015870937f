#include "refactor/rename.h"

#include <unistd.h>

#include <algorithm>
#include <climits>
#include <map>

#include "base/fs.h"
#include "base/text.h"
#include "load/read.h"
#include "query/component.h"
#include "refactor/rename_places.h"
#include "resolve/plan_builder.h"

namespace stepreg {

namespace {

using query::AnyComponent;
using query::ComponentKind;

NamedKind named_kind(ComponentKind kind) {
  switch (kind) {
    case ComponentKind::step:
      return NamedKind::step;
    case ComponentKind::chain:
      return NamedKind::chain;
    case ComponentKind::workflow:
      return NamedKind::workflow;
    case ComponentKind::observer:
      break;
  }
  return NamedKind::observer;
}

std::string shown(Place place) {
  const LineColumn at = place.line_column();
  return place.file->path() + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

// Replaces single words of files, keeping everything around them.
class TextEdits {
 public:
  explicit TextEdits(std::vector<std::string>& problems) : problems_(problems) {}

  // The token at `text` reads `old`, perhaps with something before it, and shall read `now`.
  void replace(const Text& text, std::string_view old, std::string now) {
    const std::string_view all = text.place.file->text();
    std::size_t begin = text.place.offset;
    // Anchors and tags stand before the value they belong to.
    while (begin < all.size() && (all[begin] == '&' || all[begin] == '!')) {
      begin = all.find_first_of(" \t\n", begin);
      begin =
          begin == std::string_view::npos ? all.size() : all.find_first_not_of(" \t\r\n", begin);
      begin = std::min(begin, all.size());
    }
    if (begin < all.size() && (all[begin] == '"' || all[begin] == '\'')) ++begin;
    if (all.substr(begin, old.size()) != old) {
      problems_.push_back(shown(text.place) +
                          ": the name is written in a way that cannot be edited (an alias or an "
                          "escape); write it out");
      return;
    }
    auto& file = files_[text.place.file->path()];
    file.source = text.place.file;
    file.edits[begin] = {old.size(), std::move(now)};
  }

  // In a file that is not YAML: every occurrence.
  void replace_all(const SourceFile& source, const std::string& old, const std::string& now) {
    auto& file = files_[source.path()];
    file.source = &source;
    for (std::size_t at = source.text().find(old); at != std::string_view::npos;
         at = source.text().find(old, at + old.size())) {
      file.edits[at] = {old.size(), now};
    }
    if (file.edits.empty()) files_.erase(source.path());
  }

  std::vector<FileChange> take() {
    std::vector<FileChange> changes;
    for (const auto& [path, file] : files_) {
      auto before = read_file(path, load::kMaxFileBytes);
      if (!before) {
        problems_.push_back(before.error().text);
        continue;
      }
      const bool mark = before->starts_with("\xEF\xBB\xBF");
      if (std::string_view(*before).substr(mark ? 3 : 0) != file.source->text()) {
        problems_.push_back(path +
                            ": is compressed or in another encoding than UTF-8, and cannot "
                            "be edited");
        continue;
      }
      std::string after = mark ? "\xEF\xBB\xBF" : "";
      std::size_t done = 0;
      for (const auto& [at, edit] : file.edits) {
        after += file.source->text().substr(done, at - done);
        after += edit.text;
        done = at + edit.length;
      }
      after += file.source->text().substr(done);
      changes.push_back({path, std::move(*before), std::move(after)});
    }
    return changes;
  }

 private:
  struct Edit {
    std::size_t length;
    std::string text;
  };
  struct File {
    const SourceFile* source = nullptr;
    std::map<std::size_t, Edit> edits;  // by offset
  };
  std::map<std::string, File> files_;
  std::vector<std::string>& problems_;
};

class RenamePlanner {
 public:
  RenamePlanner(const load::Project& project, const RenameRequest& request)
      : project_(project),
        registry_(*project.registry),
        request_(request),
        edits_(plan_.problems) {}

  RenamePlan take() {
    if (!find_component() || !check_name()) return std::move(plan_);
    choose_directory();
    if (!plan_.problems.empty()) return std::move(plan_);
    collect_moves();
    collect_links();
    edit_component();
    edit_references();
    plan_.edits = edits_.take();
    check_targets();
    add_remarks();
    return std::move(plan_);
  }

 private:
  void refuse(std::string reason) { plan_.problems.push_back(std::move(reason)); }
  std::string in_tree(const std::string& path) const {
    return join_path(project_.registry_root, path);
  }

  bool find_component() {
    const auto found = query::find_components(registry_, request_.component);
    if (found.size() == 1) {
      component_ = found.front();
      old_name_ = component_.name();
      return true;
    }
    std::string reason = "the component " + in_quotes(request_.component) + " ";
    if (found.empty()) {
      const std::string guess = query::guess_component(registry_, request_.component);
      reason +=
          "does not exist" + (guess.empty() ? "" : "; did you mean " + in_quotes(guess) + "?");
    } else {
      reason += "is not one: say which of";
      for (const AnyComponent& each : found) reason += " " + in_quotes(each.id());
    }
    refuse(std::move(reason));
    return false;
  }

  bool check_name() {
    const std::string& name = request_.new_name;
    const bool letters = std::all_of(name.begin(), name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    });
    if (name.empty() || !letters || name.front() == '-' || name.back() == '-' ||
        name.front() == '.' || name.find("--") != std::string::npos) {
      refuse("the name " + in_quotes(name) +
             " is no name of a component: lower-case letters, digits and single hyphens between "
             "them");
    }
    if (registry_.flat) refuse("the registry is flat: its components have no folders to move");
    const std::string id = query::component_id(component_.kind, name);
    const auto same = query::find_components(registry_, id);
    if (!same.empty()) {
      refuse("the component " + in_quotes(id) + " exists already, in " +
             in_tree(same.front().path()));
    } else if (registry_.broken.contains(id)) {
      refuse("the component " + in_quotes(id) + " exists already, and cannot be read");
    }
    if (prefix_of(component_.directory()) != old_name_) {
      refuse("the folder of " + in_quotes(component_.id()) +
             " does not match its name (SR102); mend "
             "that first");
    }
    return plan_.problems.empty();
  }

  // From the root downwards: always the longest existing folder that the rest of the name begins
  // with; what remains is one new folder.
  void choose_directory() {
    if (!request_.directory.empty()) {
      directory_ = request_.directory;
      while (directory_.ends_with('/')) directory_.pop_back();
      if (prefix_of(directory_) != request_.new_name) {
        refuse("a component in the folder " + in_quotes(directory_) + " must have the name " +
               in_quotes(prefix_of(directory_)));
      }
    } else {
      std::string_view rest = request_.new_name;
      while (!rest.empty()) {
        const std::string next = longest_folder(directory_, rest);
        directory_ = join_path(directory_, next.empty() ? std::string(rest) : next);
        rest.remove_prefix(next.empty() ? rest.size() : std::min(rest.size(), next.size() + 1));
      }
    }
    for (const std::string_view part : split(directory_, '/')) {
      if (part == "cluster-profiles" || part.starts_with('.') || part.empty()) {
        refuse("the folder " + in_quotes(directory_) + " cannot hold components");
      }
    }
  }

  std::string longest_folder(const std::string& parent, std::string_view rest) const {
    std::string longest;
    const auto entries = list_directory(in_tree(parent));
    if (!entries) return longest;
    for (const DirEntry& entry : *entries) {
      if (entry.kind != DirEntry::Kind::directory || entry.name.size() <= longest.size()) continue;
      const bool fits = rest == entry.name || rest.starts_with(entry.name + "-");
      if (fits) longest = entry.name;
    }
    return longest;
  }

  // Files of the folder: all of them, or, when others live there too, those of this component.
  void collect_moves() {
    const std::string& old_directory = component_.directory();
    const bool shared = is_shared();
    for (const TreeFile& file : registry_.tree.files) {
      if (file.directory != old_directory) continue;
      const bool own = is_own(file);
      if (shared && file.kind == TreeFile::Kind::owners && directory_ != old_directory) {
        copy_owners(file);
        continue;
      }
      if (shared && !own) continue;
      std::string name = file.name;
      if (name.starts_with(old_name_)) name.replace(0, old_name_.size(), request_.new_name);
      const std::string to = join_path(directory_, name);
      if (to == file.path) continue;
      if (!own && file.kind == TreeFile::Kind::owners && path_exists(in_tree(to))) continue;
      moved_[file.path] = to;
      plan_.moves.push_back({in_tree(file.path), in_tree(to)});
    }
    std::sort(plan_.moves.begin(), plan_.moves.end(),
              [](const auto& a, const auto& b) { return a.from < b.from; });
  }

  bool is_shared() const {
    for (const AnyComponent& other : query::all_components(registry_)) {
      if (other.directory() == component_.directory() && other.id() != component_.id()) return true;
    }
    return false;
  }

  bool is_own(const TreeFile& file) const {
    if (file.path == component_.path()) return true;
    const std::string stem = component_.path().substr(0, component_.path().size() - 5);  // ".yaml"
    if (file.path == stem + ".metadata.json") return true;
    return component_.script() != nullptr && file.path == component_.script()->path;
  }

  void copy_owners(const TreeFile& file) {
    const std::string to = in_tree(join_path(directory_, file.name));
    if (path_exists(to)) return;
    auto text = read_file(in_tree(file.path), load::kMaxFileBytes);
    if (text) plan_.copies.push_back({to, std::nullopt, std::move(*text)});
  }

  // Links that move, and links to what moves.
  void collect_links() {
    for (const TreeFile& file : registry_.tree.files) {
      if (!file.is_link) continue;
      char target[PATH_MAX];
      const ssize_t length = ::readlink(in_tree(file.path).c_str(), target, sizeof target);
      if (length <= 0 || target[0] == '/') continue;
      const std::string before(target, static_cast<std::size_t>(length));
      const std::string goal = normal(join_path(file.directory, before));
      const auto own_move = moved_.find(file.path);
      const std::string place = own_move == moved_.end() ? file.path : own_move->second;
      const auto goal_move = moved_.find(goal);
      const std::string to = goal_move == moved_.end() ? goal : goal_move->second;
      if (to == goal && parent_path(place) == file.directory) continue;
      std::string after = relative(std::string(parent_path(place)), to);
      if (after != before) plan_.links.push_back({in_tree(file.path), before, std::move(after)});
    }
  }

  // Without "." and ".."; a path that leads out of the tree keeps its leading "..".
  static std::string normal(const std::string& path) {
    std::vector<std::string> parts;
    for (const std::string_view part : split(path, '/')) {
      if (part.empty() || part == ".") continue;
      if (part == ".." && !parts.empty() && parts.back() != "..") {
        parts.pop_back();
      } else {
        parts.emplace_back(part);
      }
    }
    return join(parts, "/");
  }

  static std::string relative(const std::string& from_directory, const std::string& to) {
    std::vector<std::string_view> from = split(from_directory, '/');
    if (from_directory.empty()) from.clear();
    const std::vector<std::string_view> goal = split(to, '/');
    std::size_t common = 0;
    while (common < from.size() && common + 1 < goal.size() && from[common] == goal[common]) {
      ++common;
    }
    std::string result;
    for (std::size_t i = common; i < from.size(); ++i) result += "../";
    for (std::size_t i = common; i < goal.size(); ++i) {
      result += goal[i];
      if (i + 1 < goal.size()) result += '/';
    }
    return result;
  }

  void edit_component() {
    Text as;
    as.value = old_name_;
    as.place = component_.place();
    edits_.replace(as, old_name_, request_.new_name);
    const Text commands = component_.step       ? component_.step->definition.step.commands
                          : component_.observer ? component_.observer->definition.observer.commands
                                                : Text();
    if (commands.present() && component_.script() != nullptr && commands->starts_with(old_name_)) {
      edits_.replace(commands, old_name_, request_.new_name);
    }
    for (const auto& [path, source] : registry_.metadata) {
      const auto move = moved_.find(path);
      if (move == moved_.end()) continue;
      const std::string stem =
          path.substr(0, path.size() - std::string_view(".metadata.json").size());
      const std::string& to = move->second;
      edits_.replace_all(*source, "\"" + stem + ".yaml\"",
                         "\"" + to.substr(0, to.size() - 14) + ".yaml\"");
    }
  }

  void edit_references() {
    const NameQuery query{named_kind(component_.kind), old_name_};
    const TakePlace take = [this](const Text& text) {
      ++plan_.references;
      edits_.replace(text, old_name_, request_.new_name);
    };
    places_in_registry(registry_, query, take);
    const std::string id = component_.id();
    places_in_settings(project_.settings->settings, query, take, [&](const Text& text) {
      ++plan_.references;
      edits_.replace(text, id, query::component_id(component_.kind, request_.new_name));
    });
    load_configs();
    for (const auto& config : configs_) {
      if (config) places_in_config(config->config, query, take);
    }
  }

  // Only configurations that have the name anywhere in their text.
  void load_configs() {
    const auto& paths = project_.config_paths;
    configs_.resize(paths.size());
    const SeverityTable severities(Profile::recommended);
    parallel_for(paths.size(), project_.jobs, [&](std::size_t i) {
      Sink sink(severities);
      auto source = load::read_source(*project_.config_files, paths[i], sink);
      if (!source || source->text().find(old_name_) == std::string_view::npos) return;
      configs_[i] = load::decode_config_text(std::move(source), paths[i], sink);
    });
  }

  void check_targets() {
    for (const RenamePlan::Move& move : plan_.moves) {
      if (path_exists(move.to)) refuse(move.to + ": exists already");
    }
  }

  void add_remarks() {
    const bool runs = component_.step != nullptr || component_.chain != nullptr;
    const bool did = resolve::name_collects(old_name_);
    const bool does = resolve::name_collects(request_.new_name);
    if (!runs || did == does) return;
    plan_.remarks.push_back(
        std::string("in `post`, the ") + (did ? "old" : "new") +
        " name says that only data are gathered, the other says cleanup: set `collect:` where "
        "that matters");
  }

  const load::Project& project_;
  const Registry& registry_;
  const RenameRequest& request_;
  RenamePlan plan_;
  TextEdits edits_;
  AnyComponent component_;
  std::string old_name_;
  std::string directory_;                     // the new one, relative to the registry
  std::map<std::string, std::string> moved_;  // paths relative to the registry
  std::vector<std::unique_ptr<load::LoadedConfig>> configs_;
};

}  // namespace

RenamePlan plan_rename(const load::Project& project, const RenameRequest& request) {
  return RenamePlanner(project, request).take();
}

}  // namespace stepreg
