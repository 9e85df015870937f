#include "rules/lint.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <unordered_set>

#include "base/fs.h"
#include "diag/suppression.h"
#include "render/findings.h"
#include "stepreg/lint_run.h"
#include "stepreg/project_options.h"

namespace stepreg::tools {

namespace {

// Findings about the settings were made before the settings could say how severe they are.
void adopt(std::vector<Diagnostic>&& early, const SeverityTable& table, Sink& sink) {
  for (Diagnostic& finding : early) {
    const Severity severity = table.of(finding.rule);
    if (severity == Severity::off) continue;
    Diagnostic& kept = sink.add(finding.rule, finding.at, finding.message);
    kept = std::move(finding);
    kept.severity = severity;
  }
}

bool is_config(const load::Project& project, std::string_view path) {
  const std::string prefix = join_path(project.configs_root, "x");  // "." vanishes
  const std::size_t begin = prefix.size() - 1;
  if (project.configs_root.empty() || path.substr(0, begin) != prefix.substr(0, begin)) {
    return false;
  }
  const auto& paths = project.config_paths;
  return std::binary_search(paths.begin(), paths.end(), path.substr(begin));
}

// Every text that may hold a comment about a finding, once.
std::vector<const SourceFile*> commented_files(Judged& judged, const rules::Linted& linted,
                                               const std::vector<Diagnostic>& findings) {
  std::vector<const SourceFile*> files = judged.project.registry->commented;
  for (const auto& config : linted.commented_configs) files.push_back(config.get());
  // Files of the registry that could not be decoded, and the settings. Of the configurations those
  // with comments were kept.
  std::unordered_set<std::string_view> paths;
  std::string_view last;
  for (const Diagnostic& finding : findings) {
    if (finding.at.path == last) continue;
    last = finding.at.path;
    if (!is_config(judged.project, last)) paths.insert(last);
  }
  for (const std::string_view path : judged.sources->others(std::move(paths))) {
    const SourceFile* file = judged.sources->find(std::string(path));
    if (file != nullptr) files.push_back(file);
  }
  return files;
}

// The path below `root` as findings show it, or "" when the file lies elsewhere.
std::string shown_below(const std::string& root, const std::string& file) {
  if (root.empty()) return "";
  std::error_code failure;
  const auto base = std::filesystem::weakly_canonical(root, failure);
  const auto path = std::filesystem::weakly_canonical(file, failure);
  const std::string relative = path.lexically_relative(base).generic_string();
  if (failure || relative.empty() || relative.starts_with("..")) return "";
  return join_path(root, relative);
}

bool replace_text(const LintOptions& options, load::Project& project) {
  std::string shown = shown_below(project.registry_root, options.stdin_filename);
  const bool in_registry = !shown.empty();
  if (!in_registry) shown = shown_below(project.configs_root, options.stdin_filename);
  if (shown.empty()) {
    print_error("stepreg: " + options.stdin_filename +
                ": lies neither in the registry nor among the configurations\n");
    return false;
  }
  if (in_registry && !path_exists(shown)) {
    print_error("stepreg: " + shown + ": is not in the registry yet; save it first\n");
    return false;
  }
  project.replaced = load::ReplacedText{std::move(shown), *options.stdin_text};
  return true;
}

// A configuration that an editor has not saved yet is one of the project all the same.
void add_new_config(load::Project& project) {
  const std::string prefix = project.configs_root + "/";
  if (project.configs_root.empty() || !project.replaced->path.starts_with(prefix)) return;
  const std::string relative = project.replaced->path.substr(prefix.size());
  auto& paths = project.config_paths;
  const auto at = std::lower_bound(paths.begin(), paths.end(), relative);
  if (at == paths.end() || *at != relative) paths.insert(at, relative);
}

// A mistake in the settings may be why there is nothing to open.
void report_failure(const Error& error, Judged& judged, Sink& sink) {
  judged.report.findings = sink.take();
  sort_findings(judged.report.findings);
  print_error(render_findings(FindingsFormat::concise, judged.report, {}));
  print_error("stepreg: " + error.text + "\n");
}

}  // namespace

Result<void> judge_opened(Judged& judged, const LintOptions& options, Sink& sink) {
  const SeverityTable& table = judged.severities->table();
  rules::ScriptOptions scripts;
  scripts.shellcheck = judged.shellcheck;
  scripts.use_cache = options.project.use_cache;
  rules::Linted linted = rules::lint(judged.project, scripts, sink);
  if (!linted.failure.empty()) return Error{Error::Code::failed, linted.failure};
  judged.empty = linted.empty;
  Report& report = judged.report;
  report.profile = table.profile();
  report.files_checked = linted.files_checked;
  report.remarks = std::move(linted.remarks);
  report.undecided = linted.undecided;
  report.findings = std::move(linted.findings);
  report.packed = std::move(linted.packed);
  if (judged.severities->by_path()) unpack_all(report);
  judged.severities->apply_paths(report.findings);
  judged.sources = std::make_unique<load::SourcePool>(*judged.project.registry);
  if (options.no_ignores) return {};
  const auto files = commented_files(judged, linted, report.findings);
  Sink about(table);
  apply_suppressions(files, report.undecided, report.findings, about);
  std::vector<Diagnostic> comments = about.take();
  judged.severities->apply_paths(comments);
  std::move(comments.begin(), comments.end(), std::back_inserter(report.findings));
  return {};
}

std::optional<Judged> judge(const LintOptions& options) {
  Judged judged;
  const SeverityTable early_table(options.profile.value_or(Profile::recommended));
  Sink early(early_table);
  judged.project = load::find_project(options.project, early);
  judged.severities.emplace(*judged.project.settings, options.profile, early);
  const SeverityTable& table = judged.severities->table();
  Sink sink(table);
  adopt(early.take(), table, sink);
  if (options.stdin_text && !replace_text(options, judged.project)) return std::nullopt;
  const Result<void> opened = load::open_project(judged.project, sink);
  if (!opened) {
    report_failure(opened.error(), judged, sink);
    return std::nullopt;
  }
  if (options.stdin_text) add_new_config(judged.project);
  judged.shellcheck = rules::shellcheck_use(judged.project.settings->settings, sink);
  if (options.shellcheck) judged.shellcheck = *options.shellcheck;
  if (const auto checked = judge_opened(judged, options, sink); !checked) {
    print_error("stepreg: " + checked.error().text + "\n");
    return std::nullopt;
  }
  Report& report = judged.report;
  load::SourcePool* pool = judged.sources.get();
  report.sources = [pool](const std::string& path) { return pool->find(path); };
  if (const auto& replaced = judged.project.replaced) {
    unpack_all(report);
    std::erase_if(report.findings,
                  [&](const Diagnostic& d) { return d.at.path != replaced->path; });
  }
  sort_findings(report.findings);
  // All is read: now their caches are written.
  judged.project.registry_files.reset();
  judged.project.config_files.reset();
  return judged;
}

}  // namespace stepreg::tools
