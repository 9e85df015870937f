// Regular expressions that are compiled only when jobs are made of a configuration.
#include "base/pattern.h"
#include "rules/config_parts.h"

namespace stepreg::rules {

namespace {

class PatternCheck {
 public:
  explicit PatternCheck(const ConfigCheck& file) : file_(file) {}

  // `what` begins the message: "the test `unit`".
  void check(const Text& expression, const std::string& what, const std::string& path,
             const std::string& component, std::string_view field) {
    if (expression->empty()) return;
    const Pattern pattern(*expression);
    if (pattern.valid()) return;
    Diagnostic& finding =
        file_.add(rule("SR647"), expression.place, path + std::string(field),
                  what + " has " + in_quotes(*expression) + " as " + in_quotes(field) +
                      ", which is no regular expression: " + pattern.problem());
    finding.component = component;
    if (expression->starts_with('*')) {
      finding.hint = "a shell pattern `*.go` is the expression `\\.go$`";
    }
  }

  template <class T>
  void check_conditions(const T& object, const std::string& what, const std::string& path,
                        const std::string& component) {
    check(object.run_if_changed, what, path, component, "run_if_changed");
    check(object.skip_if_only_changed, what, path, component, "skip_if_only_changed");
    if constexpr (requires { object.pipeline_run_if_changed; }) {
      check(object.pipeline_run_if_changed, what, path, component, "pipeline_run_if_changed");
      check(object.pipeline_skip_if_only_changed, what, path, component,
            "pipeline_skip_if_only_changed");
    }
  }

 private:
  const ConfigCheck& file_;
};

}  // namespace

void check_patterns(const ConfigCheck& file) {
  if (!file.sink.wants(rule("SR647"))) return;
  PatternCheck patterns(file);
  for (std::size_t i = 0; i < file.config().tests.size(); ++i) {
    const TestCheck check(file, i);
    patterns.check_conditions(check.test(), check.name, "", check.id);
    for (const Text& branch : check.test().skip_branches) {
      patterns.check(branch, check.name, "", check.id, "skip_branches");
    }
  }
  patterns.check_conditions(*file.config().images, "`images`", "images.", "");
  for (const Located<Bundle>& bundle : file.config().operator_->bundles) {
    patterns.check_conditions(*bundle, "the bundle " + in_quotes(*bundle->as), "operator.bundles.",
                              "");
  }
}

}  // namespace stepreg::rules
