#include "generate/make_compositions.h"

#include <algorithm>
#include <string>

#include "generate/compose.h"
#include "generate/naming.h"
#include "generate/words.h"

namespace stepreg::generate {

namespace {

// Frequencies are those of the registry of July 2024: registry.md 6.2.
constexpr std::size_t kRealChains = 778;
constexpr std::size_t kRealWorkflows = 978;

class Maker {
 public:
  Maker(Components& components, Random random)
      : components_(components),
        random_(random),
        composer_(components, random.fork("composer")),
        workflows_of_(components.areas.size()) {}

  void make_all() {
    make_chains();
    const std::size_t wanted = components_.shape.workflows;
    while (components_.workflows.size() < wanted - wanted / 10) make_workflow();
    place_unused();
    while (components_.workflows.size() < wanted) make_workflow();
    for (Workflow& workflow : components_.workflows) finish(workflow);
  }

 private:
  std::uint32_t area() {
    return random_.chance(1, 10)
               ? 0
               : static_cast<std::uint32_t>(random_.skewed(components_.areas.size()));
  }

  bool rare(std::size_t part, std::size_t whole) {
    if (components_.shape.rich && part * 4 < whole) return random_.chance(1, 4);
    return random_.chance(part, whole);
  }

  // The name of another component of the same folder, or a new one.
  ComponentName name_for(Names& names, const std::vector<Entry>& entries, std::uint32_t area_index,
                         std::string_view group) {
    if (!entries.empty() && random_.chance(1, 8)) {
      const Entry& first = entries.front();
      if (first.kind == Entry::Kind::ref) {
        const Step& step = components_.steps[first.index];
        if (names.take(step.name)) return {step.name, step.directory};
      } else if (first.kind == Entry::Kind::chain && &names == &workflow_names_) {
        const Chain& chain = components_.chains[first.index];
        if (names.take(chain.name)) return {chain.name, chain.directory};
      }
    }
    return names.fresh(random_, components_.areas[area_index], group);
  }

  void make_chains() {
    // How many of the real chains are nested 1 .. 6 deep.
    constexpr std::size_t kOfDepth[] = {247, 337, 107, 72, 14, 1};
    std::size_t before = 0;
    for (std::size_t depth = 1; depth <= std::size(kOfDepth); ++depth) {
      before += kOfDepth[depth - 1];
      const std::size_t until = components_.shape.chains * before / kRealChains;
      while (components_.chains.size() < until) make_chain(depth);
    }
  }

  void make_chain(std::size_t depth) {
    constexpr std::string_view kGroups[] = {"pre", "run", "post"};
    Chain chain;
    chain.area = area();
    const std::size_t kind = random_.below(100);
    chain.role = kind < 52 ? Role::pre : kind < 64 ? Role::test : Role::post;
    const std::size_t refs = depth == 1 ? random_.range(2, 7) : random_.range(1, 6);
    chain.entries =
        composer_.compose({chain.area, chain.role, refs, depth == 1 ? 0 : random_.skewed(4),
                           depth - 1, depth - 1, 26},
                          chain.reach);
    for (const Entry& entry : chain.entries) {
      if (entry.kind != Entry::Kind::chain) continue;
      chain.depth = std::max(chain.depth, components_.chains[entry.index].depth + 1);
    }
    const auto index = static_cast<std::uint32_t>(components_.chains.size());
    const ComponentName name =
        name_for(chain_names_, chain.entries, chain.area, kGroups[static_cast<int>(chain.role)]);
    chain.name = name.name;
    chain.directory = name.directory;
    if (rare(29, kRealChains) || chain.entries.empty()) {
      chain.entries.push_back({Entry::Kind::literal, index});
      chain.reach.add(reach_of(components_, chain.entries.back()));
    }
    if (random_.chance(207, kRealChains)) add_env(chain);
    components_.chains.push_back(std::move(chain));
    composer_.add_chain(index);
  }

  // Values for what has none first, then others.
  std::vector<std::uint32_t> choose(const Reach& reach, std::size_t number, bool all_required) {
    std::vector<std::uint32_t> chosen;
    for (const std::uint32_t parameter : reach.required) {
      if (all_required || random_.chance(1, 2)) chosen.push_back(parameter);
    }
    while (chosen.size() < number && !reach.declared.empty()) {
      const std::uint32_t parameter = random_.pick(reach.declared);
      --number;
      if (std::find(chosen.begin(), chosen.end(), parameter) == chosen.end()) {
        chosen.push_back(parameter);
      }
    }
    return chosen;
  }

  void add_env(Chain& chain) {
    const bool simple = chain.depth == 1;
    for (const std::uint32_t parameter : choose(chain.reach, 1 + random_.skewed(10), false)) {
      const bool open =
          std::binary_search(chain.reach.required.begin(), chain.reach.required.end(), parameter);
      // Without a value an entry only documents; in an outer chain it would hide an inner value.
      if (simple && !open && rare(22, 707)) {
        chain.env.push_back({parameter, std::nullopt});
        continue;
      }
      chain.env.push_back({parameter, components_.parameters[parameter].value});
      chain.reach.set(parameter);
    }
  }

  void make_workflow() {
    Workflow workflow;
    workflow.area = area();
    const auto fill = [&](Role role, std::size_t refs, std::size_t chains) {
      const auto phase = static_cast<std::size_t>(role);
      workflow.phases[phase] = composer_.compose({workflow.area, role, refs, chains, 0, 5, 28},
                                                 workflow.phase_reach[phase]);
    };
    if (random_.chance(922, kRealWorkflows)) {
      fill(Role::pre, random_.skewed(7), 1 + random_.chance(1, 3));
    }
    if (random_.chance(477, kRealWorkflows)) {
      fill(Role::test, 1 + random_.skewed(4), random_.chance(1, 4));
    }
    if (random_.chance(910, kRealWorkflows)) {
      fill(Role::post, random_.skewed(4), 1 + random_.chance(1, 4));
    }
    add_workflow(std::move(workflow));
  }

  void add_workflow(Workflow workflow) {
    const auto index = static_cast<std::uint32_t>(components_.workflows.size());
    const ComponentName name = name_for(workflow_names_, workflow.phases[0], workflow.area, "");
    workflow.name = name.name;
    workflow.directory = name.directory;
    workflows_of_[workflow.area].push_back(index);
    components_.workflows.push_back(std::move(workflow));
  }

  void place_unused() {
    for (std::uint32_t i = 0; i < components_.chains.size(); ++i) {
      place({Entry::Kind::chain, i}, components_.chains[i].area, components_.chains[i].role);
    }
    for (std::uint32_t i = 0; i < components_.steps.size(); ++i) {
      place({Entry::Kind::ref, i}, components_.steps[i].area, components_.steps[i].role);
    }
  }

  void place(const Entry& entry, std::uint32_t area_index, Role role) {
    constexpr int kPlaces = 6;
    constexpr std::size_t kMostSteps = 30;
    if (composer_.is_used(entry)) return;
    composer_.mark_used(entry);
    const auto phase = static_cast<std::size_t>(role);
    const Reach reach = reach_of(components_, entry);
    const auto& candidates = workflows_of_[area_index];
    for (int i = 0; i < kPlaces && !candidates.empty(); ++i) {
      Workflow& workflow = components_.workflows[random_.pick(candidates)];
      Reach& there = workflow.phase_reach[phase];
      if (there.steps.size() + reach.steps.size() > kMostSteps || !is_apart(there, reach)) continue;
      workflow.phases[phase].push_back(entry);
      there.add(reach);
      return;
    }
    Workflow workflow;
    workflow.area = area_index;
    workflow.phases[phase].push_back(entry);
    workflow.phase_reach[phase] = reach;
    add_workflow(std::move(workflow));
  }

  // What creates a cluster goes with what deletes it. The steps of an area lie side by side.
  void pair_cleanup(Workflow& workflow) {
    for (const std::uint32_t made : workflow.phase_reach[0].steps) {
      if (made >= components_.steps.size()) break;  // literal steps come last
      if (!components_.steps[made].name.ends_with("-cluster-create")) continue;
      const Entry undo{Entry::Kind::ref, made + 1};
      if (!is_apart(workflow.phase_reach[2], reach_of(components_, undo))) continue;
      workflow.phases[2].push_back(undo);
      workflow.phase_reach[2].add(reach_of(components_, undo));
    }
  }

  void finish(Workflow& workflow) {
    pair_cleanup(workflow);
    for (const Reach& reach : workflow.phase_reach) workflow.reach.add(reach);
    const auto index = static_cast<std::uint32_t>(&workflow - components_.workflows.data());
    if (rare(22, kRealWorkflows)) {
      const auto number = static_cast<std::uint32_t>(components_.chains.size()) + index;
      const Entry literal{Entry::Kind::literal, number};
      workflow.phases[1].push_back(literal);
    }
    Reach& reach = workflow.reach;
    const bool all = random_.chance(3, 4);
    if (random_.chance(426, kRealWorkflows) || (all && !reach.required.empty())) {
      for (const std::uint32_t parameter : choose(reach, 1 + random_.skewed(14), all)) {
        workflow.env.push_back({parameter, components_.parameters[parameter].value});
        reach.set(parameter);
      }
    }
    if (!reach.dependencies.empty() && rare(44, kRealWorkflows)) {
      workflow.dependencies.push_back({"release:latest", random_.pick(reach.dependencies)});
    }
    if (rare(12, kRealWorkflows)) {
      workflow.leases.push_back({name_of(components_.areas[workflow.area]) + "-address-pool",
                                 "ADDRESS_POOL_" + std::to_string(index)});
    }
    if (rare(32, kRealWorkflows)) workflow.profile = components_.profiles.front().name;
    workflow.best_effort = rare(120, kRealWorkflows);
    workflow.skip_on_success = rare(33, kRealWorkflows);
    workflow.dns = rare(6, kRealWorkflows);
  }

  Components& components_;
  Random random_;
  Composer composer_;
  Names chain_names_, workflow_names_;
  std::vector<std::vector<std::uint32_t>> workflows_of_;  // by area
};

}  // namespace

void make_compositions(Components& components, Random random) {
  Maker(components, random).make_all();
}

}  // namespace stepreg::generate
