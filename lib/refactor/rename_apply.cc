#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <functional>
#include <map>
#include <set>

#include "base/fs.h"
#include "refactor/rename.h"
#include "refactor/unified_diff.h"

namespace stepreg {

namespace {

Result<void> move_file(const std::string& from, const std::string& to) {
  if (path_exists(to)) return Error{Error::Code::busy, to + ": exists already"};
  if (auto made = make_directories(std::string(parent_path(to))); !made) return made;
  if (::rename(from.c_str(), to.c_str()) != 0) return system_error(from, "move", errno);
  return {};
}

Result<void> write_link(const std::string& path, const std::string& target) {
  const std::string fresh = path + ".new-link";
  if (::symlink(target.c_str(), fresh.c_str()) != 0) return system_error(path, "link", errno);
  if (::rename(fresh.c_str(), path.c_str()) == 0) return {};
  const int error = errno;
  ::unlink(fresh.c_str());
  return system_error(path, "link", error);
}

std::vector<FileChange> reversed(const std::vector<FileChange>& changes) {
  std::vector<FileChange> back;
  for (const FileChange& change : changes) {
    back.push_back({change.path, change.after, change.before.value_or("")});
  }
  return back;
}

// Folders that have become empty, from the inside out, up to one that is not.
void remove_empty(std::string directory) {
  while (!directory.empty() && ::rmdir(directory.c_str()) == 0) {
    directory = std::string(parent_path(directory));
  }
}

// What was done so far, each with the way back.
class Journal {
 public:
  ~Journal() {
    for (auto undo = undo_.rbegin(); undo != undo_.rend(); ++undo) (*undo)();
  }
  void add(std::function<void()> undo) { undo_.push_back(std::move(undo)); }
  void keep() { undo_.clear(); }

 private:
  std::vector<std::function<void()>> undo_;
};

std::string git_header(const std::string& from, const std::string& to) {
  std::string text = "diff --git a/" + from + " b/" + to + "\n";
  if (from != to) text += "rename from " + from + "\nrename to " + to + "\n";
  return text;
}

}  // namespace

Result<void> apply_rename(const RenamePlan& plan) {
  Journal journal;
  if (auto written = apply_changes(plan.edits); !written) return written;
  // The failure that led there is reported, not one of going back.
  journal.add([&plan] { (void)apply_changes(reversed(plan.edits)); });
  for (const RenamePlan::Link& link : plan.links) {
    if (auto written = write_link(link.path, link.after); !written) return written;
    journal.add([&link] { (void)write_link(link.path, link.before); });
  }
  for (const RenamePlan::Move& move : plan.moves) {
    if (auto moved = move_file(move.from, move.to); !moved) return moved;
    journal.add([&move] {
      (void)::rename(move.to.c_str(), move.from.c_str());
      remove_empty(std::string(parent_path(move.to)));
    });
  }
  for (const FileChange& copy : plan.copies) {
    if (auto written = write_file_atomic(copy.path, copy.after); !written) return written;
    journal.add([&copy] { ::unlink(copy.path.c_str()); });
  }
  journal.keep();
  for (const RenamePlan::Move& move : plan.moves) {
    remove_empty(std::string(parent_path(move.from)));
  }
  return {};
}

std::string diff_of(const RenamePlan& plan) {
  std::map<std::string, std::string> targets;  // by old path
  for (const RenamePlan::Move& move : plan.moves) targets[move.from] = move.to;
  const auto target = [&](const std::string& path) {
    const auto found = targets.find(path);
    return found == targets.end() ? path : found->second;
  };
  std::map<std::string, std::string> parts;  // by old path
  for (const auto& [from, to] : targets) parts[from] = git_header(from, to);
  for (const FileChange& edit : plan.edits) {
    const std::string to = target(edit.path);
    parts[edit.path] = git_header(edit.path, to) +
                       unified_diff("a/" + edit.path, "b/" + to, *edit.before, edit.after);
  }
  for (const RenamePlan::Link& link : plan.links) {
    const std::string to = target(link.path);
    parts[link.path] = git_header(link.path, to) + "index 0000000..0000000 120000\n" +
                       unified_diff("a/" + link.path, "b/" + to, link.before, link.after);
  }
  for (const FileChange& copy : plan.copies) {
    parts[copy.path] = "diff --git a/" + copy.path + " b/" + copy.path +
                       "\nnew file mode 100644\n" +
                       unified_diff("/dev/null", "b/" + copy.path, "", copy.after);
  }
  std::string text;
  for (const auto& [path, part] : parts) text += part;
  return text;
}

}  // namespace stepreg
