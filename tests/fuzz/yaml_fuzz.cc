// YAML to a document: a tree whose nodes lie in the text, and whose aliases end.
#include <algorithm>
#include <vector>

#include "base/check.h"
#include "document_tree.h"
#include "fuzz.h"
#include "load/read.h"
#include "places.h"
#include "yaml/document.h"
#include "yaml/pack.h"

namespace stepreg::fuzz {

namespace {

// A second document is left out, the first one is read.
bool is_refused(const std::vector<Diagnostic>& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const Diagnostic& finding) {
    return finding.severity == Severity::error && finding.rule != rule("SR014");
  });
}

// What is kept of a document gives the same document; what was damaged gives another or none.
void check_packing(const yaml::Document& document) {
  const auto packed = yaml::pack(document);
  if (!packed) return;
  const auto again = yaml::unpack(document.file(), *packed);
  CHECK(again != nullptr);
  CHECK(yaml::pack(*again) == packed);
  check_tree(*again);
  std::string damaged = *packed;
  const std::string_view text = document.file().text();
  for (std::size_t at = 0; at < std::min(text.size(), damaged.size()); ++at) {
    damaged[at] = static_cast<char>(damaged[at] ^ text[text.size() - 1 - at]);
  }
  const auto other = yaml::unpack(document.file(), damaged);
  if (other) check_tree(*other);
}

void try_text(std::string_view text) {
  const SeverityTable severities;
  Sink sink(severities);
  const auto source = load::make_source(std::string(text), "input.yaml", sink);
  if (!source) return;
  const auto document = yaml::parse(*source, sink);
  check_places(sink.findings(), *source);
  CHECK((document == nullptr) == is_refused(sink.findings()));
  if (!document) return;
  check_tree(*document);
  check_packing(*document);
}

}  // namespace

}  // namespace stepreg::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  stepreg::fuzz::try_text(stepreg::fuzz::text_of(data, size));
  return 0;
}
