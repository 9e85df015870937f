#include "generate/compose.h"

#include <algorithm>

namespace stepreg::generate {

namespace {
constexpr int kTries = 8;
}

Composer::Composer(Components& components, Random random)
    : components_(components),
      random_(random),
      shelves_(components.areas.size() * 3),
      used_steps_(components.steps.size()) {
  for (std::uint32_t i = 0; i < components.steps.size(); ++i) {
    const Step& step = components.steps[i];
    Shelf& its = shelf(step.area, step.role);
    its.steps.push_back(i);
    its.unused_steps.push_back(i);
  }
  // The first are taken last, and creating a cluster comes first in its area.
  for (Shelf& its : shelves_) std::reverse(its.unused_steps.begin(), its.unused_steps.end());
}

bool Composer::is_used(const Entry& entry) const {
  if (entry.kind == Entry::Kind::literal) return true;
  const auto& used = entry.kind == Entry::Kind::ref ? used_steps_ : used_chains_;
  return entry.index < used.size() && used[entry.index];
}

void Composer::mark_used(const Entry& entry) {
  if (entry.kind == Entry::Kind::literal) return;
  auto& used = entry.kind == Entry::Kind::ref ? used_steps_ : used_chains_;
  if (used.size() <= entry.index) used.resize(entry.index + 1);
  used[entry.index] = true;
}

void Composer::add_chain(std::uint32_t index) {
  const Chain& chain = components_.chains[index];
  Shelf& its = shelf(chain.area, chain.role);
  if (its.chains.size() <= chain.depth) its.chains.resize(chain.depth + 1);
  its.chains[chain.depth].push_back(index);
  its.unused_chains.push_back(index);
}

bool Composer::add_entry(const Wish& wish, const Entry& entry, Reach& reach,
                         std::vector<Entry>& entries) {
  const Reach its = reach_of(components_, entry);
  if (its.steps.size() + reach.steps.size() > wish.most_steps || !is_apart(its, reach))
    return false;
  reach.add(its);
  entries.push_back(entry);
  mark_used(entry);
  return true;
}

bool Composer::add_step(const Wish& wish, Reach& reach, std::vector<Entry>& entries) {
  for (int i = 0; i < kTries; ++i) {
    Shelf& its = shelf(random_.chance(1, 6) ? 0 : wish.area, wish.role);
    std::vector<std::uint32_t>& unused = its.unused_steps;
    while (!unused.empty() && used_steps_[unused.back()]) unused.pop_back();
    if (its.steps.empty()) continue;
    const bool fresh = !unused.empty() && random_.chance(1, 2);
    const std::uint32_t index = fresh ? unused.back() : its.steps[random_.skewed(its.steps.size())];
    if (add_entry(wish, {Entry::Kind::ref, index}, reach, entries)) return true;
  }
  return false;
}

bool Composer::add_chain_of(const Wish& wish, std::size_t depth, Reach& reach,
                            std::vector<Entry>& entries) {
  for (int i = 0; i < kTries; ++i) {
    Shelf& its = shelf(random_.chance(1, 6) ? 0 : wish.area, wish.role);
    const std::size_t deep = depth != 0 ? depth : 1 + random_.skewed(wish.most_depth);
    std::vector<std::uint32_t>& unused = its.unused_chains;
    while (!unused.empty() && is_used({Entry::Kind::chain, unused.back()})) unused.pop_back();
    if (depth == 0 && !unused.empty() && random_.chance(1, 2) &&
        components_.chains[unused.back()].depth <= wish.most_depth) {
      if (add_entry(wish, {Entry::Kind::chain, unused.back()}, reach, entries)) return true;
    }
    if (its.chains.size() <= deep || its.chains[deep].empty()) continue;
    const auto& candidates = its.chains[deep];
    const std::uint32_t index = candidates[random_.skewed(candidates.size())];
    if (add_entry(wish, {Entry::Kind::chain, index}, reach, entries)) return true;
  }
  return false;
}

std::vector<Entry> Composer::compose(const Wish& wish, Reach& reach) {
  std::vector<Entry> entries;
  if (wish.depth != 0) {
    for (std::size_t depth = wish.depth; depth > 0; --depth) {
      if (add_chain_of(wish, depth, reach, entries)) break;
    }
  }
  std::size_t refs = wish.refs;
  std::size_t chains = wish.chains;
  while (refs + chains > 0) {
    const bool chain = random_.below(refs + chains) < chains;
    if (chain && wish.most_depth > 0) add_chain_of(wish, 0, reach, entries);
    if (!chain) add_step(wish, reach, entries);
    chain ? --chains : --refs;
  }
  return entries;
}

}  // namespace stepreg::generate
