// A finding as data. Text and every machine format are made from it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "diag/rule_table.h"
#include "source/source_file.h"

namespace stepreg {

// Longer lines are not shown: a file of one huge line and many findings must not exhaust the
// memory.
inline constexpr std::size_t kMaxExcerptBytes = 600;

// A place as people and tools see it. Computed when the finding is made, so that a finding outlives
// the file it is about.
struct Location {
  std::string path;
  std::uint32_t line = 0;    // 1-based; 0: the file as a whole
  std::uint32_t column = 0;  // 1-based, in bytes of UTF-8
  std::uint32_t end_line = 0;
  std::uint32_t end_column = 0;  // behind the last byte
  std::string excerpt;           // the text of `line`, for printing; empty when it is too long

  static Location of(Place place);            // the YAML token at the place
  static Location of_file(std::string path);  // no line
};

// A second place that explains the finding: "declared here", "set here".
struct Note {
  Location at;
  std::string text;
};

// A change of the text that mends the finding.
struct Edit {
  std::string path;
  std::uint32_t offset = 0;  // in the file's UTF-8 text
  std::uint32_t length = 0;
  std::string replacement;
  // Writes a whole file (metadata); offset and length are then unused.
  bool whole_file = false;
};

struct Diagnostic {
  explicit Diagnostic(RuleId id) : rule(id) {}

  RuleId rule;
  Severity severity = Severity::error;  // set by the sink from profile and settings
  Location at;
  std::string message;  // lower case, no final stop, names in back quotes
  std::string hint;     // what to do, or a guess at what was meant; may be empty
  std::vector<Note> notes;
  // The component ("ref/NAME") or test id it is about; empty when neither is known.
  std::string component;
  // What in there: a variable, a field, a name. With rule and component it identifies the finding
  // without a line number, for baselines and fingerprints.
  std::string subject;
  // The way from the test to the place: "workflow/a", "chain/b", "ref/c".
  std::vector<std::string> way;
  std::vector<Edit> edits;
  Fix fix = Fix::none;  // of `edits`

  enum class State : std::uint8_t { active, ignored, baselined };
  State state = State::active;
  std::string state_reason;  // of an ignored one
};

// The order of everything printed: path, line, column, code, then message.
bool printed_before(const Diagnostic& a, const Diagnostic& b);

}  // namespace stepreg
