// Baselines: what is refused is refused at a place of the file, and what is accepted can be
// written.
#include <algorithm>

#include "base/check.h"
#include "diag/baseline.h"
#include "fuzz.h"
#include "load/read.h"
#include "places.h"

namespace stepreg::fuzz {

namespace {

Diagnostic finding_like(const BaselineEntry& entry) {
  Diagnostic finding(entry.rule);
  finding.at = entry.at;
  finding.component = entry.key.component;
  finding.subject = entry.key.subject;
  finding.message = "as in the baseline";
  return finding;
}

// As many findings as the entries count, but of each at most `limit`.
std::vector<Diagnostic> findings_like(const Baseline& baseline, std::size_t limit) {
  std::vector<Diagnostic> findings;
  for (const BaselineEntry& entry : baseline.entries) {
    for (std::size_t i = 0; i < std::min(entry.count, limit); ++i) {
      findings.push_back(finding_like(entry));
    }
  }
  return findings;
}

Baseline parsed(std::string text, Sink& sink) {
  const SourceFile source("baseline.json", std::move(text));
  return parse_baseline(source, sink);
}

void try_text(std::string_view text) {
  const SeverityTable severities(Profile::strict);
  Sink sink(severities);
  const auto source = load::make_source(std::string(text), "baseline.json", sink);
  if (!source) return;
  const Baseline baseline = parse_baseline(*source, sink);
  check_places(sink.findings(), *source);
  std::vector<Diagnostic> findings = findings_like(baseline, 1);

  Sink again(severities);
  const std::string written = baseline_text(findings);
  const Baseline second = parsed(written, again);
  CHECK(again.findings().empty());
  CHECK(baseline_text(findings_like(second, findings.size())) == written);

  apply_baseline(baseline, {}, findings, sink);
  for (const Diagnostic& finding : findings) {
    // Without a component a finding is known by its file.
    CHECK(finding.state == Diagnostic::State::baselined || finding.component.empty());
  }
  check_places(sink.findings(), *source);
}

}  // namespace

}  // namespace stepreg::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  stepreg::fuzz::try_text(stepreg::fuzz::text_of(data, size));
  return 0;
}
