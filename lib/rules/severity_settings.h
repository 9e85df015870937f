// Which rule is how severe, by profile and `.stepreg.yaml`.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "diag/sink.h"
#include "load/settings.h"

namespace stepreg::rules {

class SeveritySettings {
 public:
  // `profile` is the command line's; without it the settings choose, else it is `recommended`.
  // Names of rules and severities that do not exist go to `sink` (SR921, SR922, SR923).
  SeveritySettings(const load::LoadedSettings& settings, std::optional<Profile> profile,
                   Sink& sink);

  // For sinks: the severity of each rule, or the highest that some path gives it.
  const SeverityTable& table() const { return table_; }

  // Does a rule have different severities at different paths?
  bool by_path() const { return !overrides_.empty(); }
  // Gives findings the severity of their path and drops those that are off there. Of several
  // overrides that match a path the last one wins.
  void apply_paths(std::vector<Diagnostic>& findings) const;

 private:
  struct Override {
    std::vector<std::string> patterns;
    std::map<std::size_t, Severity> rules;  // by RuleId::index()
  };

  Severity severity_at(RuleId rule, std::string_view path) const;

  SeverityTable base_;
  SeverityTable table_;
  std::string prefix_;  // of paths below the settings file, as findings show them
  std::vector<Override> overrides_;
};

}  // namespace stepreg::rules
