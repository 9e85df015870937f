#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "generate/components.h"
#include "generate/naming.h"
#include "generate/random.h"

namespace stepreg::generate {

// Fills `components.steps` and `components.parameters`; areas and shape are there before.
class StepMaker {
 public:
  StepMaker(Components& components, Names& names, Random random);
  // Every area but the first has a step `AREA-cluster-create` for pre and `AREA-cluster-delete` for
  // post, in this order at the begin of the list.
  void make_all();

 private:
  void make(std::uint32_t area, Role role, std::string_view fixed);
  std::uint32_t parameter_of(std::uint32_t area);
  void add_env(Step& step);
  void add_inputs(Step& step);
  void add_limits(Step& step);
  void share_script(Step& step);
  bool rare(std::size_t part, std::size_t whole);
  static bool is_cleanup(const Step& step);

  Components& components_;
  Names& names_;
  Random random_;
  std::vector<std::vector<std::uint32_t>> pools_;  // parameters by area
  std::set<std::string> parameter_names_;
};

}  // namespace stepreg::generate
