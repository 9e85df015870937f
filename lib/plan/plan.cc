#include "plan/plan.h"

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

}  // namespace stepreg::plan
