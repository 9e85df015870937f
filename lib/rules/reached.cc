#include "rules/reached.h"

#include <algorithm>

#include "base/text.h"

namespace stepreg::rules {

// Everything below what tests name.
class Closure {
 public:
  explicit Closure(Reached reached)
      : all_(std::move(reached)), open_(all_.chains_.begin(), all_.chains_.end()) {
    for (const WorkflowComponent* workflow : all_.workflows_) follow(*workflow->definition.steps);
    while (!open_.empty()) {
      const ChainComponent* chain = open_.back();
      open_.pop_back();
      follow(chain->definition.steps);
    }
    for (const StepComponent* step : all_.steps_) follow(step->definition.step.observers);
  }

  const Reached& all() const { return all_; }

 private:
  void follow(const MultiStage& settings) {
    follow(settings.pre);
    follow(settings.test);
    follow(settings.post);
    follow(settings.observers->enable);
  }

  void follow(const TextList& observers) {
    for (const Text& name : observers) {
      const ObserverComponent* observer = all_.registry_->observers.find(*name);
      if (observer != nullptr) all_.observers_.insert(observer);
    }
  }

  void follow(const ObjectList<StepEntry>& entries) {
    const Registry& registry = *all_.registry_;
    for (const Located<StepEntry>& entry : entries) {
      const StepComponent* step = entry->ref ? registry.steps.find(*entry->ref) : nullptr;
      if (step != nullptr) all_.steps_.insert(step);
      follow(entry->literal->observers);
      const ChainComponent* chain = entry->chain ? registry.chains.find(*entry->chain) : nullptr;
      if (chain != nullptr && all_.chains_.insert(chain).second) open_.push_back(chain);
    }
  }

  Reached all_;
  std::vector<const ChainComponent*> open_;  // chains whose entries were not followed yet
};

namespace {

constexpr std::string_view kStep = "ref/", kChain = "chain/", kWorkflow = "workflow/",
                           kObserver = "observer/";

template <class Set>
void add_ids(const Set& reached, std::string_view kind, std::vector<std::string>& ids) {
  for (const auto* component : reached) ids.push_back(std::string(kind) + component->name);
}

template <class Components, class Set>
void add_named(const Components& components, std::string_view kind, std::string_view id,
               Set& reached) {
  if (!id.starts_with(kind)) return;
  const auto* component = components.find(id.substr(kind.size()));
  if (component != nullptr) reached.insert(component);
}

template <class Components, class Set>
void report(const Components& components, std::string_view kind, const Set& reached,
            const std::vector<std::string>& allowed, Sink& sink) {
  for (const auto& component : components.all) {
    if (reached.contains(component.get())) continue;
    if (components.find(component->name) != component.get()) continue;  // replaced by another
    const std::string id = std::string(kind) + component->name;
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
  if (test.workflow != nullptr) workflows_.insert(test.workflow);
  for (const resolve::PathNode& node : test.paths) {
    if (node.kind != resolve::Source::Kind::chain || node.parent != resolve::kNoPath) continue;
    const ChainComponent* chain = registry_->chains.find(node.name);
    if (chain != nullptr) chains_.insert(chain);
  }
  for (const resolve::ResolvedStep& step : test.steps) {
    if (step.path == resolve::kNoPath && step.component) steps_.insert(step.component);
  }
  for (const resolve::ResolvedObserver& observer : test.observers) {
    if (observer.component != nullptr) observers_.insert(observer.component);
  }
}

void Reached::add(std::string_view id) {
  add_named(registry_->steps, kStep, id, steps_);
  add_named(registry_->chains, kChain, id, chains_);
  add_named(registry_->workflows, kWorkflow, id, workflows_);
  add_named(registry_->observers, kObserver, id, observers_);
}

std::vector<std::string> Reached::ids() const {
  std::vector<std::string> ids;
  add_ids(steps_, kStep, ids);
  add_ids(chains_, kChain, ids);
  add_ids(workflows_, kWorkflow, ids);
  add_ids(observers_, kObserver, ids);
  return ids;
}

void Reached::unite(Reached&& other) {
  steps_.merge(other.steps_);
  chains_.merge(other.chains_);
  workflows_.merge(other.workflows_);
  observers_.merge(other.observers_);
}

void Reached::report_unused(const std::vector<std::string>& allowed, Sink& sink) const {
  if (!sink.wants(rule("SR323"))) return;
  const Closure closure(*this);
  const Reached& all = closure.all();
  report(registry_->steps, kStep, all.steps_, allowed, sink);
  report(registry_->chains, kChain, all.chains_, allowed, sink);
  report(registry_->workflows, kWorkflow, all.workflows_, allowed, sink);
  report(registry_->observers, kObserver, all.observers_, allowed, sink);
}

}  // namespace stepreg::rules
