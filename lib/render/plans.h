// Plans of any number of tests in the forms that `stepreg resolve` prints.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plan/plan.h"

namespace stepreg::render {

enum class PlanFormat : std::uint8_t { table, wide, name, path, json, jsonl, yaml, script };

// Text piece by piece, so that memory does not grow with the number of plans. `one` says that the
// user asked for one job by name: `json` is then the plan itself; otherwise it is one document
// "stepreg.plans" with all of them, which says whether it is complete.
class PlanWriter {
 public:
  PlanWriter(PlanFormat format, bool one) : format_(format), one_(one) {}

  // What one plan looks like. `path` is the file that it comes from. Depends on nothing else, so
  // that it can be made on another thread; pieces go through `next` in their order.
  std::string piece(const plan::Plan& plan, const std::string& path) const;

  std::string begin() const;
  // What stands before a piece.
  std::string next();
  // `incomplete`: what could not be resolved, ids of tests or paths of configurations.
  std::string end(const std::vector<std::string>& incomplete) const;

 private:
  bool in_envelope() const { return format_ == PlanFormat::json && !one_; }

  PlanFormat format_;
  bool one_;
  bool first_ = true;
};

}  // namespace stepreg::render
