// Findings as compact bytes, for a cache.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/packing.h"
#include "diag/diagnostic.h"

namespace stepreg {

void pack_location(const Location& at, PackWriter& out);
Location unpack_location(PackReader& in);

// But for the state: findings are packed before anybody excuses them.
void pack_findings(const std::vector<Diagnostic>& findings, PackWriter& out);
// Findings of the same build. When `in` is no longer ok(), the bytes were something else.
std::vector<Diagnostic> unpack_findings(PackReader& in);

// The findings of one file that nobody has looked at yet: sorted, none of them excused.
struct PackedFindings {
  std::string path;  // that all of them are at
  std::size_t errors = 0, warnings = 0, infos = 0;
  std::string_view bytes;  // pack_findings() and nothing else

  bool has_any() const { return errors + warnings + infos > 0; }
};

// What takes one line to say of a finding.
struct FindingLine {
  RuleId rule;
  Severity severity = Severity::error;
  std::uint32_t line = 0, column = 0;
  std::string_view message;
};
std::vector<FindingLine> unpack_lines(const PackedFindings& packed);
std::vector<Diagnostic> unpack_findings(const PackedFindings& packed);

}  // namespace stepreg
