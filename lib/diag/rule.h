// A lint rule: what it is called, how severe it is, and how it is explained. The rules themselves
// stand in diag/table/*.h, one row each; code, name and texts are public and stable.
#pragma once

#include <cstdint>
#include <string_view>

namespace stepreg {

enum class Severity : std::uint8_t { off, info, warning, error };
std::string_view severity_name(Severity severity);  // "off", "info", "warning", "error"

// Choose rules and severities (decisions.md, "Rules, severities, profiles").
enum class Profile : std::uint8_t { ci_operator, recommended, strict };
std::string_view profile_name(Profile profile);  // "ci-operator", "recommended", "strict"

// Whether `--fix` can mend a finding: never, without changing what a tree that works means, or only
// by a guess at what was meant. Of a rule: the best that a finding may have.
enum class Fix : std::uint8_t { none, safe, unsafe };

struct Severities {
  Severity ci_operator = Severity::off;
  Severity recommended = Severity::off;
  Severity strict = Severity::off;
};

// ci-operator refuses it, and so do we, in every profile.
inline constexpr Severities kRefused{Severity::error, Severity::error, Severity::error};
// Cannot work or loses something, although ci-operator accepts it.
inline constexpr Severities kBeyondError{Severity::off, Severity::error, Severity::error};
inline constexpr Severities kBeyondWarning{Severity::off, Severity::warning, Severity::warning};
inline constexpr Severities kBeyondInfo{Severity::off, Severity::info, Severity::info};
inline constexpr Severities kStrictWarning{Severity::off, Severity::off, Severity::warning};
inline constexpr Severities kStrictInfo{Severity::off, Severity::off, Severity::info};
// Refused by ci-operator for a reason that we do not share.
inline constexpr Severities kOnlyCiOperator{Severity::error, Severity::off, Severity::off};

struct RuleInfo {
  std::string_view code;  // "SR401"
  std::string_view name;  // "env-undeclared"
  Severities severities;
  std::string_view summary;  // one line, lower case, no final stop: what a finding says in general
  // One or more sentences: why it matters and what to do. Names the specification's number where
  // there is one, as "(R050)" or "(L101)".
  std::string_view explanation;
  std::string_view bad;   // a small example that fires; YAML or shell
  std::string_view good;  // the same, mended
  Fix fix = Fix::none;
};

Severity severity_in(const RuleInfo& rule, Profile profile);

}  // namespace stepreg
