// `.stepreg.yaml`: whatever it says is read or refused at a place of the file, twice in the same
// way.
#include "base/check.h"
#include "fuzz.h"
#include "load/read.h"
#include "load/settings.h"
#include "places.h"
#include "rules/script_rules.h"
#include "rules/severity_settings.h"

namespace stepreg::fuzz {

namespace {

// All that is found, as a text that can be compared.
std::string findings_of(std::string_view text) {
  const SeverityTable severities(Profile::strict);
  Sink sink(severities);
  auto source = load::make_source(std::string(text), ".stepreg.yaml", sink);
  if (!source) return "unreadable";
  const auto loaded = load::decode_settings_text(std::move(source), "", sink);
  CHECK(loaded != nullptr);
  const rules::SeveritySettings chosen(*loaded, std::nullopt, sink);
  rules::shellcheck_use(loaded->settings, sink);
  check_places(sink.findings(), *loaded->source);
  std::vector<Diagnostic> findings = sink.take();
  chosen.apply_paths(findings);
  std::string all;
  for (const Diagnostic& finding : findings) {
    all += std::string(finding.rule.info().code) + " " + std::to_string(finding.at.line) + ":" +
           std::to_string(finding.at.column) + " " + finding.message + "\n";
  }
  return all;
}

}  // namespace

}  // namespace stepreg::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = stepreg::fuzz::text_of(data, size);
  CHECK(stepreg::fuzz::findings_of(text) == stepreg::fuzz::findings_of(text));
  return 0;
}
