// Where rules put their findings. Not thread-safe: every task has a sink of its own, and sinks are
// merged in the order of the input, so that output does not depend on the number of threads.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "diag/diagnostic.h"

namespace stepreg {

// Severity of each rule after profile and settings; `off` rules are not recorded.
class SeverityTable {
 public:
  explicit SeverityTable(Profile profile = Profile::recommended);
  Severity of(RuleId id) const { return severities_[id.index()]; }
  void set(RuleId id, Severity severity) { severities_[id.index()] = severity; }
  Profile profile() const { return profile_; }

 private:
  Profile profile_;
  std::array<Severity, kRuleCount> severities_;
};

class Sink {
 public:
  explicit Sink(const SeverityTable& severities) : severities_(&severities) {}

  // A sink with the same severities, for another task.
  Sink empty_copy() const { return Sink(*severities_); }

  // Rules that are costly to evaluate ask first.
  bool wants(RuleId id) const { return severities_->of(id) != Severity::off; }
  Profile profile() const { return severities_->profile(); }
  const SeverityTable& severities() const { return *severities_; }

  // Adds a finding and returns it for notes and hints. A finding of a rule that is off goes to a
  // place that is thrown away. The reference is valid until the next call.
  Diagnostic& add(RuleId id, Place place, std::string message);
  Diagnostic& add_for_file(RuleId id, std::string path, std::string message);
  Diagnostic& add(RuleId id, Location at, std::string message);

  bool has_errors() const;
  // Their messages.
  std::vector<std::string> errors() const;
  // Nothing was ever added, not even of a rule that is off.
  bool untouched() const { return !touched_; }

  void merge(Sink&& other);
  // Findings that a sink of the same severities took.
  void restore(std::vector<Diagnostic>&& findings);
  // Names the component of those findings so far that have none; an id of "" leaves it open.
  template <class IdOf>
  void name_components(IdOf id_of) {
    for (Diagnostic& finding : findings_) {
      if (finding.component.empty()) finding.component = id_of(finding);
    }
  }
  std::vector<Diagnostic> take() { return std::exchange(findings_, {}); }
  const std::vector<Diagnostic>& findings() const { return findings_; }

 private:
  const SeverityTable* severities_;
  std::vector<Diagnostic> findings_;
  std::vector<Diagnostic> unwanted_;
  bool touched_ = false;
};

}  // namespace stepreg
