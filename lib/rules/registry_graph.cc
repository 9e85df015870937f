// References between components (registry.md 4.3, R040 to R045).
#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "base/text.h"
#include "diag/edit.h"
#include "rules/expansion.h"
#include "rules/registry_rules.h"

namespace stepreg::rules {

namespace {

class GraphCheck {
 public:
  GraphCheck(const Registry& registry, Sink& sink) : registry_(registry), sink_(sink) {}

  void check_entries(const ObjectList<StepEntry>& entries, const std::string& id, RuleId step_rule,
                     RuleId chain_rule);
  void check_observers(const TextList& names, const std::string& id, RuleId observer_rule);
  void check_cycles();

 private:
  template <class T>
  void check_name(const Text& name, const Components<T>& components, const char* kind,
                  const char* what, const std::string& id, RuleId id_of_rule);
  std::vector<const ChainComponent*> endless_chains() const;
  std::vector<const ChainComponent*> cycle_from(const ChainComponent& start) const;
  void report_cycle(const std::vector<const ChainComponent*>& cycle);

  const Registry& registry_;
  Sink& sink_;
};

template <class T>
void GraphCheck::check_name(const Text& name, const Components<T>& components, const char* kind,
                            const char* what, const std::string& id, RuleId id_of_rule) {
  if (components.find(*name) != nullptr) return;
  if (registry_.broken.contains(std::string(kind) + "/" + std::string(*name))) return;
  Diagnostic& finding = sink_.add(
      id_of_rule, name.place,
      name->empty() ? "the name of the " + std::string(what) + " is empty"
                    : "the " + std::string(what) + " " + in_quotes(*name) + " does not exist");
  finding.component = id;
  finding.subject = std::string(*name);
  if (name->empty()) return;
  if (what == std::string_view("step") && registry_.chains.find(*name)) {
    finding.hint = "there is a chain of that name: write `chain: " + std::string(*name) + "`";
  } else if (what == std::string_view("chain") && registry_.steps.find(*name)) {
    finding.hint = "there is a step of that name: write `ref: " + std::string(*name) + "`";
  } else {
    suggest(finding, name.place, *name, components.names());
  }
}

void GraphCheck::check_entries(const ObjectList<StepEntry>& entries, const std::string& id,
                               RuleId step_rule, RuleId chain_rule) {
  for (const Located<StepEntry>& entry : entries) {
    if (entry->ref) check_name(entry->ref, registry_.steps, "ref", "step", id, step_rule);
    if (entry->chain) check_name(entry->chain, registry_.chains, "chain", "chain", id, chain_rule);
  }
}

void GraphCheck::check_observers(const TextList& names, const std::string& id,
                                 RuleId observer_rule) {
  for (const Text& name : names) {
    check_name(name, registry_.observers, "observer", "observer", id, observer_rule);
  }
}

// The shortest way from a chain back to itself, without the repeated end; empty when there is none.
// Of several equally short ones that whose entries come first.
std::vector<const ChainComponent*> GraphCheck::cycle_from(const ChainComponent& start) const {
  std::map<const ChainComponent*, const ChainComponent*> reached_from;
  std::vector<const ChainComponent*> open{&start};
  for (std::size_t i = 0; i < open.size(); ++i) {
    for (const Located<StepEntry>& entry : open[i]->definition.steps) {
      const ChainComponent* next = entry->chain ? registry_.chains.find(*entry->chain) : nullptr;
      if (next == nullptr) continue;
      if (next == &start) {
        std::vector<const ChainComponent*> cycle;
        for (const ChainComponent* at = open[i]; at != &start; at = reached_from[at]) {
          cycle.push_back(at);
        }
        cycle.push_back(&start);
        std::reverse(cycle.begin(), cycle.end());
        return cycle;
      }
      if (reached_from.emplace(next, open[i]).second) open.push_back(next);
    }
  }
  return {};
}

// The entry of `chain` that names `next`.
const Text& entry_naming(const ChainComponent& chain, const std::string& next) {
  for (const Located<StepEntry>& entry : chain.definition.steps) {
    if (entry->chain && *entry->chain == next) return entry->chain;
  }
  return chain.definition.as;
}

void GraphCheck::report_cycle(const std::vector<const ChainComponent*>& cycle) {
  std::string way;
  for (const ChainComponent* chain : cycle) way += chain->name + " -> ";
  way += cycle.front()->name;
  const auto next_of = [&](std::size_t i) -> const std::string& {
    return cycle[(i + 1) % cycle.size()]->name;
  };
  Diagnostic& finding =
      sink_.add(rule("SR303"), entry_naming(*cycle.front(), next_of(0)).place,
                "the chain " + in_quotes(cycle.front()->name) + " contains itself: " + way);
  finding.component = "chain/" + cycle.front()->name;
  finding.subject = cycle.front()->name;
  for (std::size_t i = 1; i < cycle.size(); ++i) {
    finding.notes.push_back({Location::of(entry_naming(*cycle[i], next_of(i)).place),
                             in_quotes(cycle[i]->name) + " names " + in_quotes(next_of(i))});
  }
}

// Chains with a way that does not end, by name: to look for a cycle from every chain would take too
// long where many lie within each other.
std::vector<const ChainComponent*> GraphCheck::endless_chains() const {
  std::unordered_map<const ChainComponent*, std::size_t> unfinished;  // entries that may not end
  std::unordered_map<const ChainComponent*, std::vector<const ChainComponent*>> users;
  std::vector<const ChainComponent*> ending;
  for (const auto& [name, chain] : registry_.chains.by_name) {
    for (const Located<StepEntry>& entry : chain->definition.steps) {
      const ChainComponent* next = entry->chain ? registry_.chains.find(*entry->chain) : nullptr;
      if (next == nullptr) continue;
      ++unfinished[chain];
      users[next].push_back(chain);
    }
    if (!unfinished.contains(chain)) ending.push_back(chain);
  }
  while (!ending.empty()) {
    const ChainComponent* chain = ending.back();
    ending.pop_back();
    for (const ChainComponent* user : users[chain]) {
      if (--unfinished[user] == 0) ending.push_back(user);
    }
  }
  std::vector<const ChainComponent*> endless;
  for (const auto& [name, chain] : registry_.chains.by_name) {
    if (unfinished[chain] > 0) endless.push_back(chain);
  }
  return endless;
}

// Every cycle is reported at its member that is first by name.
void GraphCheck::check_cycles() {
  std::set<const ChainComponent*> reported;
  for (const ChainComponent* chain : endless_chains()) {
    if (reported.contains(chain)) continue;
    const auto cycle = cycle_from(*chain);
    if (cycle.empty()) continue;
    reported.insert(cycle.begin(), cycle.end());
    report_cycle(cycle);
  }
}

}  // namespace

void check_graph(const Registry& registry, Sink& sink) {
  GraphCheck check(registry, sink);
  for (const auto& chain : registry.chains.all) {
    check.check_entries(chain->definition.steps, "chain/" + chain->name, rule("SR301"),
                        rule("SR302"));
  }
  check.check_cycles();
  for (const auto& workflow : registry.workflows.all) {
    const std::string id = "workflow/" + workflow->name;
    const MultiStage& settings = *workflow->definition.steps;
    for_each_phase(settings, [&](const char*, const auto& entries) {
      check.check_entries(entries, id, rule("SR305"), rule("SR306"));
    });
    check.check_observers(settings.observers->enable, id, rule("SR304"));
    check.check_observers(settings.observers->disable, id, rule("SR322"));
  }
  for (const auto& step : registry.steps.all) {
    check.check_observers(step->definition.step.observers, "ref/" + step->name, rule("SR321"));
  }
}

}  // namespace stepreg::rules
