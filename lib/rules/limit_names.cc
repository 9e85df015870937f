#include "rules/limit_names.h"

#include "base/text.h"
#include "rules/limit_walk.h"

namespace stepreg::rules {

namespace {

template <class Visit>
void for_each_name(const RunSettings& run, Visit visit) {
  const auto visit_named = [&](const LimitAt& at) {
    if (at.name) visit(at.name);
  };
  for_each_limit(*run.timeouts, visit_named);
  for (const Located<TestSettings>& tests : run.tests) {
    for_each_limit(*tests->timeouts, visit_named);
  }
}

}  // namespace

LimitNames::LimitNames(const RunSettings* run) : run_(run) {
  if (run == nullptr) return;
  for_each_name(*run, [this](const Text& name) { wanted_.insert(*name); });
}

void LimitNames::add(const resolve::ResolvedTest& test) {
  if (wanted_.empty()) return;
  for (const resolve::ResolvedStep& step : test.steps) add(*step.step->as);
}

void LimitNames::add(std::string_view step) {
  const auto wanted = wanted_.find(step);
  if (wanted != wanted_.end()) found_.insert(*wanted);
}

void LimitNames::report_unknown(Sink& sink) const {
  if (run_ == nullptr) return;
  for_each_name(*run_, [&](const Text& name) {
    if (found_.contains(*name)) return;
    Diagnostic& finding =
        sink.add(rule("SR732"), name.place, "no test has a step " + in_quotes(*name));
    finding.component = "settings";
    finding.subject = std::string(*name);
  });
}

}  // namespace stepreg::rules
