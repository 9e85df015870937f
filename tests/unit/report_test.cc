#include "diag/report.h"

#include <doctest/doctest.h>

using namespace stepreg;

TEST_CASE("of equal findings the earlier ones stay first, whatever is sorted behind them") {
  const auto finding = [](const char* path, std::uint32_t line, const char* component) {
    Diagnostic made(rule("SR401"));
    made.at = Location::of_file(path);
    made.at.line = line;
    made.component = component;
    return made;
  };
  std::vector<Diagnostic> findings;
  for (const auto& [path, line] :
       {std::pair{"b", 2U}, {"a", 9U}, {"b", 1U}, {"a", 9U}, {"c", 1U}}) {
    findings.push_back(finding(path, line, "late"));
  }
  sort_findings(findings,
                {finding("b", 1, "early"), finding("a", 9, "early"), finding("a", 1, "early")});
  std::string order;
  for (const Diagnostic& each : findings) {
    order += each.at.path + std::to_string(each.at.line) + each.component + " ";
  }
  CHECK(order == "a1early a9early a9late a9late b1early b1late b2late c1late ");
}
