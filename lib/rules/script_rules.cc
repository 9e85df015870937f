#include "rules/script_rules.h"

#include "base/checksum.h"
#include "base/parallel.h"
#include "base/stage.h"
#include "base/varint.h"
#include "diag/pack.h"
#include "rules/outcome_cache.h"

namespace stepreg::rules {

namespace {

bool wants_any(const Sink& sink) {
  for (std::size_t i = 0; i < kRuleCount; ++i) {
    const RuleId id(i);
    const bool is_of_scripts = id.info().code.starts_with("SR5") && id != rule("SR503");
    if (is_of_scripts && sink.wants(id)) return true;
  }
  return false;
}

void check_script(const ScriptFacts& script, Sink& sink) {
  check_script_traps(script, sink);
  check_script_output(script, sink);
  check_script_shared_dir(script, sink);
  check_script_secrets(script, sink);
  check_script_cleanup(script, sink);
  check_script_set_up(script, sink);
  check_script_interpreter(script, sink);
  check_script_variables(script, sink);
}

// Of the script and of the steps that run it.
std::string digest_of(const ScriptFacts& script) {
  std::string seen = stepreg::digest_of(script.text());
  put_varint(seen, script.has_observer ? 1 : 0);
  for (const StepComponent* step : script.steps) {
    put_piece(seen, step->name);
    put_piece(seen, step->file->path());
    put_piece(seen, step->file->text());
  }
  return stepreg::digest_of(seen);
}

// The stamp tells nothing that the digest does not.
constexpr load::FileStamp kAnyStamp;

bool recall(load::FileCache& kept, const ScriptFacts& script, const std::string& digest,
            Sink& sink) {
  const auto file = kept.find(script.file->path, kAnyStamp);
  if (!file) return false;
  PackReader in(file->made);
  if (in.raw(digest.size()) != digest) return false;
  std::vector<Diagnostic> findings = unpack_findings(in);
  if (!in.ok() || !in.at_end()) return false;
  sink.restore(std::move(findings));
  return true;
}

void check_or_recall(ScriptFacts& script, load::FileCache* kept, Sink& sink) {
  const StageMark mark(Stage::validate);
  const std::string digest = kept == nullptr ? "" : digest_of(script);
  if (kept != nullptr && recall(*kept, script, digest, sink)) return;
  parse(script);
  check_script(script, sink);
  if (kept == nullptr) return;
  PackWriter out;
  out.raw(digest);
  pack_findings(sink.findings(), out);
  kept->keep(script.file->path, kAnyStamp, "", out.bytes(), script.text().size());
}

}  // namespace

std::vector<ScriptFacts> check_scripts(const Registry& registry, unsigned jobs,
                                       load::FileCache* kept, Sink& sink) {
  if (!wants_any(sink)) return {};
  std::vector<ScriptFacts> scripts = collect_scripts(registry);
  std::vector<Sink> findings(scripts.size(), sink.empty_copy());
  parallel_for(scripts.size(), jobs,
               [&](std::size_t i) { check_or_recall(scripts[i], kept, findings[i]); });
  for (Sink& each : findings) sink.merge(std::move(each));
  return scripts;
}

}  // namespace stepreg::rules
