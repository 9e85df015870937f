#include "resolve/expand.h"

#include <algorithm>

#include "base/text.h"
#include "diag/edit.h"

namespace stepreg::resolve {

namespace {

using Kind = Source::Kind;

const Merged::Value* find_value(const std::vector<Merged::Value>& values, std::string_view name) {
  for (const Merged::Value& value : values) {
    if (*value.entry->key == name) return &value;
  }
  return nullptr;
}

// Collects settings from the outermost level; the first one counts.
class Search {
 public:
  Search(Resolved& resolved, bool trace) : resolved_(resolved), trace_(trace) {}

  // True when the search may stop.
  bool take(Setting setting) {
    if (!found_) {
      resolved_.effective = setting;
      found_ = true;
      return !trace_;
    }
    resolved_.overridden.push_back(setting);
    return false;
  }

  bool found() const { return found_; }

 private:
  Resolved& resolved_;
  bool trace_;
  bool found_ = false;
};

}  // namespace

Expander::Expander(const Registry& registry, const Options& options, bool complete,
                   const std::string& id, ResolvedTest& test, Sink& sink)
    : registry_(registry),
      options_(options),
      complete_(complete),
      id_(id),
      test_(test),
      sink_(sink) {}

void Expander::expand_phase(Phase phase, const ObjectList<StepEntry>& entries, std::uint32_t path) {
  seen_.clear();
  for (const Located<StepEntry>& each : entries) entry(phase, each, path);
}

void Expander::expand_chain_alone(const ChainComponent& chain) {
  Text name;
  name.value = chain.name;
  name.place = chain.definition.as.place;
  chain_entry(Phase::test, registry_.chains.find(*name), name, kNoPath);
}

std::uint32_t Expander::add_path(std::uint32_t parent, Kind kind, std::string_view name) {
  test_.paths.push_back({parent, kind, name});
  return static_cast<std::uint32_t>(test_.paths.size() - 1);
}

void Expander::unknown(RuleId id, const char* what, const Text& name, std::uint32_t path,
                       const std::vector<std::string_view>& known, std::string_view broken_kind) {
  test_.failed = true;
  test_.incomplete = true;
  if (registry_.broken.contains(std::string(broken_kind) + "/" + std::string(*name))) return;
  if (path != kNoPath) return;  // what a component names is reported at the component, once
  if (name->empty()) return;    // SR320 says so
  Diagnostic& finding =
      sink_.add(id, name.place, std::string(what) + " " + in_quotes(*name) + " does not exist");
  finding.component = id_;
  finding.subject = std::string(*name);
  suggest(finding, name.place, *name, known);
}

void Expander::entry(Phase phase, const Located<StepEntry>& entry, std::uint32_t path) {
  if (entry->chain.present()) {
    const ChainComponent* chain =
        entry->linked_chain ? entry->linked_chain : registry_.chains.find(*entry->chain);
    return chain_entry(phase, chain, entry->chain, path);
  }
  if (entry->ref.present()) {
    const StepComponent* component =
        entry->linked_step ? entry->linked_step : registry_.steps.find(*entry->ref);
    if (component == nullptr) {
      return unknown(rule("SR313"), "the step", entry->ref, path, registry_.steps.names(), "ref");
    }
    return step(phase, component->definition.step, component, entry->ref.place, path);
  }
  if (entry->is_empty()) {
    test_.failed = true;  // SR309 or SR319 says so
    return;
  }
  step(phase, *entry->literal, nullptr, entry.place, path);
}

void Expander::chain_entry(Phase phase, const ChainComponent* chain, const Text& name,
                           std::uint32_t path) {
  if (chain == nullptr) {
    return unknown(rule("SR312"), "the chain", name, path, registry_.chains.names(), "chain");
  }
  const bool cycle = std::any_of(levels_.begin(), levels_.end(),
                                 [&](const Level& level) { return level.chain == chain; });
  if (cycle || levels_.size() >= kMaxChainDepth) {
    test_.failed = true;
    return;
  }
  const std::uint32_t inside = add_path(path, Kind::chain, chain->name);
  levels_.push_back({chain, inside});
  for (const Located<StepEntry>& each : chain->definition.steps) entry(phase, each, inside);
  levels_.pop_back();
}

void Expander::step(Phase phase, const Step& step, const StepComponent* component, Place entry,
                    std::uint32_t path) {
  const auto [other, is_new] = seen_.emplace(*step.as, Seen{entry, path});
  if (!is_new) {
    test_.failed = true;
    // What a component repeats by itself is reported there, once (SR308).
    if (complete_ && have_common_ancestor(path, other->second.path)) return;
    Diagnostic& finding =
        sink_.add(rule("SR315"), entry,
                  "the step " + in_quotes(*step.as) + " occurs a second time in `" +
                      plan::phase_name(phase) + "`");
    finding.component = id_;
    finding.subject = std::string(*step.as);
    finding.way = test_.way(path);
    finding.notes.push_back({Location::of(other->second.entry), "first here"});
    return;
  }
  ResolvedStep resolved;
  resolved.phase = phase;
  resolved.step = &step;
  resolved.component = component;
  resolved.entry = entry;
  resolved.path = path;
  const std::string_view name = component ? std::string_view(component->name) : *step.as;
  resolved.env.reserve(step.env.size());
  for (const Located<Parameter>& each : step.env) {
    Resolved value = parameter(*each, Kind::step, name);
    if (!value.effective.value && complete_) {
      report_missing(value, "the step " + in_quotes(*step.as), path, rule("SR406"));
    }
    resolved.env.push_back(std::move(value));
  }
  for (const Located<StepDependency>& each : step.dependencies) {
    resolved.dependencies.push_back(dependency(*each, name));
  }
  settle(step, resolved);
  test_.steps.push_back(std::move(resolved));
}

bool Expander::have_common_ancestor(std::uint32_t a, std::uint32_t b) const {
  const auto outermost = [this](std::uint32_t at) {
    while (at != kNoPath && test_.paths[at].parent != kNoPath) at = test_.paths[at].parent;
    return at;
  };
  return a != kNoPath && outermost(a) == outermost(b);
}

void Expander::settle(const Step& step, ResolvedStep& resolved) {
  const Merged& merged = test_.merged;
  if (merged.dns != nullptr) {
    resolved.dns = &**merged.dns;
  } else if (step.dns.present()) {
    resolved.dns = &*step.dns;
  }
  resolved.node_architecture =
      merged.node_architecture->empty() ? *step.node_architecture : *merged.node_architecture;
  if (merged.node_architecture_overrides != nullptr) {
    if (const auto* own = find_entry(*merged.node_architecture_overrides, *step.as)) {
      resolved.node_architecture = *own->value;
    }
  }
}

Resolved Expander::parameter(const Parameter& declared, Kind declared_by,
                             std::string_view component) {
  Resolved resolved;
  resolved.name = declared.name;
  Search search(resolved, options_.trace);
  const std::string_view name = *declared.name;
  const auto from_levels = [&] {
    if (options_.command_line != nullptr) {
      for (const auto& [variable, value] : options_.command_line->parameters) {
        if (variable == name && search.take({value, {Kind::command_line, {}, {}}})) return;
      }
    }
    if (const Merged::Value* value = find_value(test_.merged.env, name)) {
      used_env_.insert(*value->entry->key);
      const std::string_view who =
          value->kind == Kind::workflow ? test_.workflow->name : std::string_view(test_.name);
      if (search.take({*value->entry->value, {value->kind, who, value->entry->value.place}}))
        return;
      if (value->hidden != nullptr) {
        search.take({*value->hidden->value,
                     {Kind::workflow, test_.workflow->name, value->hidden->value.place}});
      }
    }
    for (const Level& level : levels_) {
      for (const Located<Parameter>& set : level.chain->definition.env) {
        if (*set->name != name) continue;
        Setting setting{std::nullopt, {Kind::chain, level.chain->name, set->name.place}};
        if (set->default_value) setting = {*set->default_value, setting.source};
        if (setting.value) setting.source.place = set->default_value.place;
        if (search.take(setting)) return;
        break;  // the first of several entries counts
      }
    }
  };
  from_levels();
  const Source own{declared_by, component,
                   declared.default_value ? declared.default_value.place : declared.name.place};
  Setting fallback{std::nullopt, own};
  if (declared.default_value) fallback.value = *declared.default_value;
  if (!search.found()) {
    resolved.effective = fallback;
  } else if (!resolved.effective.value) {
    // The nil-default trap: the search stopped at a level that only names the variable, and the
    // step's own default is used whatever inner levels say.
    resolved.overridden.insert(resolved.overridden.begin(), resolved.effective);
    resolved.effective = fallback;
  } else if (options_.trace && fallback.value) {
    resolved.overridden.push_back(fallback);
  }
  return resolved;
}

Resolved Expander::dependency(const StepDependency& declared, std::string_view component) {
  Resolved resolved;
  resolved.name = declared.env;
  const Setting own{*declared.name, {Kind::step, component, declared.name.place}};
  resolved.effective = own;
  const Merged::Value* value = find_value(test_.merged.dependencies, *declared.env);
  if (value == nullptr) return resolved;
  used_dependencies_.insert(*value->entry->key);
  if (value->entry->value->empty()) return resolved;  // counts as used and changes nothing
  const std::string_view who =
      value->kind == Kind::workflow ? test_.workflow->name : std::string_view(test_.name);
  resolved.effective = {*value->entry->value, {value->kind, who, value->entry->value.place}};
  if (!options_.trace) return resolved;
  if (value->hidden != nullptr) {
    resolved.overridden.push_back(
        {*value->hidden->value,
         {Kind::workflow, test_.workflow->name, value->hidden->value.place}});
  }
  resolved.overridden.push_back(own);
  return resolved;
}

void Expander::report_missing(const Resolved& parameter, const std::string& where,
                              std::uint32_t path, RuleId id) {
  test_.failed = true;
  const Place at = test_.entry->as ? test_.entry->as.place : test_.entry->steps.place;
  Diagnostic& finding = sink_.add(
      id, at,
      where + " needs the parameter " + in_quotes(*parameter.name) + ", and nothing sets it");
  finding.component = id_;
  finding.subject = std::string(*parameter.name);
  finding.way = test_.way(path);
  finding.hint = "set it under `steps.env` of the test";
  if (!parameter.name) return;
  finding.notes.push_back({Location::of(parameter.name.place), "declared here without a default"});
}

}  // namespace stepreg::resolve
