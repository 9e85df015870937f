#include "query/step_facts.h"

#include <cmath>

#include "base/duration.h"
#include "base/text.h"

namespace stepreg::query {

namespace {

std::string limit_value(const plan::Limit& limit) {
  if (!limit.seconds) return "none";
  return short_duration(Nanoseconds(std::llround(*limit.seconds * 1e9)));
}

Fact fact(const char* kind, std::string name, Level level) {
  Fact made{kind, std::move(name), level.value, "", {}};
  level.wins = true;
  made.levels.push_back(std::move(level));
  return made;
}

std::string image_text(const Step& step) {
  if (!step.from_image.present()) return std::string(*step.from);
  const ImageStreamTag& image = *step.from_image;
  return std::string(*image.ns) + "/" + std::string(*image.name) + ":" + std::string(*image.tag);
}

}  // namespace

FactMaker::FactMaker(const TestContext& test, const ExplainInput& input)
    : test_(test),
      input_(input),
      limits_(resolve::limit_sources(test.resolved, test.id, input.run)) {}

Level FactMaker::level(std::optional<std::string> value, const std::string& source,
                       Place place) const {
  Level level;
  level.value = std::move(value);
  level.origin = input_.origins.of(source, place);
  if (place) level.at = Location::of(place);
  return level;
}

Level FactMaker::level(const resolve::Setting& setting) const {
  std::optional<std::string> value;
  if (setting.value) value = std::string(*setting.value);
  return level(std::move(value), resolve::source_id(setting.source), setting.source.place);
}

// Settings of the job stand in the test or in its workflow.
std::string FactMaker::source_of(Place place) const {
  if (place.file == test_.config.source.get() || test_.resolved.workflow == nullptr) return "test";
  return "workflow/" + test_.resolved.workflow->name;
}

Fact FactMaker::variable(const resolve::Resolved& value, const char* kind) const {
  Fact made{kind, std::string(*value.name), std::nullopt, "", {}};
  if (value.effective.value) made.value = std::string(*value.effective.value);
  for (const resolve::Setting& setting : value.overridden) made.levels.push_back(level(setting));
  Level winner = level(value.effective);
  winner.wins = made.value.has_value();
  // A chain that names the variable without a value ends the search: the step's own default is
  // used.
  const bool stopped = !value.overridden.empty() && !value.overridden.front().value &&
                       value.effective.source.kind >= resolve::Source::Kind::step;
  if (stopped) {
    made.note = in_quotes(resolve::source_id(value.overridden.front().source)) +
                " names the variable without a value: nothing further in is asked, and the "
                "step's own default is used";
  }
  if (!made.value) made.note = "required, and nothing sets it";
  made.levels.insert(stopped ? made.levels.end() : made.levels.begin(), std::move(winner));
  return made;
}

Fact FactMaker::dependency(const resolve::Resolved& value) const {
  Fact made = variable(value, "dependency");
  made.note = "the variable gets the pull spec of this image";
  const auto override_with = [&](std::string pull_spec, Level level) {
    for (Level& other : made.levels) other.wins = false;
    level.wins = true;
    made.value = std::move(pull_spec);
    made.note = "the pull spec is given as it is";
    made.levels.insert(made.levels.begin(), std::move(level));
  };
  for (const auto& each : test_.resolved.merged.dependency_overrides) {
    if (!equal_ignoring_case(*each.entry->key, *value.name)) continue;
    const Text& spec = each.entry->value;
    override_with(std::string(*spec), level(std::string(*spec), source_of(spec.place), spec.place));
  }
  if (input_.command_line == nullptr) return made;
  for (const auto& [name, spec] : input_.command_line->dependencies) {
    if (equal_ignoring_case(name, *value.name)) {
      override_with(spec, level(spec, "command-line", {}));
    }
  }
  return made;
}

Fact FactMaker::lease(const resolve::ResolvedLease& lease) const {
  const std::string value = std::to_string(lease.count) + " x " + std::string(lease.resource_type);
  Fact made = fact("lease", std::string(lease.env),
                   level(value, resolve::source_id(lease.source), lease.source.place));
  made.note = "the variable gets the names of the resources that the job holds";
  return made;
}

void FactMaker::add_limits(const resolve::ResolvedStep& step, std::vector<Fact>& facts) const {
  const auto history =
      resolve::limit_history_of_step(limits_, input_.origins, step.phase, *step.step);
  const auto add = [&](const char* name, const std::vector<resolve::LimitCandidate>& candidates) {
    Fact made{"limit", name, limit_value(candidates.back().limit), "", {}};
    for (auto candidate = candidates.rbegin(); candidate != candidates.rend(); ++candidate) {
      Level each;
      each.value = limit_value(candidate->limit);
      each.origin = candidate->limit.origin;
      each.rule = candidate->limit.rule;
      each.wins = candidate == candidates.rbegin();
      if (candidate->place) each.at = Location::of(candidate->place);
      made.levels.push_back(std::move(each));
    }
    facts.push_back(std::move(made));
  };
  add("timeout", history.timeout);
  add("grace_period", history.grace);
  add("idle_timeout", history.idle);
}

void FactMaker::add_settings(const resolve::ResolvedStep& resolved, const std::string& own,
                             std::vector<Fact>& facts) const {
  const Step& step = *resolved.step;
  const bool in_place = resolved.component == nullptr;
  facts.push_back(
      fact("script", "commands",
           level(in_place                                ? std::string("written in place")
                 : resolved.component->script != nullptr ? resolved.component->script->path
                                                         : std::string(*step.commands),
                 own, step.commands.place)));
  const Place image = step.from_image.present() ? step.from_image.place : step.from.place;
  facts.push_back(fact("image", "image", level(image_text(step), own, image)));
  if (step.cli.present()) {
    facts.push_back(fact("setting", "cli", level(std::string(*step.cli), own, step.cli.place)));
  }
  if (resolved.node_architecture.empty()) return;
  const resolve::Merged& merged = test_.resolved.merged;
  const bool by_step =
      merged.node_architecture->empty() && resolved.node_architecture == *step.node_architecture;
  const Place place = by_step ? step.node_architecture.place : merged.node_architecture.place;
  facts.push_back(fact(
      "setting", "node_architecture",
      level(std::string(resolved.node_architecture), by_step ? own : source_of(place), place)));
}

Fact FactMaker::allowed_flag(const char* name, const Flag& flag, const char* allowed_by,
                             const Flag& allowed, const std::string& own) const {
  Fact made = fact("flag", name, level("true", own, flag.place));
  if (is_true(allowed)) {
    Level by = level(std::string(allowed_by) + ": true", source_of(allowed.place), allowed.place);
    by.rule = "allows";
    made.note = "in effect, for " + in_quotes(allowed_by) + " is set";
    made.levels.push_back(std::move(by));
  } else {
    made.note = "without effect: neither test nor workflow set " + in_quotes(allowed_by);
  }
  return made;
}

void FactMaker::add_flags(const Step& step, const std::string& own,
                          std::vector<Fact>& facts) const {
  const resolve::Merged& merged = test_.resolved.merged;
  if (is_true(step.best_effort)) {
    facts.push_back(allowed_flag("best_effort", step.best_effort, "allow_best_effort_post_steps",
                                 merged.allow_best_effort_post_steps, own));
  }
  if (is_true(step.optional_on_success)) {
    facts.push_back(allowed_flag("optional_on_success", step.optional_on_success,
                                 "allow_skip_on_success", merged.allow_skip_on_success, own));
  }
  const std::pair<const char*, const Flag*> others[] = {
      {"no_kubeconfig", &step.no_kubeconfig},
      {"nested_podman", &step.nested_podman},
      {"run_as_script", &step.run_as_script},
      {"collect", &step.collect},
      {"resets", &step.resets},
      {"readonly_shared_dir", &step.readonly_shared_dir},
      {"detach", &step.detach}};
  for (const auto& [name, flag] : others) {
    if (is_true(*flag)) facts.push_back(fact("flag", name, level("true", own, flag->place)));
  }
}

std::vector<Fact> FactMaker::all(const resolve::ResolvedStep& resolved) const {
  const Step& step = *resolved.step;
  const std::string own = "ref/" + std::string(*step.as);
  std::vector<Fact> facts;
  add_settings(resolved, own, facts);
  add_limits(resolved, facts);
  add_flags(step, own, facts);
  for (const Located<LeaseRequest>& each : step.leases) {
    const auto count = *each->count == 0 ? 1 : static_cast<std::uint64_t>(*each->count);
    facts.push_back(lease({*each->resource_type,
                           *each->env,
                           count,
                           {resolve::Source::Kind::step, *step.as, each.place}}));
  }
  for (const resolve::Resolved& value : resolved.env) facts.push_back(variable(value, "parameter"));
  for (const resolve::Resolved& value : resolved.dependencies) facts.push_back(dependency(value));
  return facts;
}

}  // namespace stepreg::query
