#include "rules/config_outcome.h"

#include "base/stage.h"
#include "diag/pack.h"
#include "diag/suppression.h"
#include "resolve/resolver.h"
#include "rules/cleanup_rules.h"
#include "rules/config_parts.h"
#include "rules/config_rules.h"
#include "rules/limit_rules.h"
#include "rules/ownership_rules.h"
#include "rules/step_rules.h"
#include "rules/test_rules.h"
#include "rules/value_rules.h"

namespace stepreg::rules {

namespace {

void check_tests(const Whole& whole, const ConfigCheck& file, ConfigOutcome& outcome) {
  const load::LoadedConfig& config = file.loaded;
  Sink& sink = file.sink;
  const Registry& registry = whole.registry();
  LimitNames limited(whole.run);
  ComponentNumbers reached;
  OwnershipCheck ownership(registry, config, sink);
  LimitCheck limits(config, whole.run, sink);
  const resolve::Options options{.trace = sink.wants(rule("SR446"))};
  for (std::size_t i = 0; i < config.config.tests.size(); ++i) {
    const Located<TestEntry>& test = config.config.tests[i];
    if (!test->steps.present()) {
      ownership.check(*test, nullptr);
      continue;
    }
    const std::string id = config.test_id(*test->as);
    const auto resolved = resolve::resolve_test(registry, *test, id, options, sink);
    ++outcome.tests;
    add_reached(whole.ids, resolved, reached);
    limited.add(resolved);
    check_resolved_test(registry, config, resolved, sink);
    check_cleanup(whole.expansions(), config, resolved, sink);
    check_values(resolved, id, sink);
    limits.check(resolved);
    check_test_against_config(TestCheck(file, i), resolved);
    ownership.check(*test, &resolved);
  }
  outcome.reached.assign(reached.begin(), reached.end());
  outcome.limited.assign(limited.found().begin(), limited.found().end());
}

std::vector<std::string> lease_variables(const load::LoadedConfig& config) {
  std::vector<std::string> variables;
  for (const Located<TestEntry>& test : config.config.tests) {
    for (const auto& lease : test->steps->leases) variables.emplace_back(*lease->env);
  }
  return variables;
}

template <class Texts>
void pack_texts(const Texts& texts, PackWriter& out) {
  out.number(texts.size());
  for (const auto& text : texts) out.text(text);
}

template <class Take>
void unpack_texts(PackReader& in, Take take) {
  for (std::uint64_t left = in.count(); left > 0 && in.ok(); --left) take(in.text());
}

void pack_facts(const FileFacts& facts, PackWriter& out) {
  out.text(facts.path);
  const load::ConfigIdentity& id = facts.identity;
  for (const std::string* text : {&id.org, &id.repo, &id.branch, &id.variant}) out.text(*text);
  pack_location(facts.branch, out);
  out.number(facts.published.size());
  for (const FileFacts::Published& each : facts.published) {
    out.text(each.image);
    pack_location(each.at, out);
  }
}

FileFacts unpack_facts(PackReader& in) {
  FileFacts facts;
  facts.path = in.text();
  load::ConfigIdentity& id = facts.identity;
  for (std::string* text : {&id.org, &id.repo, &id.branch, &id.variant}) *text = in.text();
  facts.branch = unpack_location(in);
  facts.published.resize(in.count());
  for (FileFacts::Published& each : facts.published) {
    each.image = in.text();
    each.at = unpack_location(in);
  }
  return facts;
}

}  // namespace

Whole::Whole(const load::Project& of) : project(of), ids(*of.registry) {
  const Located<RunSettings>& settings = of.settings->settings.run;
  if (settings.present()) run = &*settings;
}

const Expansions& Whole::expansions() const {
  std::call_once(expanded_, [this] { expansions_.emplace(registry()); });
  return *expansions_;
}

ConfigOutcome check_one_config(const Whole& whole, const load::LoadedConfig& config, Sink& sink) {
  const StageMark mark(Stage::validate);
  ConfigOutcome outcome;
  outcome.facts = facts_of(config);
  outcome.leases = lease_variables(config);
  if (may_have_suppressions(*config.source)) {
    outcome.commented =
        std::make_unique<SourceFile>(config.source->path(), std::string(config.source->text()));
  }
  const ConfigCheck file{config, sink};
  check_config(file);
  check_literal_steps(config, sink);
  if (!whole.project.registry_root.empty()) check_tests(whole, file, outcome);
  return outcome;
}

void pack_outcome(const ConfigOutcome& outcome, PackWriter& out) {
  out.number(outcome.tests);
  pack_facts(outcome.facts, out);
  out.number(outcome.reached.size());
  for (const std::uint32_t component : outcome.reached) out.number(component);
  pack_texts(outcome.limited, out);
  pack_texts(outcome.leases, out);
}

ConfigOutcome unpack_outcome(const Whole& whole, PackReader& in) {
  ConfigOutcome outcome;
  outcome.tests = in.number();
  outcome.facts = unpack_facts(in);
  std::uint64_t left = in.count();
  outcome.reached.reserve(left);
  for (; left > 0 && in.ok(); --left) {
    const std::uint64_t component = in.number();
    if (component < whole.ids.size()) {
      outcome.reached.push_back(static_cast<std::uint32_t>(component));
    }
  }
  unpack_texts(in, [&](std::string_view step) { outcome.limited.emplace_back(step); });
  unpack_texts(in, [&](std::string_view lease) { outcome.leases.emplace_back(lease); });
  return outcome;
}

}  // namespace stepreg::rules
