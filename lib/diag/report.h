// What one run of the linter found: the input of every output format.
#pragma once

#include <bitset>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "diag/pack.h"

namespace stepreg {

// The text of a file of this run by the path that findings use, or null. Formats that show fixes
// turn offsets into lines with it.
using SourceLookup = std::function<const SourceFile*(const std::string& path)>;

using RuleSet = std::bitset<kRuleCount>;

// Findings that an earlier run made, in the order of their paths, no path twice.
struct StillPacked {
  std::vector<PackedFindings> files;
  std::shared_ptr<const void> bytes;  // what they point into
};

struct Report {
  std::vector<Diagnostic> findings;  // in printed order; suppressed ones are among them
  StillPacked packed;                // more findings, in files that `findings` says nothing about
  std::size_t files_checked = 0;
  Profile profile = Profile::recommended;
  // Said once for the whole run: what was not checked, and why.
  std::vector<std::string> remarks;
  // Rules that this run could not decide (a tree is missing, shellcheck is not installed).
  // Suppressions and baseline entries of these are neither used nor stale.
  RuleSet undecided;
  bool complete = true;  // false: an internal error cut the run short
  SourceLookup sources;  // may be empty
};

struct FindingCounts {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  std::size_t infos = 0;
  std::size_t ignored = 0;    // by a comment
  std::size_t baselined = 0;  // known before
  std::size_t files = 0;      // that have at least one active finding
};
FindingCounts count_findings(const Report& report);

// Puts what is packed among the findings.
void unpack_all(Report& report);

// Is there an active finding of this severity or above?
bool has_finding_at(const Report& report, Severity threshold);

// In the order of printing; of equal ones the earlier stays first.
void sort_findings(std::vector<Diagnostic>& findings);
// The same with findings that count as earlier than all others.
void sort_findings(std::vector<Diagnostic>& findings, std::vector<Diagnostic>&& earlier);
// Of sorted findings that say the same of the same place only the first stays: a mistake in a
// component that ci-operator sees only through tests is found once per test.
void drop_repeated(std::vector<Diagnostic>& sorted);

}  // namespace stepreg
