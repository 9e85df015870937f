#include "stepreg/lint_run.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <utility>

#include "base/fs.h"
#include "base/text.h"
#include "diag/baseline.h"
#include "load/read.h"
#include "refactor/add_ignores.h"
#include "refactor/edits.h"
#include "render/findings.h"
#include "render/github_summary.h"
#include "stepreg/changed_since.h"
#include "stepreg/commands.h"

namespace stepreg::tools {

namespace {

constexpr int kMaxFixRounds = 10;

class LintRun {
 public:
  explicit LintRun(LintOptions options) : options_(std::move(options)) {}

  int run() {
    if (!judge_again()) return kUsage;
    if (judged_->empty) return nothing_to_check();
    if (!options_.write_baseline.empty()) return write_baseline();
    if (!excuse_known()) return kUsage;
    if (!options_.add_ignores.empty()) return add_ignores();
    if (options_.diff) return show_diff();
    if (options_.fix && !apply_fixes()) return kUsage;
    return report() ? verdict() : static_cast<int>(kUsage);
  }

 private:
  Report& findings() { return judged_->report; }

  bool judge_again() {
    judged_ = judge(options_);
    if (judged_ && !only_prints_lines()) unpack_all(findings());
    return judged_.has_value();
  }

  // Then what an earlier run found need not be unpacked. A baseline of the settings does so later.
  bool only_prints_lines() const {
    const bool changes_files = options_.fix || options_.diff || !options_.add_ignores.empty();
    return format() == FindingsFormat::concise && options_.reports.empty() && !changes_files &&
           options_.write_baseline.empty() && options_.changed_since.empty();
  }

  int complain(const std::string& text) {
    print_error("stepreg: " + text + "\n");
    return kUsage;
  }

  // Files of no known kind may be why.
  int nothing_to_check() {
    print(render_findings(format(), findings(),
                          {wants_colour(options_.colour, 1), options_.fail_on}));
    print_error("stepreg: nothing to check\n");
    return kNothingToDo;
  }

  int add_ignores() {
    const IgnorePlan plan = plan_ignores(findings(), options_.add_ignores);
    if (auto applied = apply_changes(plan.changes); !applied) {
      return complain(applied.error().text);
    }
    for (const std::string& refusal : plan.refused) print_error("note: " + refusal + "\n");
    print_error("stepreg: comments for " + counted(plan.ignored, "finding") + " written into " +
                counted(plan.changes.size(), "file") + "\n");
    return kClean;
  }

  int write_baseline() {
    const std::string text = baseline_text(findings().findings);
    if (auto written = write_file_atomic(options_.write_baseline, text); !written) {
      return complain(written.error().text);
    }
    const auto excused =
        std::count_if(findings().findings.begin(), findings().findings.end(),
                      [](const Diagnostic& d) { return d.state == Diagnostic::State::active; });
    print_error("stepreg: " + counted(static_cast<std::size_t>(excused), "finding") +
                " written to " + options_.write_baseline + "\n");
    return kClean;
  }

  // Marks what the baseline or the older revision had already. False when either cannot be read.
  bool excuse_known() {
    if (!options_.changed_since.empty()) {
      const Result<std::vector<Diagnostic>> before =
          findings_at(options_.changed_since, options_, *judged_);
      if (!before) return complain(before.error().text) == kClean;
      excuse_all(*before, "there before " + options_.changed_since, findings().findings);
    }
    return apply_baseline_file();
  }

  bool apply_baseline_file() {
    const load::LoadedSettings& settings = *judged_->project.settings;
    const std::string path = !options_.baseline.empty()
                                 ? options_.baseline
                                 : settings.resolve(*settings.settings.baseline);
    if (path.empty()) return true;
    unpack_all(findings());
    const SourceFile* file = judged_->sources->find(path);
    if (file == nullptr) {
      const Result<std::string> content = read_file(path, load::kMaxFileBytes);
      return complain(content ? path + ": is not text" : content.error().text) == kClean;
    }
    Sink sink(judged_->severities->table());
    const Baseline baseline = parse_baseline(*file, sink);
    apply_baseline(baseline, findings().undecided, findings().findings, sink);
    for (Diagnostic& finding : sink.take()) findings().findings.push_back(std::move(finding));
    sort_findings(findings().findings);
    return true;
  }

  Fix level() const { return options_.unsafe_fixes ? Fix::unsafe : Fix::safe; }

  int show_diff() {
    const FixPlan plan = plan_fixes(findings().findings, level());
    print(diff_of(plan.changes));
    for (const std::string& refusal : plan.refused) print_error("note: " + refusal + "\n");
    print_error("stepreg: " + counted(plan.fixed.size(), "finding") + " would be fixed in " +
                counted(plan.changes.size(), "file") + "\n");
    return plan.changes.empty() || options_.exit_zero ? kClean : kFindings;
  }

  // Mends and judges again until nothing is left to mend: one mended place may uncover another, and
  // of overlapping edits only one is applied at a time.
  bool apply_fixes() {
    std::size_t fixed = 0;
    std::vector<std::string> files;
    std::vector<std::string> refused;
    for (int round = 0; round < kMaxFixRounds; ++round) {
      FixPlan plan = plan_fixes(findings().findings, level());
      refused = std::move(plan.refused);
      if (plan.changes.empty()) break;
      if (auto applied = apply_changes(plan.changes); !applied) {
        return complain(applied.error().text) == kClean;
      }
      fixed += plan.fixed.size();
      for (const FileChange& change : plan.changes) files.push_back(change.path);
      if (!judge_again() || !excuse_known()) return false;
    }
    std::sort(files.begin(), files.end());
    files.erase(std::unique(files.begin(), files.end()), files.end());
    for (const std::string& refusal : refused) print_error("note: " + refusal + "\n");
    if (fixed > 0) {
      print_error("stepreg: " + counted(fixed, "finding") + " fixed in " +
                  counted(files.size(), "file") + "\n");
    }
    return true;
  }

  FindingsFormat format() const {
    if (options_.output == "auto") {
      return automatic_findings_format(environment_has("GITHUB_ACTIONS"));
    }
    return findings_format(options_.output).value_or(FindingsFormat::full);
  }

  bool report() {
    const FindingsFormat shown = format();
    render_findings(shown, findings(),
                    {wants_colour(options_.colour, 1), options_.fail_on, options_.project.jobs},
                    print);
    bool written = true;
    for (const std::string& request : options_.reports) written &= write_report(request);
    for (const std::string& remark : findings().remarks) print_error("note: " + remark + "\n");
    if (is_for_people(shown)) print_error(summary_line(findings()) + "\n");
    if (shown == FindingsFormat::github) written &= write_job_summary();
    return written;
  }

  // GitHub names a file for what the page of the run should show.
  bool write_job_summary() {
    const char* path = std::getenv("GITHUB_STEP_SUMMARY");
    if (path == nullptr || *path == '\0') return true;
    std::ofstream file(path, std::ios::app | std::ios::binary);
    file << github_summary(findings());
    return file.flush().good() ||
           complain(std::string(path) + ": the job summary cannot be written") == kClean;
  }

  // "FORMAT=FILE", whose format was checked with the options.
  bool write_report(const std::string& request) {
    const std::size_t equals = request.find('=');
    const auto wanted = findings_format(request.substr(0, equals));
    const std::string text = render_findings(*wanted, findings(), {false, options_.fail_on});
    const Result<void> written = write_file_atomic(request.substr(equals + 1), text);
    return written || complain(written.error().text) == kClean;
  }

  int verdict() {
    if (options_.exit_zero) return kClean;
    return has_finding_at(findings(), options_.fail_on) ? kFindings : kClean;
  }

  const LintOptions options_;
  std::optional<Judged> judged_;
};

}  // namespace

int run_lint(LintOptions options) {
  if (!options.paths.empty()) {
    options.stdin_text = std::string(std::istreambuf_iterator<char>(std::cin), {});
  }
  // Lives to the end of the process: to take a large project apart takes as long as to print it.
  static LintRun& run = *new LintRun(std::move(options));
  return run.run();
}

}  // namespace stepreg::tools
