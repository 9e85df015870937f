#include "query/reason.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <tuple>

#include "query/component.h"

namespace stepreg::query {

namespace {

class Ways {
 public:
  explicit Ways(const Changes& changes) : changes_(changes) {}

  // `way` leads from the outermost component inwards. Every changed component on it is a candidate.
  void offer(const std::vector<std::string>& way, bool differs) {
    for (std::size_t i = 0; i < way.size(); ++i) {
      const auto changed = changes_.components.find(way[i]);
      if (changed == changes_.components.end()) continue;
      std::vector<std::string> path(way.rend() - static_cast<std::ptrdiff_t>(i + 1), way.rend());
      offer({changed->second, std::move(path)}, differs);
    }
  }

  void offer(Reason reason, bool differs) {
    const auto key = [](const Reason& r, bool d) {
      return std::make_tuple(!d, r.path.size(), std::cref(r.path), std::cref(r.file));
    };
    if (!best_ || key(reason, differs) < key(*best_, best_differs_)) {
      best_ = std::move(reason);
      best_differs_ = differs;
    }
  }

  std::optional<Reason> take() { return std::move(best_); }

 private:
  const Changes& changes_;
  std::optional<Reason> best_;
  bool best_differs_ = false;
};

bool has_step(const plan::Plan* plan, const plan::Step& step) {
  return plan != nullptr &&
         std::find(plan->steps.begin(), plan->steps.end(), step) != plan->steps.end();
}

bool has_observer(const plan::Plan* plan, const plan::Observer& observer) {
  return plan != nullptr && std::find(plan->observers.begin(), plan->observers.end(), observer) !=
                                plan->observers.end();
}

void offer_observers(const plan::Plan& plan, const plan::Plan* other, Ways& ways) {
  for (const plan::Observer& observer : plan.observers) {
    const bool differs = !has_observer(other, observer);
    const std::string id = "observer/" + observer.name;
    bool from_step = false;
    for (const plan::Step& step : plan.steps) {
      if (std::count(step.observers.begin(), step.observers.end(), observer.name) == 0) continue;
      std::vector<std::string> way = step.path;
      way.push_back(id);
      ways.offer(way, differs);
      from_step = true;
    }
    if (from_step) continue;
    std::vector<std::string> way = {id};
    if (!plan.job.workflow.empty()) way.insert(way.begin(), "workflow/" + plan.job.workflow);
    ways.offer(way, differs);
  }
}

void offer_plan(const plan::Plan& plan, const plan::Plan* other, Ways& ways) {
  for (const plan::Step& step : plan.steps) ways.offer(step.path, !has_step(other, step));
  offer_observers(plan, other, ways);
  if (!plan.job.workflow.empty()) ways.offer({"workflow/" + plan.job.workflow}, false);
  if (plan.job.cluster_profile) {
    const bool differs = other == nullptr || other->job.cluster_profile != plan.job.cluster_profile;
    ways.offer({"profile/" + plan.job.cluster_profile->name}, differs);
  }
}

// Breadth first from the test's own references: for tests whose plan does not show what changed,
// because it broke off before.
void offer_references(const load::Project& project, const plan::Plan& plan, Ways& ways) {
  struct At {
    std::string id;
    std::vector<std::string> way;
  };
  std::deque<At> waiting;
  std::set<std::string> seen;
  const auto push = [&](const std::string& id, std::vector<std::string> way) {
    if (!seen.insert(id).second) return;
    way.push_back(id);
    waiting.push_back({id, std::move(way)});
  };
  if (!plan.job.workflow.empty()) push("workflow/" + plan.job.workflow, {});
  for (const plan::Step& step : plan.steps) {
    if (!step.path.empty()) push(step.path.front(), {});
  }
  while (!waiting.empty()) {
    const At at = std::move(waiting.front());
    waiting.pop_front();
    ways.offer(at.way, false);
    for (const AnyComponent& component : find_components(*project.registry, at.id)) {
      for (const Reference& reference : references_of(component)) push(reference.id(), at.way);
    }
  }
}

ChangedFile config_change(const TestPair& pair, const Changes& changes) {
  const auto found = changes.configs.find(pair.config);
  return {TreeKind::configs, pair.config,
          found == changes.configs.end() ? ChangeKind::modified : found->second};
}

}  // namespace

Reason reason_of(const TestPair& pair, const load::Project& before, const load::Project& after,
                 const Changes& changes) {
  Ways ways(changes);
  const plan::Plan* old = pair.before ? &*pair.before : nullptr;
  const plan::Plan* now = pair.after ? &*pair.after : nullptr;
  if (pair.entry_differs || old == nullptr || now == nullptr) {
    return {config_change(pair, changes), {}};
  }
  offer_plan(*old, now, ways);
  offer_plan(*now, old, ways);
  for (const ChangedFile& file : changes.everywhere) {
    ways.offer(Reason{file, {}}, file.tree == TreeKind::settings);
  }
  if (auto reason = ways.take()) return *reason;
  offer_references(before, *old, ways);
  offer_references(after, *now, ways);
  if (auto reason = ways.take()) return *reason;
  return {config_change(pair, changes), {}};
}

}  // namespace stepreg::query
