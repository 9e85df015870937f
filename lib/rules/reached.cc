#include "rules/reached.h"

#include <algorithm>

#include "base/text.h"

namespace stepreg::rules {

namespace {

using Kind = resolve::Source::Kind;

// Everything below what tests name.
class Closure {
 public:
  Closure(const Registry& registry, std::unordered_set<const void*> components)
      : registry_(registry), reached_(std::move(components)) {}

  const std::unordered_set<const void*>& reached() const { return reached_; }

  void close() {
    for (const auto& workflow : registry_.workflows.all) {
      if (reached_.contains(workflow.get())) follow(*workflow);
    }
    for (const auto& chain : registry_.chains.all) {
      if (reached_.contains(chain.get())) follow(chain->definition.steps);
    }
    for (const auto& step : registry_.steps.all) {
      if (reached_.contains(step.get())) follow(step->definition.step.observers);
    }
  }

 private:
  void follow(const WorkflowComponent& workflow) {
    const MultiStage& settings = *workflow.definition.steps;
    follow(settings.pre);
    follow(settings.test);
    follow(settings.post);
    follow(settings.observers->enable);
  }

  void follow(const TextList& observers) {
    for (const Text& name : observers) reached_.insert(registry_.observers.find(*name));
  }

  void follow(const ObjectList<StepEntry>& entries) {
    for (const Located<StepEntry>& entry : entries) {
      if (entry->ref) reached_.insert(registry_.steps.find(*entry->ref));
      follow(entry->literal.observers);
      const ChainComponent* chain = entry->chain ? registry_.chains.find(*entry->chain) : nullptr;
      if (chain == nullptr || !followed_.insert(chain).second) continue;
      reached_.insert(chain);
      follow(chain->definition.steps);
    }
  }

  const Registry& registry_;
  std::unordered_set<const void*> reached_;
  std::unordered_set<const ChainComponent*> followed_;
};

template <class T>
void report(const Components<T>& components, const char* kind, const Closure& closure,
            const std::vector<std::string>& allowed, Sink& sink) {
  for (const auto& component : components.all) {
    if (closure.reached().contains(component.get())) continue;
    if (components.find(component->name) != component.get()) continue;  // replaced by another
    const std::string id = std::string(kind) + "/" + component->name;
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

void Reached::add(const resolve::ResolvedTest& test) {
  if (test.workflow != nullptr) components_.insert(test.workflow);
  for (const resolve::PathNode& node : test.paths) {
    if (node.kind == Kind::chain && node.parent == resolve::kNoPath) {
      components_.insert(registry_->chains.find(node.name));
    }
  }
  for (const resolve::ResolvedStep& step : test.steps) {
    if (step.path == resolve::kNoPath && step.component) components_.insert(step.component);
  }
  for (const resolve::ResolvedObserver& observer : test.observers) {
    components_.insert(observer.component);
  }
}

void Reached::unite(Reached&& other) {
  components_.merge(other.components_);
}

void Reached::report_unused(const std::vector<std::string>& allowed, Sink& sink) const {
  if (!sink.wants(rule("SR323"))) return;
  Closure closure(*registry_, components_);
  closure.close();
  report(registry_->steps, "ref", closure, allowed, sink);
  report(registry_->chains, "chain", closure, allowed, sink);
  report(registry_->workflows, "workflow", closure, allowed, sink);
  report(registry_->observers, "observer", closure, allowed, sink);
}

}  // namespace stepreg::rules
