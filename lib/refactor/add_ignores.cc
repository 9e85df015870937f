#include "refactor/add_ignores.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "yaml/document.h"

namespace stepreg {

namespace {

constexpr std::uint32_t kWholeFile = 0;
using RuleNames = std::set<std::string>;
using RulesByLine = std::map<std::uint32_t, RuleNames>;

bool is_yaml(const std::string& path) {
  return path.ends_with(".yaml") || path.ends_with(".yml") || path.ends_with("OWNERS");
}

// In JSON there are no comments.
bool takes_comments(const std::string& path) {
  return !path.ends_with(".json") && !path.ends_with(".md");
}

std::uint32_t line_start(const SourceFile& file, std::uint32_t line) {
  const std::string_view text = file.line_text(line);
  return static_cast<std::uint32_t>(text.data() - file.text().data());
}

Edit comment_at(const SourceFile& file, std::uint32_t line, const RuleNames& rules,
                const std::string& reason) {
  const std::vector<std::string> names(rules.begin(), rules.end());
  const std::string rest = "[" + join(names, ", ") + "] " + reason + "\n";
  Edit edit;
  edit.path = file.path();
  if (line == kWholeFile) {
    // The first line of a script says who runs it.
    const bool script = file.text().starts_with("#!");
    const std::size_t end = script ? file.text().find('\n') : std::string_view::npos;
    edit.offset = end == std::string_view::npos ? 0 : static_cast<std::uint32_t>(end + 1);
    edit.replacement = "# stepreg: ignore-file" + rest;
    return edit;
  }
  const std::string_view text = file.line_text(line);
  edit.offset = line_start(file, line);
  edit.replacement =
      std::string(text.substr(0, text.find_first_not_of(" \t"))) + "# stepreg: ignore" + rest;
  return edit;
}

bool same_tree(const yaml::Document& a, yaml::NodeId x, const yaml::Document& b, yaml::NodeId y) {
  const yaml::Node& left = a[x];
  const yaml::Node& right = b[y];
  if (left.kind != right.kind || left.plain != right.plain || left.text != right.text) return false;
  yaml::NodeId i = left.first_child, j = right.first_child;
  for (; i != yaml::kNoNode && j != yaml::kNoNode; i = a[i].next, j = b[j].next) {
    if (!same_tree(a, i, b, j)) return false;
  }
  return i == j;  // both at the end
}

// Does the text mean the same with the comment? In the middle of a quoted or block text it would
// become a part of it.
bool keeps_meaning(const SourceFile& file, const Edit& edit) {
  if (!is_yaml(file.path())) return true;
  std::string text(file.text());
  text.insert(edit.offset, edit.replacement);
  const SourceFile after(file.path(), std::move(text));
  const SeverityTable severities;
  Sink unused(severities);
  const auto before_tree = yaml::parse(file, unused);
  const auto after_tree = yaml::parse(after, unused);
  if (!before_tree || !after_tree) return !before_tree && !after_tree;
  if (before_tree->empty() || after_tree->empty()) return before_tree->empty();
  return same_tree(*before_tree, before_tree->root(), *after_tree, after_tree->root());
}

// The findings of a line that takes no comment become findings of the file.
RulesByLine with_lines_that_take_comments(const SourceFile& file, const RulesByLine& wanted) {
  RulesByLine lines;
  for (const auto& [line, rules] : wanted) {
    const bool here = line != kWholeFile && keeps_meaning(file, comment_at(file, line, rules, "x"));
    lines[here ? line : kWholeFile].insert(rules.begin(), rules.end());
  }
  // What the whole file is excused for needs no comment of its own.
  const auto whole = lines.find(kWholeFile);
  if (whole == lines.end()) return lines;
  for (auto& [line, rules] : lines) {
    if (line == kWholeFile) continue;
    std::erase_if(rules, [&](const std::string& rule) { return whole->second.contains(rule); });
  }
  std::erase_if(lines, [](const auto& entry) { return entry.second.empty(); });
  return lines;
}

bool can_be_excused(const Diagnostic& finding) {
  return finding.state == Diagnostic::State::active && !finding.rule.info().code.starts_with("SR9");
}

}  // namespace

IgnorePlan plan_ignores(const Report& report, const std::string& reason) {
  IgnorePlan plan;
  std::map<std::string, RulesByLine> by_file;
  std::map<std::string, std::size_t> counts;
  for (const Diagnostic& finding : report.findings) {
    if (!can_be_excused(finding)) continue;
    by_file[finding.at.path][finding.at.line].insert(std::string(finding.rule.info().name));
    ++counts[finding.at.path];
  }
  std::vector<Diagnostic> comments;
  for (const auto& [path, wanted] : by_file) {
    const SourceFile* file = report.sources ? report.sources(path) : nullptr;
    if (file == nullptr || !takes_comments(path)) {
      plan.refused.push_back(path + ": takes no comments; " + counted(counts[path], "finding") +
                             " left");
      continue;
    }
    Diagnostic& comment = comments.emplace_back(rule("SR901"));
    comment.fix = Fix::safe;
    comment.at.path = path;
    for (const auto& [line, rules] : with_lines_that_take_comments(*file, wanted)) {
      comment.edits.push_back(comment_at(*file, line, rules, reason));
    }
  }
  FixPlan fixes = plan_fixes(comments, Fix::safe);
  plan.changes = std::move(fixes.changes);
  for (const std::size_t index : fixes.fixed) plan.ignored += counts[comments[index].at.path];
  plan.refused.insert(plan.refused.end(), fixes.refused.begin(), fixes.refused.end());
  return plan;
}

}  // namespace stepreg
