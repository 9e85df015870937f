#include "judged.h"

#include "base/check.h"
#include "diag/suppression.h"
#include "load/read.h"
#include "load/source_pool.h"
#include "memory_file.h"
#include "rules/lint.h"
#include "rules/severity_settings.h"

namespace stepreg::fuzz {

namespace {

constexpr const char* kClaims = "claims.yaml";

// The only part of a project that is read by its path.
MemoryFile& claims_file() {
  static MemoryFile file;
  return file;
}

void say(const Location& at, const std::string& text, std::string& out) {
  out += at.path + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + "-" +
         std::to_string(at.end_line) + ":" + std::to_string(at.end_column) + " " + text + "\n";
}

}  // namespace

Judged::Judged(const Texts& texts) {
  const SeverityTable severities(Profile::strict);
  Sink sink(severities);
  read_settings(texts, sink);
  open(texts, sink);
  const rules::SeveritySettings chosen(*project_.settings, std::nullopt, sink);
  rules::Linted linted = rules::lint(project_, {}, sink);
  CHECK(linted.failure.empty());
  strict_ = std::move(linted.findings);
  findings_ = strict_;
  chosen.apply_paths(findings_);

  std::vector<const SourceFile*> commented = project_.registry->commented;
  for (const auto& config : linted.commented_configs) commented.push_back(config.get());
  Sink about = sink.empty_copy();
  apply_suppressions(commented, linted.undecided, findings_, about);
  for (Diagnostic& finding : about.take()) findings_.push_back(std::move(finding));
  sort_findings(findings_);
  read_sources(texts);
}

void Judged::read_settings(const Texts& texts, Sink& sink) {
  const std::string path(load::kSettingsName);
  const auto found = texts.find(path);
  auto source = found == texts.end() ? nullptr : load::make_source(found->second, path, sink);
  project_.settings = load::decode_settings_text(std::move(source), "", sink);
}

void Judged::open(const Texts& texts, Sink& sink) {
  project_.registry_root = "registry";
  project_.configs_root = "config";
  project_.registry_files = std::make_shared<MemoryTree>(project_.registry_root, texts);
  project_.config_files = std::make_shared<MemoryTree>(project_.configs_root, texts);
  if (const auto claims = texts.find(kClaims); claims != texts.end()) {
    claims_file().fill(claims->second);
    project_.claims_path = claims_file().path();
  }
  CHECK(load::open_project(project_, sink).has_value());
}

void Judged::read_sources(const Texts& texts) {
  const SeverityTable severities;
  Sink unwanted(severities);
  for (const auto& [path, text] : texts) {
    const std::string shown = path == kClaims ? project_.claims_path : path;
    if (auto source = load::make_source(text, shown, unwanted)) sources_[shown] = std::move(source);
  }
}

const RunSettings* Judged::run() const {
  const Located<RunSettings>& run = project_.settings->settings.run;
  return run.present() ? &*run : nullptr;
}

SourceLookup Judged::sources() const {
  return [this](const std::string& path) -> const SourceFile* {
    const auto found = sources_.find(path);
    return found == sources_.end() ? nullptr : found->second.get();
  };
}

std::string Judged::printed() const {
  std::string out;
  for (const Diagnostic& finding : findings_) {
    say(finding.at,
        std::string(finding.rule.info().code) + " " + severity_name(finding.severity).data() + " " +
            finding.message + "|" + finding.hint + "|" + finding.component + "|" + finding.subject +
            "|" + finding.state_reason,
        out);
    for (const Note& note : finding.notes) say(note.at, "note: " + note.text, out);
    for (const Edit& edit : finding.edits) {
      out += "edit: " + edit.path + ":" + std::to_string(edit.offset) + "+" +
             std::to_string(edit.length) + " " + edit.replacement + "\n";
    }
  }
  return out;
}

}  // namespace stepreg::fuzz
