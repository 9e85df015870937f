// All rules in one list, sorted by code.
//
//   sink.add(rule("SR401"), place, "...");
//
// rule() is evaluated by the compiler: a code that is not in the list does not compile.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "diag/rule.h"
#include "diag/table/sr0_yaml.h"
#include "diag/table/sr1_layout.h"
#include "diag/table/sr2_fields.h"
#include "diag/table/sr3_graph.h"
#include "diag/table/sr4_parameters.h"
#include "diag/table/sr5_scripts.h"
#include "diag/table/sr6_configs.h"
#include "diag/table/sr7_cleanup.h"
#include "diag/table/sr8_people.h"
#include "diag/table/sr9_settings.h"

namespace stepreg {

namespace internal {

template <std::size_t... Sizes>
constexpr auto joined(const RuleInfo (&... groups)[Sizes]) {
  std::array<const RuleInfo*, (Sizes + ...)> all{};
  std::size_t used = 0;
  const auto append = [&](const auto& group) {
    for (const RuleInfo& row : group) all[used++] = &row;
  };
  (append(groups), ...);
  return all;
}

inline constexpr auto kAllRules =
    joined(kYamlRules, kLayoutRules, kFieldRules, kGraphRules, kParameterRules, kScriptRules,
           kConfigRules, kCleanupRules, kPeopleRules, kSettingsRules);

constexpr bool sorted_and_unique() {
  for (std::size_t i = 1; i < kAllRules.size(); ++i) {
    if (kAllRules[i - 1]->code >= kAllRules[i]->code) return false;
    for (std::size_t k = 0; k < i; ++k) {
      if (kAllRules[k]->name == kAllRules[i]->name) return false;
    }
  }
  return true;
}
static_assert(sorted_and_unique(), "codes are sorted; codes and names are used once");

}  // namespace internal

// A rule of the list; cheap to copy and compare.
class RuleId {
 public:
  constexpr explicit RuleId(std::size_t index) : index_(static_cast<std::uint16_t>(index)) {}
  const RuleInfo& info() const { return *internal::kAllRules[index_]; }
  constexpr std::size_t index() const { return index_; }
  constexpr bool operator==(const RuleId&) const = default;

 private:
  std::uint16_t index_;
};

inline constexpr std::size_t kRuleCount = internal::kAllRules.size();

consteval RuleId rule(std::string_view code) {
  for (std::size_t i = 0; i < kRuleCount; ++i) {
    if (internal::kAllRules[i]->code == code) return RuleId(i);
  }
  throw "no such rule";  // reached only by the compiler
}

// By code or name, in any letter case; the caller must handle "not found" (false).
bool find_rule(std::string_view code_or_name, RuleId& found);
// The nearest code or name, or empty.
std::string_view guess_rule(std::string_view code_or_name);

}  // namespace stepreg
