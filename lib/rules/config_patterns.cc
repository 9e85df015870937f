// Regular expressions that are compiled only when jobs are made of a configuration.
#include <unordered_set>

#include "base/pattern.h"
#include "rules/config_parts.h"

namespace stepreg::rules {

namespace {

// Whole organisations use the same few expressions, and compiling one takes longer than all other
// rules about a test.
std::string problem_of(std::string_view expression) {
  constexpr std::size_t kMost = 10'000;
  thread_local std::unordered_set<std::string> valid;
  std::string text(expression);
  if (valid.contains(text)) return "";
  const Pattern pattern(text);
  if (pattern.valid() && valid.size() < kMost) valid.insert(std::move(text));
  return pattern.problem();
}

class PatternCheck {
 public:
  explicit PatternCheck(const ConfigCheck& file) : file_(file) {}

  // Whose expressions come next: a test, or what `what` and `path` name.
  void look_at(const TestCheck& test) { test_ = &test, path_.clear(); }
  void look_at(std::string what, std::string path) {
    test_ = nullptr, what_ = std::move(what), path_ = std::move(path);
  }

  void check(const Text& expression, std::string_view field) {
    const std::string problem = expression->empty() ? "" : problem_of(*expression);
    if (problem.empty()) return;
    Diagnostic& finding =
        file_.add(rule("SR647"), expression.place, path_ + std::string(field),
                  (test_ ? test_->name() : what_) + " has " + in_quotes(*expression) + " as " +
                      in_quotes(field) + ", which is no regular expression: " + problem);
    if (test_ != nullptr) finding.component = test_->id();
    if (expression->starts_with('*')) {
      finding.hint = "a shell pattern `*.go` is the expression `\\.go$`";
    }
  }

  template <class T>
  void check_conditions(const T& object) {
    check(object.run_if_changed, "run_if_changed");
    check(object.skip_if_only_changed, "skip_if_only_changed");
    if constexpr (requires { object.pipeline_run_if_changed; }) {
      check(object.pipeline_run_if_changed, "pipeline_run_if_changed");
      check(object.pipeline_skip_if_only_changed, "pipeline_skip_if_only_changed");
    }
  }

 private:
  const ConfigCheck& file_;
  const TestCheck* test_ = nullptr;
  std::string what_, path_;
};

}  // namespace

void check_patterns(const ConfigCheck& file) {
  if (!file.sink.wants(rule("SR647"))) return;
  PatternCheck patterns(file);
  for (std::size_t i = 0; i < file.config().tests.size(); ++i) {
    const TestCheck check(file, i);
    patterns.look_at(check);
    patterns.check_conditions(check.test());
    for (const Text& branch : check.test().skip_branches) patterns.check(branch, "skip_branches");
  }
  patterns.look_at("`images`", "images.");
  patterns.check_conditions(*file.config().images);
  for (const Located<Bundle>& bundle : file.config().operator_->bundles) {
    patterns.look_at("the bundle " + in_quotes(*bundle->as), "operator.bundles.");
    patterns.check_conditions(*bundle);
  }
}

}  // namespace stepreg::rules
