#include "rules/expansion.h"

#include <set>

namespace stepreg::rules {

namespace {

void add_step(const Step& step, Place place, Expansion& expansion) {
  expansion.steps.emplace(*step.as, place);
  for (const Located<Parameter>& parameter : step.env) {
    expansion.parameters.emplace(*parameter->name, parameter->name.place);
  }
  for (const Located<StepDependency>& dependency : step.dependencies) {
    expansion.dependencies.emplace(*dependency->env, dependency->env.place);
  }
}

void unite(const Expansion& other, Expansion& expansion) {
  expansion.steps.insert(other.steps.begin(), other.steps.end());
  expansion.parameters.insert(other.parameters.begin(), other.parameters.end());
  expansion.dependencies.insert(other.dependencies.begin(), other.dependencies.end());
  expansion.incomplete = expansion.incomplete || other.incomplete;
}

}  // namespace

Expansions::Expansions(const Registry& registry) : registry_(registry) {
  for (const auto& chain : registry.chains.all) expand(*chain);
}

// Those below first, so that each is made once.
void Expansions::expand(const ChainComponent& chain) {
  const auto [found, is_new] = cached_.try_emplace(&chain);
  Cached& cached = found->second;  // stays where it is when the map grows
  if (!is_new) {
    if (cached.open) cached.expansion.incomplete = true;
    return;
  }
  for (const Located<StepEntry>& entry : chain.definition.steps) {
    const ChainComponent* inner = entry->chain ? registry_.chains.find(*entry->chain) : nullptr;
    if (inner != nullptr) expand(*inner);
  }
  Expansion expansion = of(chain.definition.steps);
  expansion.incomplete = expansion.incomplete || cached.expansion.incomplete;
  cached.expansion = std::move(expansion);
  cached.open = false;
}

const Expansion& Expansions::of(const ChainComponent& chain) const {
  return cached_.find(&chain)->second.expansion;
}

const Expansion& Expansions::of(const StepEntry& entry, Expansion& own) const {
  if (entry.chain) {
    const ChainComponent* chain = registry_.chains.find(*entry.chain);
    if (chain != nullptr) return of(*chain);
    own.incomplete = true;
  } else if (entry.ref) {
    const StepComponent* step = registry_.steps.find(*entry.ref);
    if (step != nullptr) {
      add_step(step->definition.step, entry.ref.place, own);
    } else {
      own.incomplete = true;
    }
  } else if (!entry.is_empty()) {
    add_step(*entry.literal, entry.first_step_field.place, own);
  }
  return own;
}

Expansion Expansions::of(const ObjectList<StepEntry>& entries) const {
  Expansion all;
  for (const Located<StepEntry>& entry : entries) {
    const ChainComponent* chain = entry->chain ? registry_.chains.find(*entry->chain) : nullptr;
    if (chain != nullptr) {
      unite(of(*chain), all);
    } else {
      of(*entry, all);
    }
  }
  return all;
}

Users::Users(const Registry& registry) {
  const auto note = [this](const ObjectList<StepEntry>& entries, const std::string& id) {
    for (const Located<StepEntry>& entry : entries) {
      if (entry->chain) direct_[*entry->chain].push_back(id);
    }
  };
  for (const auto& [name, chain] : registry.chains.by_name) {
    note(chain->definition.steps, "chain/" + chain->name);
  }
  for (const auto& [name, workflow] : registry.workflows.by_name) {
    const std::string id = "workflow/" + workflow->name;
    for_each_phase(*workflow->definition.steps,
                   [&](const char*, const auto& entries) { note(entries, id); });
  }
}

std::vector<std::string> Users::of_chain(std::string_view chain) const {
  constexpr std::string_view kChain = "chain/";
  std::set<std::string> found;
  std::vector<std::string> open{std::string(chain)};
  while (!open.empty()) {
    const std::string name = std::move(open.back());
    open.pop_back();
    const auto users = direct_.find(name);
    if (users == direct_.end()) continue;
    for (const std::string& id : users->second) {
      if (!found.insert(id).second || !id.starts_with(kChain)) continue;
      open.push_back(id.substr(kChain.size()));
    }
  }
  return {found.begin(), found.end()};
}

}  // namespace stepreg::rules
