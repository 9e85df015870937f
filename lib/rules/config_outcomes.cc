#include "rules/config_outcomes.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "base/checksum.h"
#include "base/stage.h"
#include "base/varint.h"
#include "diag/pack.h"
#include "diag/report.h"
#include "load/read.h"
#include "rules/outcome_cache.h"

namespace stepreg::rules {

namespace {

// Every component that a configuration names. Names that do not exist stand in the names of all.
ComponentNumbers named_by(const Config& config, const ComponentIds& ids) {
  ComponentNumbers found;
  const auto add = [&](const char* kind, const Text& name) {
    const auto number = name ? ids.find(kind + std::string(*name)) : std::nullopt;
    if (number) found.insert(*number);
  };
  for (const Located<TestEntry>& test : config.tests) {
    const MultiStage& settings = *test->steps;
    add("workflow/", settings.workflow);
    for_each_phase(settings, [&](const char*, const ObjectList<StepEntry>& entries) {
      for (const Located<StepEntry>& entry : entries) {
        add("ref/", entry->ref);
        add("chain/", entry->chain);
        for (const Text& name : entry->literal->observers) add("observer/", name);
      }
    });
    for (const Text& name : settings.observers->enable) add("observer/", name);
    for (const Text& name : settings.observers->disable) add("observer/", name);
  }
  return found;
}

std::string digest_of_rest(const load::LoadedSettings& settings, const ComponentDigests& digests) {
  std::string out = digests.of_whole();
  put_piece(out, settings.path);
  if (settings.source) out += settings.source->text();
  return digest_of(out);
}

// Sorted, and none of them twice: as they are printed.
void pack_file(std::vector<Diagnostic> findings, PackWriter& out) {
  sort_findings(findings);
  drop_repeated(findings);
  for (const Severity severity : {Severity::error, Severity::warning, Severity::info}) {
    out.number(static_cast<std::uint64_t>(
        std::count_if(findings.begin(), findings.end(),
                      [&](const Diagnostic& each) { return each.severity == severity; })));
  }
  PackWriter own;
  pack_findings(findings, own);
  out.number(own.bytes().size());
  out.raw(own.bytes());
}

}  // namespace

ConfigOutcomes::Kept::Kept(std::unique_ptr<load::FileCache> file, const Whole& whole)
    : cache(std::move(file)),
      digests(whole.registry(), whole.ids),
      rest(digest_of_rest(*whole.project.settings, digests)) {}

ConfigOutcomes::ConfigOutcomes(const Whole& whole, const Sink& sink) : whole_(whole) {
  const load::Project& project = whole.project;
  if (auto cache = outcome_cache_of_configs(project, sink.severities())) {
    kept_.emplace(std::move(cache), whole);
  }
}

// Before the file is read. Nullopt when nothing may be remembered of it.
std::optional<load::FileStamp> ConfigOutcomes::stamp(const std::string& path) const {
  const load::Project& project = whole_.project;
  const bool is_replaced =
      project.replaced && project.replaced->path == project.config_files->shown(path);
  return kept_ && !is_replaced ? project.config_files->stamp(path) : std::nullopt;
}

// What keep() writes: what the findings rest on, and what is the same as long as that is.
std::optional<ConfigOutcome> ConfigOutcomes::recall(const std::string& path,
                                                    const load::FileStamp& stamp,
                                                    Sink& sink) const {
  const StageMark mark(Stage::read);
  const auto kept = kept_->cache->find(path, stamp);
  if (!kept) return std::nullopt;
  PackReader in(kept->made);
  if (in.raw(kept_->rest.size()) != kept_->rest) return std::nullopt;
  const ComponentDigests& digests = kept_->digests;
  for (std::uint64_t left = in.count(); left > 0; --left) {
    const std::uint64_t component = in.number();
    const std::string_view digest = in.raw(ComponentDigests::kBytes);
    if (component >= digests.size() || digests.of(component) != digest) return std::nullopt;
  }
  for (std::uint64_t left = in.count(); left > 0; --left) {
    const std::uint64_t component = in.number();
    const auto line = static_cast<std::uint32_t>(in.number());
    const std::uint64_t digest = in.number();
    if (component >= digests.size() || digests.of_lines(component, line) != digest) {
      return std::nullopt;
    }
  }
  ConfigOutcome outcome = unpack_outcome(whole_, in);
  const bool has_comments = in.number() != 0;
  std::vector<Diagnostic> elsewhere = unpack_findings(in);
  PackedFindings& own = outcome.packed.emplace();
  own.path = whole_.project.config_files->shown(path);
  for (std::size_t* count : {&own.errors, &own.warnings, &own.infos}) *count = in.number();
  own.bytes = in.raw(in.number());
  if (!in.ok() || !in.at_end()) return std::nullopt;
  if (has_comments) {
    Sink unwanted = sink.empty_copy();
    outcome.commented = load::read_source(*whole_.project.config_files, path, unwanted);
    if (!outcome.commented) return std::nullopt;
    sink.restore(unpack_findings(own));
    outcome.packed.reset();
  }
  sink.restore(std::move(elsewhere));
  return outcome;
}

// How much of the files of components can be seen in the findings: of one that a note points at the
// lines down to there, of one that a finding is about all, for how to mend it rests on what
// follows. Nullopt when they show something of a file that nobody would miss when it changes.
std::optional<ConfigOutcomes::Shown> ConfigOutcomes::shown_by(
    const std::vector<Diagnostic>& findings, const std::string& own_path) const {
  Shown shown;
  const SourceFile* settings = whole_.project.settings->source.get();
  const auto add = [&](const std::string& path, std::uint32_t line) {
    if (path == own_path || (settings != nullptr && path == settings->path())) return true;
    const auto component = kept_->digests.component_at(path);
    if (!component) return false;
    if (*component == ComponentDigests::kWhole) return true;
    std::uint32_t& last = shown[*component];
    last = std::max(last, line);
    return true;
  };
  for (const Diagnostic& finding : findings) {
    if (!add(finding.at.path, ComponentDigests::kAllLines)) return std::nullopt;
    for (const Note& note : finding.notes) {
      if (!add(note.at.path, std::max(note.at.line, note.at.end_line))) return std::nullopt;
    }
    for (const Edit& edit : finding.edits) {
      if (!add(edit.path, ComponentDigests::kAllLines)) return std::nullopt;
    }
  }
  return shown;
}

void ConfigOutcomes::keep(const load::LoadedConfig& config, const load::FileStamp& stamp,
                          const ConfigOutcome& outcome, std::vector<Diagnostic> findings) const {
  const auto shown = shown_by(findings, config.source->path());
  if (!shown) return;
  PackWriter out;
  out.raw(kept_->rest);
  const ComponentNumbers components = named_by(config.config, whole_.ids);
  out.number(components.size());
  for (const std::uint32_t component : components) {
    out.number(component);
    out.raw(kept_->digests.of(component));
  }
  out.number(shown->size());
  for (const auto& [component, line] : *shown) {
    out.number(component);
    out.number(line);
    out.number(kept_->digests.of_lines(component, line));
  }
  pack_outcome(outcome, out);
  out.number(outcome.commented ? 1 : 0);
  const auto own = std::stable_partition(
      findings.begin(), findings.end(),
      [&](const Diagnostic& finding) { return finding.at.path != config.source->path(); });
  std::vector<Diagnostic> in_file;
  std::move(own, findings.end(), std::back_inserter(in_file));
  findings.erase(own, findings.end());
  pack_findings(findings, out);
  pack_file(std::move(in_file), out);
  kept_->cache->keep(config.path, stamp, "", out.bytes(), config.source->text().size());
}

std::shared_ptr<const void> ConfigOutcomes::packed_bytes() const {
  return kept_ ? kept_->cache->mapping() : nullptr;
}

ConfigOutcome ConfigOutcomes::of(const std::string& path, Sink& sink) const {
  const load::Project& project = whole_.project;
  const auto stamp = this->stamp(path);
  if (stamp) {
    if (auto outcome = recall(path, *stamp, sink)) return std::move(*outcome);
  }
  const load::ReplacedText* replaced = project.replaced ? &*project.replaced : nullptr;
  Sink own = sink.empty_copy();
  ConfigOutcome outcome;
  if (const auto config = load::load_config(*project.config_files, path, own, replaced)) {
    outcome = check_one_config(whole_, *config, own);
    if (stamp) keep(*config, *stamp, outcome, own.findings());
  }
  sink.merge(std::move(own));
  return outcome;
}

}  // namespace stepreg::rules
