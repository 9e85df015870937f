// Says what is wrong with a plan.
#include <cstdio>

#include "plan/json.h"

int main(int argc, char** argv) {
  const auto parsed = stepreg::plan::from_json(argc > 1 ? argv[1] : "");
  for (const auto& [where, text] : parsed.problems) {
    std::printf("%s: %s\n", where.c_str(), text.c_str());
  }
  return 0;
}
