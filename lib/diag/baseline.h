// A baseline excuses the findings that were there when it was written, so that a tool can be
// adopted on an old tree and only new findings fail. An entry is a rule, a component and a subject
// with a count; without lines, so that edits elsewhere in a file change nothing.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "diag/identity.h"
#include "diag/report.h"
#include "diag/sink.h"
#include "source/source_file.h"

namespace stepreg {

struct BaselineEntry {
  FindingKey key;
  RuleId rule;
  std::size_t count = 0;
  Location at;  // in the baseline file
};

struct Baseline {
  std::vector<BaselineEntry> entries;
};

// Reads a baseline; what is wrong with it goes to `sink` (SR911, SR912) and is left out. The keys
// are exact: a mistyped `subject` would excuse nothing, so unknown fields are refused.
Baseline parse_baseline(const SourceFile& file, Sink& sink);

// Marks as many findings as an entry counts, in their order, as baselined. Entries that count more
// than there is go to `sink` (SR913), unless their rule is off or undecided.
void apply_baseline(const Baseline& baseline, const RuleSet& undecided,
                    std::vector<Diagnostic>& findings, Sink& sink);

// The same for the findings of an earlier state of the tree: as many of each key as there were then
// are marked, with the reason given.
void excuse_all(const std::vector<Diagnostic>& before, const std::string& reason,
                std::vector<Diagnostic>& findings);

// The baseline that excuses all findings but the ignored ones and those about settings,
// suppressions and baselines themselves (SR9). JSON, one entry per line, sorted.
std::string baseline_text(const std::vector<Diagnostic>& findings);

}  // namespace stepreg
