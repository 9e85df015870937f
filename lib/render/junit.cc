// JUnit XML: a suite per file, a case per finding. A finding that does not fail the run is a case
// that passes and says so in its output; a suppressed one is skipped.
#include <cstddef>
#include <string_view>

#include "base/text.h"
#include "base/xml.h"
#include "render/formats.h"
#include "render/style.h"

namespace stepreg::formats {

namespace {

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + xml_escaped(value) + "\"";
}

std::string failure_text(const Diagnostic& finding) {
  std::string text = place_text(finding.at) + ": " + finding.message;
  for (const Note& note : finding.notes) {
    text += "\n" + (note.at.path.empty() ? "note" : place_text(note.at)) + ": " + note.text;
  }
  if (!finding.way.empty()) text += "\nway: " + join(finding.way, " > ");
  if (!finding.hint.empty()) text += "\nhelp: " + finding.hint;
  return text;
}

std::string skipped(const Diagnostic& finding) {
  const std::string_view how =
      finding.state == Diagnostic::State::ignored ? "ignored by a comment" : "in the baseline";
  const std::string reason = finding.state_reason.empty() ? "" : ": " + finding.state_reason;
  return "<skipped" + attribute("message", std::string(how) + reason) + "/>";
}

std::string test_case(const Diagnostic& finding, Severity fail_on) {
  const RuleInfo& info = finding.rule.info();
  std::string out = "    <testcase" + attribute("classname", finding.at.path) +
                    attribute("name", std::string(info.code) + " " + std::string(info.name) + ": " +
                                          finding.message);
  if (finding.at.line > 0) out += attribute("line", std::to_string(finding.at.line));
  out += ">\n      ";
  if (finding.state != Diagnostic::State::active) {
    out += skipped(finding);
  } else if (finding.severity >= fail_on) {
    out += "<failure" + attribute("type", severity_name(finding.severity)) +
           attribute("message", finding.message) + ">" + xml_escaped(failure_text(finding)) +
           "</failure>";
  } else {
    out +=
        "<system-out>" +
        xml_escaped(std::string(severity_name(finding.severity)) + ": " + failure_text(finding)) +
        "</system-out>";
  }
  return out + "\n    </testcase>\n";
}

struct Tally {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t skipped = 0;

  void add(const Diagnostic& finding, Severity fail_on) {
    ++tests;
    if (finding.state != Diagnostic::State::active) {
      ++skipped;
    } else if (finding.severity >= fail_on) {
      ++failures;
    }
  }
  std::string attributes() const {
    return attribute("tests", std::to_string(tests)) +
           attribute("failures", std::to_string(failures)) + attribute("errors", "0") +
           attribute("skipped", std::to_string(skipped));
  }
};

std::string suite(std::string_view name, const Tally& tally, std::string_view cases) {
  return "  <testsuite" + attribute("name", name) + tally.attributes() + ">\n" +
         std::string(cases) + "  </testsuite>\n";
}

}  // namespace

std::string junit(const Report& report, const RenderOptions& options) {
  std::string suites;
  Tally all;
  for (std::size_t i = 0; i < report.findings.size();) {
    const std::string& path = report.findings[i].at.path;
    Tally tally;
    std::string cases;
    for (; i < report.findings.size() && report.findings[i].at.path == path; ++i) {
      cases += test_case(report.findings[i], options.fail_on);
      tally.add(report.findings[i], options.fail_on);
      all.add(report.findings[i], options.fail_on);
    }
    suites += suite(path, tally, cases);
  }
  if (report.findings.empty()) {
    // Consumers take a document without a case for a run that never happened.
    const std::string passed =
        "    <testcase" + attribute("classname", "stepreg") +
        attribute("name", counted(report.files_checked, "file") + " without findings") + "/>\n";
    all.tests = 1;
    suites = suite("stepreg", all, passed);
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + attribute("name", "stepreg") +
         all.attributes() + ">\n" + suites + "</testsuites>\n";
}

}  // namespace stepreg::formats
