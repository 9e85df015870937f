// What steps ask of the configuration they run under (registry.md R342, R386, L15, L21). For the
// files of this room only.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "rules/config_parts.h"
#include "rules/pipeline_images.h"

namespace stepreg::rules {

class StepsAgainstConfig {
 public:
  explicit StepsAgainstConfig(const TestCheck& test);

  // `in_test`: the step stands in the test itself, so findings point at it; else they point at the
  // test and mention the step.
  void check_images(const Step& step, bool in_test);
  void check_streams(const Step& step, bool in_test);

 private:
  Diagnostic& add(RuleId id, const Step& step, bool in_test, Place in_step, std::string subject,
                  const std::string& what);
  void check_imported(const Step& step, bool in_test);

  const TestCheck& test_;
  std::set<std::string> reported_;  // rule and name: once per test
};

}  // namespace stepreg::rules
