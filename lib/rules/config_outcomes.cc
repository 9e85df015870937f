#include "rules/config_outcomes.h"

#include <set>

#include "base/sha256.h"
#include "base/stage.h"
#include "base/varint.h"
#include "diag/pack.h"
#include "load/read.h"
#include "rules/outcome_cache.h"

namespace stepreg::rules {

namespace {

void add_ids(const TextList& observers, std::set<std::string>& ids) {
  for (const Text& name : observers) ids.insert("observer/" + std::string(*name));
}

// Every component that the configuration names.
std::set<std::string> ids_named_by(const Config& config) {
  std::set<std::string> ids;
  for (const Located<TestEntry>& test : config.tests) {
    const MultiStage& settings = *test->steps;
    if (settings.workflow) ids.insert("workflow/" + std::string(*settings.workflow));
    for_each_phase(settings, [&](const char*, const ObjectList<StepEntry>& entries) {
      for (const Located<StepEntry>& entry : entries) {
        if (entry->ref) ids.insert("ref/" + std::string(*entry->ref));
        if (entry->chain) ids.insert("chain/" + std::string(*entry->chain));
        add_ids(entry->literal->observers, ids);
      }
    });
    add_ids(settings.observers->enable, ids);
    add_ids(settings.observers->disable, ids);
  }
  return ids;
}

std::string digest_of_settings(const load::LoadedSettings& settings) {
  std::string out;
  put_piece(out, settings.path);
  if (settings.source) out += settings.source->text();
  return sha256_bytes(out);
}

}  // namespace

ConfigOutcomes::Kept::Kept(std::unique_ptr<load::FileCache> file, const load::Project& project)
    : cache(std::move(file)),
      digests(*project.registry),
      settings(digest_of_settings(*project.settings)) {}

ConfigOutcomes::ConfigOutcomes(const Whole& whole, const Sink& sink) : whole_(whole) {
  const load::Project& project = whole.project;
  if (auto cache = outcome_cache_of_configs(project, sink.severities())) {
    kept_.emplace(std::move(cache), project);
  }
}

// Of all that findings of a configuration rest on but for itself.
template <class Ids>
std::string ConfigOutcomes::digest_of(const Ids& ids) const {
  std::string out = kept_->settings + kept_->digests.of_whole();
  for (const auto& id : ids) put_piece(out, kept_->digests.of(id));
  return sha256_bytes(out);
}

// Before the file is read. Nullopt when nothing may be remembered of it.
std::optional<load::FileStamp> ConfigOutcomes::stamp(const std::string& path) const {
  const load::Project& project = whole_.project;
  const bool is_replaced =
      project.replaced && project.replaced->path == project.config_files->shown(path);
  return kept_ && !is_replaced ? project.config_files->stamp(path) : std::nullopt;
}

// What keep() writes behind the digest: the ids that went into it, the outcome, the findings.
std::optional<ConfigOutcome> ConfigOutcomes::recall(const std::string& path,
                                                    const load::FileStamp& stamp,
                                                    Sink& sink) const {
  const StageMark mark(Stage::read);
  const auto kept = kept_->cache->find(path, stamp);
  const auto parts = kept ? apart(kept->made()) : std::nullopt;
  if (!parts) return std::nullopt;
  PackReader in(parts->rest);
  std::vector<std::string_view> ids(in.count());
  for (std::string_view& id : ids) id = in.text();
  if (digest_of(ids) != parts->digest) return std::nullopt;
  ConfigOutcome outcome = unpack_outcome(whole_, in);
  const bool has_comments = in.number() != 0;
  std::vector<Diagnostic> findings = unpack_findings(in);
  if (!in.ok() || !in.at_end()) return std::nullopt;
  if (has_comments) {
    Sink unwanted = sink.empty_copy();
    outcome.commented = load::read_source(*whole_.project.config_files, path, unwanted);
    if (!outcome.commented) return std::nullopt;
  }
  sink.restore(std::move(findings));
  return outcome;
}

void ConfigOutcomes::keep(const load::LoadedConfig& config, const load::FileStamp& stamp,
                          const ConfigOutcome& outcome,
                          const std::vector<Diagnostic>& findings) const {
  const std::set<std::string> ids = ids_named_by(config.config);
  PackWriter out;
  out.number(ids.size());
  for (const std::string& id : ids) out.text(id);
  pack_outcome(outcome, out);
  out.number(outcome.commented ? 1 : 0);
  pack_findings(findings, out);
  kept_->cache->keep(config.path, stamp, "", with_digest(digest_of(ids), out),
                     config.source->text().size());
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
