#include "refactor/edits.h"

#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

#include "base/fs.h"
#include "base/text.h"
#include "refactor/unified_diff.h"

namespace stepreg {

namespace {

constexpr std::uint64_t kMaxFileBytes = 64U << 20;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The text of a file, with what has been accepted for it so far.
struct Target {
  std::optional<std::string> before;
  std::string_view text;  // into `before`, without byte order mark
  std::string refusal;    // why it cannot be edited; empty when it can
  bool whole = false;     // an accepted edit writes the whole file
  std::vector<const Edit*> edits;
};

std::string_view text_of(std::string_view bytes) {
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  return bytes;
}

std::string refusal_of(std::string_view bytes) {
  if (bytes.starts_with("\x1f\x8b")) return "it is compressed";
  if (first_invalid_utf8(bytes) != std::string_view::npos) return "it is not UTF-8";
  if (bytes.find('\0') != std::string_view::npos) return "it is not UTF-8";
  return {};
}

class EditPlanner {
 public:
  FixPlan plan(const std::vector<Diagnostic>& findings, Fix level) {
    for (std::size_t i = 0; i < findings.size(); ++i) {
      const Diagnostic& finding = findings[i];
      const bool wanted =
          finding.fix == Fix::safe || (finding.fix == Fix::unsafe && level == Fix::unsafe);
      if (!wanted || finding.state != Diagnostic::State::active || finding.edits.empty()) continue;
      consider(finding, i);
    }
    for (auto& [path, target] : targets_) finish(path, target);
    return std::move(plan_);
  }

 private:
  Target& target(const std::string& path) {
    const auto [found, is_new] = targets_.try_emplace(path);
    Target& target = found->second;
    if (!is_new) return target;
    Result<std::string> content = read_file(path, kMaxFileBytes);
    if (content) {
      target.before = std::move(*content);
      target.text = text_of(*target.before);
      target.refusal = refusal_of(*target.before);
    } else if (content.error().code != Error::Code::not_found) {
      target.refusal = content.error().text;
    }
    return target;
  }

  void consider(const Diagnostic& finding, std::size_t index) {
    for (const Edit& edit : finding.edits) {
      const Target& file = target(edit.path);
      const bool in_text = std::uint64_t{edit.offset} + edit.length <= file.text.size();
      if (!file.refusal.empty() || (!edit.whole_file && (!file.before || !in_text))) return;
      if (!fits(file, edit)) {
        ++plan_.overlapping;
        return;
      }
    }
    for (const Edit& edit : finding.edits) accept(target(edit.path), edit);
    plan_.fixed.push_back(index);
  }

  static bool same(const Edit& a, const Edit& b) {
    return a.offset == b.offset && a.length == b.length && a.replacement == b.replacement &&
           a.whole_file == b.whole_file;
  }

  // Touching edits conflict as well: their order would decide what comes out.
  static bool fits(const Target& file, const Edit& edit) {
    for (const Edit* other : file.edits) {
      if (same(*other, edit)) continue;  // two findings, one remedy
      if (edit.whole_file || other->whole_file) return false;
      const bool apart =
          edit.offset + edit.length < other->offset || other->offset + other->length < edit.offset;
      if (!apart) return false;
    }
    return true;
  }

  static void accept(Target& file, const Edit& edit) {
    for (const Edit* other : file.edits) {
      if (same(*other, edit)) return;
    }
    file.edits.push_back(&edit);
  }

  static std::string edited(Target& file) {
    std::sort(file.edits.begin(), file.edits.end(),
              [](const Edit* a, const Edit* b) { return a->offset < b->offset; });
    const bool marked = file.before && file.text.size() < file.before->size();
    std::string out = marked ? std::string(kByteOrderMark) : "";
    const std::size_t first_break = file.text.find('\n');
    const bool carriage = first_break != std::string_view::npos && first_break > 0 &&
                          file.text[first_break - 1] == '\r';
    std::size_t at = 0;
    for (const Edit* edit : file.edits) {
      out += file.text.substr(at, edit->offset - at);
      for (const char c : edit->replacement) {
        if (c == '\n' && carriage && !out.ends_with('\r')) out += '\r';
        out += c;
      }
      at = edit->offset + edit->length;
    }
    return out.append(file.text.substr(at));
  }

  void finish(const std::string& path, Target& file) {
    if (!file.refusal.empty()) {
      plan_.refused.push_back(path + " is not edited: " + file.refusal);
      return;
    }
    if (file.edits.empty()) return;
    const bool whole = file.edits.front()->whole_file;
    std::string after = whole ? file.edits.front()->replacement : edited(file);
    if (file.before == after) return;
    plan_.changes.push_back({path, std::move(file.before), std::move(after)});
  }

  std::map<std::string, Target> targets_;  // sorted: changes come out by path
  FixPlan plan_;
};

Result<void> check_unchanged(const FileChange& change) {
  const Result<std::string> now = read_file(change.path, kMaxFileBytes);
  const bool gone = !now && now.error().code == Error::Code::not_found;
  const bool same = change.before ? now && *now == *change.before : gone;
  if (same) return {};
  return Error{Error::Code::busy, change.path + ": has changed meanwhile; nothing was written"};
}

void restore(const FileChange& change) {
  if (!change.before) {
    ::unlink(change.path.c_str());
    return;
  }
  // A file behind a link is written where it lies; the link stays. The failure that led here is
  // what is reported.
  (void)write_file_atomic(real_path_or_same(change.path), *change.before);
}

}  // namespace

FixPlan plan_fixes(const std::vector<Diagnostic>& findings, Fix level) {
  return EditPlanner().plan(findings, level);
}

Result<void> apply_changes(const std::vector<FileChange>& changes) {
  for (const FileChange& change : changes) {
    if (auto unchanged = check_unchanged(change); !unchanged) return unchanged;
  }
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Result<void> written = write_file_atomic(real_path_or_same(changes[i].path), changes[i].after);
    if (written) continue;
    while (i-- > 0) restore(changes[i]);
    return written;
  }
  return {};
}

std::string diff_of(const std::vector<FileChange>& changes) {
  std::string out;
  for (const FileChange& change : changes) {
    out += unified_diff(change.before ? change.path : "/dev/null", change.path,
                        change.before.value_or(""), change.after);
  }
  return out;
}

}  // namespace stepreg
