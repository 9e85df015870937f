#include "rules/reached.h"

#include <algorithm>
#include <unordered_set>

#include "base/text.h"

namespace stepreg::rules {

namespace {

constexpr std::string_view kStep = "ref/", kChain = "chain/", kWorkflow = "workflow/",
                           kObserver = "observer/";

std::string id_of(std::string_view kind, std::string_view name) {
  return std::string(kind).append(name);
}

// Everything below what tests name.
class Closure {
 public:
  Closure(const Registry& registry, const std::vector<bool>& reached) : registry_(registry) {
    std::size_t number = 0;  // in the order of ComponentIds
    const auto take = [&](const auto& components, auto& set) {
      for (const auto& [name, component] : components.by_name) {
        if (reached[number++]) set.insert(component);
      }
    };
    take(registry.steps, steps);
    take(registry.chains, chains);
    take(registry.workflows, workflows);
    take(registry.observers, observers);
    open_.assign(chains.begin(), chains.end());
    for (const WorkflowComponent* workflow : workflows) follow(*workflow->definition.steps);
    while (!open_.empty()) {
      const ChainComponent* chain = open_.back();
      open_.pop_back();
      follow(chain->definition.steps);
    }
    for (const StepComponent* step : steps) follow(step->definition.step.observers);
  }

  template <class Component>
  using Set = std::unordered_set<const Component*>;
  Set<StepComponent> steps;
  Set<ChainComponent> chains;
  Set<WorkflowComponent> workflows;
  Set<ObserverComponent> observers;

 private:
  void follow(const MultiStage& settings) {
    follow(settings.pre);
    follow(settings.test);
    follow(settings.post);
    follow(settings.observers->enable);
  }

  void follow(const TextList& names) {
    for (const Text& name : names) {
      const ObserverComponent* observer = registry_.observers.find(*name);
      if (observer != nullptr) observers.insert(observer);
    }
  }

  void follow(const ObjectList<StepEntry>& entries) {
    for (const Located<StepEntry>& entry : entries) {
      const StepComponent* step = entry->ref ? registry_.steps.find(*entry->ref) : nullptr;
      if (step != nullptr) steps.insert(step);
      follow(entry->literal->observers);
      const ChainComponent* chain = entry->chain ? registry_.chains.find(*entry->chain) : nullptr;
      if (chain != nullptr && chains.insert(chain).second) open_.push_back(chain);
    }
  }

  const Registry& registry_;
  std::vector<const ChainComponent*> open_;  // chains whose entries were not followed yet
};

template <class Components, class Set>
void report(const Components& components, std::string_view kind, const Set& reached,
            const std::vector<std::string>& allowed, Sink& sink) {
  for (const auto& component : components.all) {
    if (reached.contains(component.get())) continue;
    if (components.find(component->name) != component.get()) continue;  // replaced by another
    const std::string id = id_of(kind, component->name);
    const bool is_allowed =
        std::any_of(allowed.begin(), allowed.end(),
                    [&](const std::string& pattern) { return glob_match(pattern, id); });
    if (is_allowed) continue;
    Diagnostic& finding = sink.add_for_file(rule("SR323"), component->file->path(),
                                            in_quotes(id) + " is reached from no test");
    finding.component = id;
    finding.subject = component->name;
  }
}

}  // namespace

ComponentIds::ComponentIds(const Registry& registry) {
  const auto add = [this](const auto& components, std::string_view kind) {
    for (const auto& [name, component] : components.by_name) {
      const std::string& id = ids_.emplace_back(id_of(kind, name));
      numbers_.emplace(id, static_cast<std::uint32_t>(ids_.size() - 1));
    }
  };
  add(registry.steps, kStep);
  add(registry.chains, kChain);
  add(registry.workflows, kWorkflow);
  add(registry.observers, kObserver);
}

std::optional<std::uint32_t> ComponentIds::find(std::string_view id) const {
  const auto found = numbers_.find(id);
  return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

void add_reached(const ComponentIds& ids, const resolve::ResolvedTest& test,
                 ComponentNumbers& reached) {
  const auto add = [&](std::string_view kind, std::string_view name) {
    if (const auto number = ids.find(id_of(kind, name))) reached.insert(*number);
  };
  if (test.workflow != nullptr) add(kWorkflow, test.workflow->name);
  for (const resolve::PathNode& node : test.paths) {
    const bool is_outer = node.parent == resolve::kNoPath;
    if (is_outer && node.kind == resolve::Source::Kind::chain) add(kChain, node.name);
  }
  for (const resolve::ResolvedStep& step : test.steps) {
    if (step.path == resolve::kNoPath && step.component) add(kStep, step.component->name);
  }
  for (const resolve::ResolvedObserver& observer : test.observers) {
    if (observer.component != nullptr) add(kObserver, observer.component->name);
  }
}

void Reached::report_unused(const std::vector<std::string>& allowed, Sink& sink) const {
  if (!sink.wants(rule("SR323"))) return;
  const Closure reached(registry_, reached_);
  report(registry_.steps, kStep, reached.steps, allowed, sink);
  report(registry_.chains, kChain, reached.chains, allowed, sink);
  report(registry_.workflows, kWorkflow, reached.workflows, allowed, sink);
  report(registry_.observers, kObserver, reached.observers, allowed, sink);
}

}  // namespace stepreg::rules
