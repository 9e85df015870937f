#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "generate/components.h"
#include "generate/compose.h"
#include "generate/node.h"
#include "generate/random.h"

namespace stepreg::generate {

// Makes the entries of `tests` of one repository after the other.
class TestMaker {
 public:
  TestMaker(Components& components, Random random);

  // What the configuration of a repository gives to its tests.
  struct Surroundings {
    std::string org;
    std::vector<std::string> images;       // that it builds
    std::vector<std::string> test_images;  // in which container tests may run
    std::set<std::string> names;           // taken by tests and images
  };
  struct Test {
    Node node;
    bool needs_initial = false;  // the release
    bool multi_stage = false;
  };

  Test container_test(Surroundings& surroundings);
  Test multi_stage_test(Surroundings& surroundings);
  // Until every workflow and observer is used.
  bool has_unused() const { return next_unused_ < unused_.size() || next_observer_ < observers_; }

 private:
  std::uint32_t choose_workflow();
  void schedule(Node& test, bool may_be_periodic);
  std::string fresh_name(Surroundings& surroundings, std::string_view kind, std::size_t longest);
  void choose_profile(Node& test, Node& steps, const Workflow& workflow, const std::string& org);
  // A phase of the test's own; what it comes to is returned.
  Reach own_phase(Node& steps, Role role, const Workflow& workflow,
                  const Surroundings& surroundings);
  Node literal(Role role, std::size_t number, const Surroundings& surroundings);
  void literal_inputs(Node& step, const Surroundings& surroundings);
  void add_env(Node& steps, const Reach& reach, const Workflow& workflow);
  void add_rare(Node& steps, const Reach& reach, bool& needs_initial);
  bool rare(std::size_t part, std::size_t whole);

  Components& components_;
  Random random_;
  Composer composer_;
  std::vector<std::vector<std::uint32_t>> workflows_of_;  // by area
  std::vector<std::uint32_t> unused_;                     // workflows
  std::size_t next_unused_ = 0;
  std::size_t observers_, next_observer_ = 0;
};

}  // namespace stepreg::generate
