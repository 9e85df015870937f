// Steps that the settings give limits, and that no test has (SR732).
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "diag/sink.h"
#include "model/settings.h"
#include "resolve/resolved.h"

namespace stepreg::rules {

// Collects from any number of tests. Refers to the settings.
class LimitNames {
 public:
  explicit LimitNames(const RunSettings* run);  // null: nothing to collect

  void add(const resolve::ResolvedTest& test);
  void add(std::string_view step);
  // Those of the settings' steps that a test has.
  const std::set<std::string_view>& found() const { return found_; }
  void report_unknown(Sink& sink) const;

 private:
  const RunSettings* run_;
  std::set<std::string_view> wanted_;
  std::set<std::string_view> found_;  // of those that are wanted
};

}  // namespace stepreg::rules
