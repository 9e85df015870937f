// Components that tests reach, and those that none does (L11).
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "diag/sink.h"
#include "model/registry.h"
#include "resolve/resolved.h"

namespace stepreg::rules {

// A number for each component of a registry, from 0 on: steps, chains, workflows and observers,
// each in the order of their names.
class ComponentIds {
 public:
  explicit ComponentIds(const Registry& registry);

  std::size_t size() const { return ids_.size(); }
  const std::string& id(std::uint32_t number) const { return ids_[number]; }
  // Of an id such as "ref/a"; nullopt when the registry does not have it.
  std::optional<std::uint32_t> find(std::string_view id) const;

 private:
  std::deque<std::string> ids_;  // stay where they are
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

using ComponentNumbers = std::set<std::uint32_t>;

// Adds the components that a test names itself or has as observers.
void add_reached(const ComponentIds& ids, const resolve::ResolvedTest& test,
                 ComponentNumbers& reached);

// Collects from any number of tests. Refers to the registry.
class Reached {
 public:
  Reached(const Registry& registry, const ComponentIds& ids)
      : registry_(registry), reached_(ids.size()) {}

  void add(std::uint32_t component) { reached_[component] = true; }

  // Reports components that are not reached (SR323). A workflow that is used reaches all that it
  // names, also phases that its tests replace. Not reported: ids such as "ref/a" that match one of
  // the patterns (`*` and `?`) of `allowed`.
  void report_unused(const std::vector<std::string>& allowed, Sink& sink) const;

 private:
  const Registry& registry_;
  std::vector<bool> reached_;  // by number
};

}  // namespace stepreg::rules
