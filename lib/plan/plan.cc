#include "plan/plan.h"

#include "base/text.h"

namespace stepreg::plan {

const char* phase_name(Phase phase) {
  switch (phase) {
    case Phase::pre:
      return "pre";
    case Phase::test:
      return "test";
    case Phase::post:
      break;
  }
  return "post";
}

const char* kind_name(Kind kind) {
  switch (kind) {
    case Kind::setup:
      return "setup";
    case Kind::test:
      return "test";
    case Kind::cleanup:
      return "cleanup";
    case Kind::collection:
      break;
  }
  return "collection";
}

namespace {

// Does the name say that the step only gathers data? "must-gather" has the word gather.
bool names_collection(std::string_view name) {
  for (std::string_view word : split(name, '-')) {
    if (word == "gather" || word == "collect" || word == "dump") return true;
  }
  return false;
}

}  // namespace

Kind default_kind(const Step& step) {
  if (step.phase == Phase::pre) return Kind::setup;
  if (step.phase == Phase::test) return Kind::test;
  if (step.optional_on_success || names_collection(step.name)) return Kind::collection;
  for (std::string_view component : step.path) {
    const bool step_or_chain = component.starts_with("chain/") || component.starts_with("ref/");
    if (step_or_chain && names_collection(component.substr(component.find('/') + 1))) {
      return Kind::collection;
    }
  }
  return Kind::cleanup;
}

}  // namespace stepreg::plan
