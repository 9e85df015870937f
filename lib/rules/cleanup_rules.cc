#include "rules/cleanup_rules.h"

#include <algorithm>

#include "base/text.h"

namespace stepreg::rules {

namespace {

bool has_part(std::string_view name, std::initializer_list<std::string_view> parts) {
  for (const std::string_view part : split(name, '-')) {
    if (std::find(parts.begin(), parts.end(), part) != parts.end()) return true;
  }
  return false;
}

bool undoes(std::string_view name) {
  return has_part(name,
                  {"deprovision", "destroy", "delete", "deregister", "unregister", "uninstall"});
}

bool makes(std::string_view name) {
  return has_part(name, {"install", "provision", "create", "register", "claim"});
}

std::string_view family(std::string_view name) {
  return name.substr(0, name.find('-'));
}

// A step of `pre` that the test still runs and that `undoing` belongs to, by its name.
const resolve::ResolvedStep* counterpart(const resolve::ResolvedTest& test,
                                         std::string_view undoing) {
  for (const resolve::ResolvedStep& step : test.steps) {
    const std::string_view name = *step.step->as;
    if (step.phase == resolve::Phase::pre && makes(name) && family(name) == family(undoing))
      return &step;
  }
  return nullptr;
}

bool undone_otherwise(const resolve::ResolvedTest& test, std::string_view undoing) {
  return std::any_of(test.steps.begin(), test.steps.end(), [&](const resolve::ResolvedStep& step) {
    const std::string_view name = *step.step->as;
    return step.phase == resolve::Phase::post && undoes(name) && family(name) == family(undoing);
  });
}

}  // namespace

void check_cleanup(const Registry& registry, const load::LoadedConfig& config,
                   const resolve::ResolvedTest& test, Sink& sink) {
  const resolve::Merged::PhaseList& post = test.merged.phases[2];
  if (post.replaced == nullptr || post.replaced->empty() || post.entries == nullptr) return;
  if (!sink.wants(rule("SR701")) && !sink.wants(rule("SR702"))) return;
  const std::string id = config.test_id(test.name);
  if (post.entries->empty()) {
    Diagnostic& finding = sink.add(
        rule("SR702"), post.entries->place,
        "an empty `post` drops all cleanup of the workflow " + quoted(test.workflow->name));
    finding.component = id;
    finding.subject = "post";
    finding.hint = "leave `post` out to keep the workflow's steps";
  }
  const Expansion dropped = Expansions(registry).of(*post.replaced);
  for (const auto& [name, place] : dropped.steps) {
    if (!undoes(name) || undone_otherwise(test, name)) continue;
    const resolve::ResolvedStep* made = counterpart(test, name);
    if (made == nullptr) continue;
    Diagnostic& finding = sink.add(rule("SR701"), post.entries->place,
                                   "this `post` drops the step " + quoted(name) +
                                       ", but `pre` still runs " + quoted(*made->step->as));
    finding.component = id;
    finding.subject = std::string(name);
    finding.way = test.way(made->path);
    finding.hint = "add the step to `post`, or override `pre` as well";
    finding.notes.push_back({Location::of(place), "the workflow would have run it here"});
  }
}

}  // namespace stepreg::rules
