// What chains expand to, whoever uses them: names of steps and the variables that these declare.
// For the rules of the registry; cycles and unknown names are survived.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/registry.h"

namespace stepreg::rules {

// A step within an expansion, and the place that names its variable or itself.
using NamedPlaces = std::map<std::string_view, Place>;

struct Expansion {
  NamedPlaces steps;         // by `as`
  NamedPlaces parameters;    // declared by steps, with the place of the first declaration
  NamedPlaces dependencies;  // variables of dependencies of steps
  // Something in it does not exist or is a cycle: what is not found may be there.
  bool incomplete = false;
};

// Of all chains of a registry, made once; may be used by several threads.
class Expansions {
 public:
  explicit Expansions(const Registry& registry);

  // Valid as long as this object. Of a chain of the registry.
  const Expansion& of(const ChainComponent& chain) const;
  // That of its chain, or `own`, which is then filled.
  const Expansion& of(const StepEntry& entry, Expansion& own) const;
  Expansion of(const ObjectList<StepEntry>& entries) const;

 private:
  struct Cached {
    Expansion expansion;
    bool open = true;  // being computed: asked for again, it is a cycle
  };
  void expand(const ChainComponent& chain);

  const Registry& registry_;
  std::unordered_map<const ChainComponent*, Cached> cached_;
};

// Chains and workflows that lead to each chain, directly or not: "chain/a", "workflow/b", in order
// of names.
class Users {
 public:
  explicit Users(const Registry& registry);
  std::vector<std::string> of_chain(std::string_view chain) const;

 private:
  std::unordered_map<std::string_view, std::vector<std::string>> direct_;
};

// Calls `visit(phase name, entries)` for `pre`, `test` and `post`.
template <class Visit>
void for_each_phase(const MultiStage& settings, Visit visit) {
  visit("pre", settings.pre);
  visit("test", settings.test);
  visit("post", settings.post);
}

}  // namespace stepreg::rules
