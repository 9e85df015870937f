#pragma once

#include <vector>

#include "generate/components.h"
#include "generate/random.h"

namespace stepreg::generate {

// Chooses entries for chains, workflows and tests: of one area and the common one, for one phase,
// and no step twice. What nobody uses yet comes first.
class Composer {
 public:
  Composer(Components& components, Random random);

  struct Wish {
    std::uint32_t area = 0;
    Role role = Role::pre;
    std::size_t refs = 0, chains = 0;
    std::size_t depth = 0;        // one chain of this depth first; 0: none
    std::size_t most_depth = 0;   // of other chains
    std::size_t most_steps = 66;  // the longest real test
  };
  // May give fewer than wished for. `reach` is what is there already and grows.
  std::vector<Entry> compose(const Wish& wish, Reach& reach);

  void add_chain(std::uint32_t index);  // it can be chosen from now on
  bool is_used(const Entry& entry) const;
  void mark_used(const Entry& entry);

 private:
  struct Shelf {
    std::vector<std::uint32_t> steps, unused_steps;
    std::vector<std::vector<std::uint32_t>> chains;  // by depth
    std::vector<std::uint32_t> unused_chains;
  };
  Shelf& shelf(std::uint32_t area, Role role) {
    return shelves_[std::size_t{area} * 3 + static_cast<std::size_t>(role)];
  }
  bool add_step(const Wish& wish, Reach& reach, std::vector<Entry>& entries);
  bool add_chain_of(const Wish& wish, std::size_t depth, Reach& reach, std::vector<Entry>& entries);
  bool add_entry(const Wish& wish, const Entry& entry, Reach& reach, std::vector<Entry>& entries);

  Components& components_;
  Random random_;
  std::vector<Shelf> shelves_;
  std::vector<bool> used_steps_, used_chains_;
};

}  // namespace stepreg::generate
