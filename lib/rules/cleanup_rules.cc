#include "rules/cleanup_rules.h"

#include <algorithm>

#include "base/text.h"
#include "resolve/plan_builder.h"
#include "rules/cleanup_names.h"
#include "rules/test_rules.h"

namespace stepreg::rules {

namespace {

using plan::Phase;
using resolve::ResolvedStep;
using resolve::ResolvedTest;

// A step of `pre` that the test still runs and that `undoing` belongs to, by its name.
const ResolvedStep* maker_of(const ResolvedTest& test, std::string_view undoing) {
  for (const ResolvedStep& step : test.steps) {
    const std::string_view name = *step.step->as;
    if (step.phase == Phase::pre && makes(name) && family(name) == family(undoing)) return &step;
  }
  return nullptr;
}

bool undone_otherwise(const ResolvedTest& test, std::string_view undoing) {
  return std::any_of(test.steps.begin(), test.steps.end(), [&](const ResolvedStep& step) {
    const std::string_view name = *step.step->as;
    return step.phase == Phase::post && undoes(name) && family(name) == family(undoing);
  });
}

// What the order of the steps of a test, or of a workflow alone, says about its cleanup.
class OrderCheck {
 public:
  OrderCheck(const ResolvedTest& test, const std::string& id, Sink& sink)
      : test_(test), id_(id), sink_(sink) {}

  void check() {
    check_absent();
    check_gather();
    check_reverse();
  }

 private:
  Diagnostic& add(RuleId id, const ResolvedStep& step, std::string message) {
    Diagnostic& finding = sink_.add(id, place_in_test(test_, step), std::move(message));
    finding.component = id_;
    finding.subject = std::string(*step.step->as);
    finding.way = way_to(test_, step);
    return finding;
  }

  // Nothing in `post` but steps that collect data.
  void check_absent() {
    const ResolvedStep* made = nullptr;
    for (const ResolvedStep& step : test_.steps) {
      if (resolve::kind_of_step(test_, step) == plan::Kind::cleanup) return;
      if (step.phase == Phase::pre && made == nullptr && makes(*step.step->as)) made = &step;
    }
    if (made == nullptr) return;
    add(rule("SR703"), *made,
        "nothing in `post` can undo what the step " + in_quotes(*made->step->as) +
            " of `pre` makes");
  }

  void check_gather() {
    const ResolvedStep* gone = nullptr;
    for (const ResolvedStep& step : test_.steps) {
      if (step.phase != Phase::post) continue;
      const std::string_view name = *step.step->as;
      if (gone == nullptr && destroys(name)) gone = &step;
      if (gone == nullptr || &step == gone || !resolve::name_collects(name)) continue;
      Diagnostic& finding =
          add(rule("SR706"), step,
              "the step " + in_quotes(name) + " collects data after " + in_quotes(*gone->step->as) +
                  " has removed what they are about");
      finding.notes.push_back({Location::of(gone->entry), "removed here"});
      finding.hint = "put it before " + in_quotes(*gone->step->as);
      return;
    }
  }

  // Position in `pre` of the step that `undoing` is the counterpart of; npos when there is none.
  std::size_t made_at(std::string_view undoing) const {
    for (std::size_t i = 0; i < test_.steps.size(); ++i) {
      const ResolvedStep& step = test_.steps[i];
      if (step.phase == Phase::pre && is_counterpart(*step.step->as, undoing)) return i;
    }
    return std::string_view::npos;
  }

  void check_reverse() {
    const ResolvedStep* before = nullptr;
    std::size_t before_made = 0;
    for (const ResolvedStep& step : test_.steps) {
      if (step.phase != Phase::post) continue;
      const std::size_t made = made_at(*step.step->as);
      if (made == std::string_view::npos) continue;
      if (before != nullptr && made > before_made) {
        Diagnostic& finding =
            add(rule("SR707"), step,
                in_quotes(*before->step->as) + " runs before " + in_quotes(*step.step->as) +
                    ", although " + in_quotes(*test_.steps[made].step->as) + " was made last");
        finding.notes.push_back({Location::of(before->entry), "this one is too early"});
        finding.hint = "undo things in the reverse order of `pre`";
        return;
      }
      before = &step;
      before_made = made;
    }
  }

  const ResolvedTest& test_;
  const std::string& id_;
  Sink& sink_;
};

bool wants_order(const Sink& sink) {
  return sink.wants(rule("SR703")) || sink.wants(rule("SR706")) || sink.wants(rule("SR707"));
}

void report_emptied(const ResolvedTest& test, const std::string& id, Sink& sink) {
  Diagnostic& finding = sink.add(
      rule("SR702"), test.merged.phases[2].entries->place,
      "an empty `post` drops all cleanup of the workflow " + in_quotes(test.workflow->name));
  finding.component = id;
  finding.subject = "post";
  finding.hint = "leave `post` out to keep the workflow's steps";
}

void check_dropped(const Expansions& expansions, const ResolvedTest& test, const std::string& id,
                   Sink& sink) {
  const resolve::Merged::PhaseList& post = test.merged.phases[2];
  const Expansion dropped = expansions.of(*post.replaced);
  for (const auto& [name, place] : dropped.steps) {
    if (!undoes(name) || undone_otherwise(test, name)) continue;
    const ResolvedStep* made = maker_of(test, name);
    if (made == nullptr) continue;
    Diagnostic& finding = sink.add(rule("SR701"), post.entries->place,
                                   "this `post` drops the step " + in_quotes(name) +
                                       ", but `pre` still runs " + in_quotes(*made->step->as));
    finding.component = id;
    finding.subject = std::string(name);
    finding.way = test.way(made->path);
    finding.hint = "add the step to `post`, or override `pre` as well";
    finding.notes.push_back({Location::of(place), "the workflow would have run it here"});
  }
}

}  // namespace

void check_cleanup(const Expansions& expansions, const load::LoadedConfig& config,
                   const ResolvedTest& test, Sink& sink) {
  const resolve::Merged::PhaseList& pre = test.merged.phases[0];
  const resolve::Merged::PhaseList& post = test.merged.phases[2];
  const std::string id = config.test_id(test.name);
  const bool own =
      pre.kind == resolve::Source::Kind::test || post.kind == resolve::Source::Kind::test;
  if (own && !test.failed && wants_order(sink)) OrderCheck(test, id, sink).check();
  if (post.replaced == nullptr || post.replaced->empty() || post.entries == nullptr) return;
  if (!sink.wants(rule("SR701")) && !sink.wants(rule("SR702"))) return;
  if (post.entries->empty()) report_emptied(test, id, sink);
  if (!test.incomplete) check_dropped(expansions, test, id, sink);
}

void check_cleanup_of_workflow(const ResolvedTest& workflow, const std::string& id, Sink& sink) {
  if (!workflow.failed && wants_order(sink)) OrderCheck(workflow, id, sink).check();
}

void check_cleanup_flags(const Step& step, const StepContext& context) {
  if (!undoes(*step.as)) return;
  if (is_true(step.optional_on_success)) {
    context
        .add(rule("SR704"), step.optional_on_success.place, "optional_on_success",
             context.who + " cleans up, and may be left out after success")
        .hint = "remove `optional_on_success`";
  }
  if (is_true(step.best_effort)) {
    context
        .add(rule("SR705"), step.best_effort.place, "best_effort",
             "nobody notices when " + context.who + " fails and something is left behind")
        .hint = "remove `best_effort`";
  }
}

void check_counterparts(const Registry& registry, Sink& sink) {
  if (!sink.wants(rule("SR709"))) return;
  std::set<std::string_view> families;  // that have a step which undoes something
  for (const auto& step : registry.steps.all) {
    if (undoes(step->name)) families.insert(family(step->name));
  }
  for (const auto& step : registry.steps.all) {
    const std::string& name = step->name;
    if (!makes(name) || families.contains(family(name))) continue;
    const std::vector<std::string> counterparts = counterparts_of(name);
    const bool undone = std::any_of(
        counterparts.begin(), counterparts.end(),
        [&](const std::string& other) { return registry.steps.find(other) != nullptr; });
    if (undone) continue;
    const Text& as = step->definition.step.as;
    Diagnostic& finding =
        sink.add(rule("SR709"), as ? as.place : Place{step->file, 0},
                 "by the names, no step undoes what the step " + in_quotes(name) + " makes");
    finding.component = "ref/" + name;
    finding.subject = name;
  }
}

}  // namespace stepreg::rules
