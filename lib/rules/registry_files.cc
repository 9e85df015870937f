// Scripts of the registry (SR5).
#include "base/fs.h"
#include "base/text.h"
#include "rules/registry_rules.h"

namespace stepreg::rules {

namespace {

// A link that was stored as an ordinary file has one line with the path of its target, and no line
// break.
bool is_link_text(const Registry& registry, const ScriptFile& script) {
  const std::string_view text = trimmed(script.source->text());
  if (text.empty() || text.find_first_of(" \t\n;|&$\"'") != std::string_view::npos) return false;
  if (!text.starts_with("../") && !text.starts_with("./")) return false;
  return path_exists(join_path(registry.root, join_path(parent_path(script.path), text)));
}

}  // namespace

void check_link_texts(const Registry& registry, Sink& sink) {
  for (const auto& [path, script] : registry.scripts) {
    if (!is_link_text(registry, *script)) continue;
    Diagnostic& finding = sink.add(rule("SR505"), Place{script->source.get(), 0},
                                   "the script is only the path of another file, " +
                                       in_quotes(trimmed(script->source->text())));
    finding.subject = path;
    finding.hint = "make it a symbolic link again";
  }
}

}  // namespace stepreg::rules
