// The findings of a run as text: for people, and for every tool that reads findings of linters.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "diag/report.h"

namespace stepreg {

enum class FindingsFormat : std::uint8_t {
  full,        // with the lines of the files, carets, notes, hints
  concise,     // one line each: PATH:LINE:COLUMN: SEVERITY: MESSAGE [CODE NAME]
  json,        // one document, schemas/stepreg.findings.schema.json
  jsonl,       // the same, one object per line: `start`, `finding`..., `summary`
  sarif,       // SARIF 2.1.0
  github,      // workflow commands of GitHub Actions, most severe first (ten per step are shown)
  gitlab,      // code quality report
  junit,       // XML; a test case per finding
  checkstyle,  // XML
  rdjson,      // Reviewdog Diagnostic Format
};

// In the order above, each by the name of its constant.
std::span<const std::string_view> findings_format_names();
std::optional<FindingsFormat> findings_format(std::string_view name);
// What `auto` stands for.
FindingsFormat automatic_findings_format(bool in_github_actions);
// Is it read by people, so that summary_line() belongs beside it?
bool is_for_people(FindingsFormat format);

struct RenderOptions {
  bool colour = false;                 // full and concise
  Severity fail_on = Severity::error;  // junit: what counts as a failure
  unsigned jobs = 1;                   // threads; concise
};

// Only the concise format takes findings that are still packed (and only in pieces, see below): for
// the others they are unpacked first.
//
// Complete and valid also without findings; ends with a line break unless it is empty. Suppressed
// findings appear in json, jsonl, sarif and junit, marked as such, and nowhere else.
std::string render_findings(FindingsFormat format, const Report& report,
                            const RenderOptions& options);
// The same in pieces, so that a long text need not be in memory as a whole.
void render_findings(FindingsFormat format, const Report& report, const RenderOptions& options,
                     const std::function<void(std::string_view)>& out);

// "2 errors, 1 warning in 3 files; 14 files checked; 1 ignored", without a line break.
std::string summary_line(const Report& report);

}  // namespace stepreg
