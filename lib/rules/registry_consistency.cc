// What chains and workflows set for the steps below them (registry.md 4.4, R050 to R054, and L07).
#include <algorithm>
#include <functional>
#include <optional>

#include "base/text.h"
#include "diag/edit.h"
#include "rules/expansion.h"
#include "rules/registry_rules.h"

namespace stepreg::rules {

namespace {

constexpr std::size_t kMaxNamedUsers = 5;

// What a misspelt name may have meant: names that are declared and not set already.
using IsSet = std::function<bool(std::string_view)>;
std::vector<std::string_view> unset(const NamedPlaces& declared, const IsSet& is_set) {
  std::vector<std::string_view> names;
  for (const auto& [name, place] : declared) {
    if (!is_set(name)) names.push_back(name);
  }
  return names;
}

class ConsistencyCheck {
 public:
  ConsistencyCheck(const Registry& registry, const Expansions& expansions, Sink& sink)
      : registry_(registry), sink_(sink), expansions_(expansions) {}

  void check_chain(const ChainComponent& chain);
  void check_workflow(const WorkflowComponent& workflow);

 private:
  Diagnostic& add_unused(RuleId id, const std::string& component, const Text& name,
                         const NamedPlaces& declared, const IsSet& is_set, const char* what);
  void check_entries(const ObjectList<StepEntry>& entries, const std::string& component);
  void check_repeated(const Located<StepEntry>& entry, const std::string& component,
                      NamedPlaces& seen);
  void check_hidden(const ChainComponent& chain, const Located<Parameter>& entry);
  const Parameter* inner_value(const ObjectList<StepEntry>& entries, std::string_view name,
                               std::size_t depth);
  void note_users(Diagnostic& finding, std::string_view chain);

  const Registry& registry_;
  Sink& sink_;
  const Expansions& expansions_;
  std::optional<Users> users_;  // made when there is something to tell them
};

void ConsistencyCheck::note_users(Diagnostic& finding, std::string_view chain) {
  if (!users_) users_.emplace(registry_);
  const std::vector<std::string> users = users_->of_chain(chain);
  for (std::size_t i = 0; i < users.size(); ++i) {
    const std::string& id = users[i];
    if (i == kMaxNamedUsers) {
      finding.notes.push_back(
          {finding.at, "and by " + counted(users.size() - i, "other component")});
      return;
    }
    const std::string name = id.substr(id.find('/') + 1);
    const SourceFile* file = id.starts_with("chain/") ? registry_.chains.find(name)->file
                                                      : registry_.workflows.find(name)->file;
    finding.notes.push_back({Location::of_file(file->path()), "reached by " + in_quotes(id)});
  }
}

// A value that nobody below declares.
Diagnostic& ConsistencyCheck::add_unused(RuleId id, const std::string& component, const Text& name,
                                         const NamedPlaces& declared, const IsSet& is_set,
                                         const char* what) {
  Diagnostic& finding =
      sink_.add(id, name.place,
                in_quotes(*name) + " is set here, but no step of " + in_quotes(component) + what);
  finding.component = component;
  finding.subject = std::string(*name);
  const std::string_view guess = suggest(finding, name.place, *name, unset(declared, is_set));
  if (!guess.empty()) {
    finding.notes.push_back(
        {Location::of(declared.find(guess)->second), in_quotes(guess) + " is declared here"});
  }
  return finding;
}

// One step name twice. What an entry repeats by itself is reported in the chain that it names.
void ConsistencyCheck::check_repeated(const Located<StepEntry>& entry, const std::string& component,
                                      NamedPlaces& seen) {
  Expansion own;
  const Expansion& expansion = expansions_.of(*entry, own);
  if (expansion.incomplete) return;  // it may be a cycle, which repeats everything
  const Text& name = entry->chain ? entry->chain : entry->ref;
  const Place place = name ? name.place : entry.place;
  std::vector<std::string_view> twice;
  for (const auto& [step, unused] : expansion.steps) {
    if (step.empty()) continue;  // a step without name is a mistake of its own
    if (!seen.emplace(step, place).second) twice.push_back(step);
  }
  if (twice.empty()) return;
  std::string message = "the step " + in_quotes(twice.front()) + " occurs a second time";
  if (entry->chain) message += ", in the chain " + in_quotes(*entry->chain);
  if (twice.size() > 1) message += ", and " + counted(twice.size() - 1, "more step") + " as well";
  Diagnostic& finding = sink_.add(rule("SR308"), place, std::move(message));
  finding.component = component;
  finding.subject = std::string(twice.front());
  finding.notes.push_back({Location::of(seen[twice.front()]), "the first one is here"});
}

void ConsistencyCheck::check_entries(const ObjectList<StepEntry>& entries,
                                     const std::string& component) {
  NamedPlaces seen;
  for (const Located<StepEntry>& entry : entries) {
    if (entry->is_empty()) {
      Diagnostic& finding = sink_.add(rule("SR309"), entry.place,
                                      "an entry names no step and no chain, and is no step");
      finding.component = component;
      finding.hint = "write `ref: NAME`, `chain: NAME`, or a whole step";
      continue;
    }
    if ((entry->ref || entry->chain) && entry->first_step_field) {
      const Text& name = entry->chain ? entry->chain : entry->ref;
      Diagnostic& finding = sink_.add(rule("SR310"), entry->first_step_field.place,
                                      in_quotes(*entry->first_step_field) + " beside `" +
                                          (entry->chain ? "chain" : "ref") + ": " +
                                          std::string(*name) + "` has no effect");
      finding.component = component;
      finding.subject = std::string(*name);
      finding.hint = "set the field in the component itself, or write the whole step here";
    }
    if (entry->ref && entry->chain) {
      Diagnostic& finding =
          sink_.add(rule("SR310"), entry->ref.place,
                    "`ref: " + std::string(*entry->ref) + "` beside `chain` has no effect");
      finding.component = component;
      finding.subject = std::string(*entry->ref);
      finding.hint = "make two entries of it";
    }
    check_repeated(entry, component, seen);
  }
}

// An entry of a chain below that sets the variable, or null.
const Parameter* ConsistencyCheck::inner_value(const ObjectList<StepEntry>& entries,
                                               std::string_view name, std::size_t depth) {
  if (depth > registry_.chains.all.size()) return nullptr;  // a cycle
  for (const Located<StepEntry>& entry : entries) {
    const ChainComponent* chain = entry->chain ? registry_.chains.find(*entry->chain) : nullptr;
    if (chain == nullptr || !expansions_.of(*chain).parameters.contains(name)) continue;
    for (const Located<Parameter>& parameter : chain->definition.env) {
      if (*parameter->name == name && parameter->default_value) return &*parameter;
    }
    if (const Parameter* found = inner_value(chain->definition.steps, name, depth + 1))
      return found;
  }
  return nullptr;
}

void ConsistencyCheck::check_hidden(const ChainComponent& chain, const Located<Parameter>& entry) {
  if (entry->default_value) return;
  const Parameter* inner = inner_value(chain.definition.steps, *entry->name, 0);
  if (inner == nullptr) return;
  Diagnostic& finding = sink_.add(
      rule("SR441"), entry->name.place,
      in_quotes(*entry->name) + " has no default here and so hides the value of an inner chain");
  finding.component = "chain/" + chain.name;
  finding.subject = std::string(*entry->name);
  finding.hint = "give it a default, or remove the entry";
  finding.notes.push_back({Location::of(inner->default_value.place), "this value is not used"});
}

void ConsistencyCheck::check_chain(const ChainComponent& chain) {
  const std::string id = "chain/" + chain.name;
  const Chain& it = chain.definition;
  check_entries(it.steps, id);
  const Expansion& expansion = expansions_.of(chain);
  for (const Located<Parameter>& entry : it.env) {
    check_hidden(chain, entry);
    if (expansion.incomplete || expansion.parameters.contains(*entry->name)) continue;
    const auto is_set = [&](std::string_view name) {
      return std::any_of(it.env.begin(), it.env.end(),
                         [&](const Located<Parameter>& other) { return *other->name == name; });
    };
    note_users(
        add_unused(rule("SR402"), id, entry->name, expansion.parameters, is_set, " declares it"),
        chain.name);
  }
}

void ConsistencyCheck::check_workflow(const WorkflowComponent& workflow) {
  const std::string id = "workflow/" + workflow.name;
  const MultiStage& settings = *workflow.definition.steps;
  Expansion all;
  for_each_phase(settings, [&](const char*, const ObjectList<StepEntry>& entries) {
    check_entries(entries, id);
    const Expansion phase = expansions_.of(entries);
    all.parameters.insert(phase.parameters.begin(), phase.parameters.end());
    all.dependencies.insert(phase.dependencies.begin(), phase.dependencies.end());
    all.incomplete = all.incomplete || phase.incomplete;
  });
  if (all.incomplete) return;
  for (const Entry<Text>& entry : settings.env) {
    if (all.parameters.contains(*entry.key)) continue;
    const auto is_set = [&](std::string_view name) {
      return find_entry(settings.env, name) != nullptr;
    };
    add_unused(rule("SR401"), id, entry.key, all.parameters, is_set, " declares it");
  }
  for (const Entry<Text>& entry : settings.dependencies) {
    if (all.dependencies.contains(*entry.key)) continue;
    const auto is_set = [&](std::string_view name) {
      return find_entry(settings.dependencies, name) != nullptr;
    };
    add_unused(rule("SR404"), id, entry.key, all.dependencies, is_set,
               " has a dependency of that variable");
  }
}

}  // namespace

void check_consistency(const Registry& registry, const Expansions& expansions, Sink& sink) {
  ConsistencyCheck check(registry, expansions, sink);
  for (const auto& chain : registry.chains.all) check.check_chain(*chain);
  for (const auto& workflow : registry.workflows.all) check.check_workflow(*workflow);
}

}  // namespace stepreg::rules
