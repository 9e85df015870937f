// Scripts of the registry and the people behind its directories (SR5, SR8).
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

template <class T>
void check_owners(const Registry& registry, const Components<T>& components, const char* kind,
                  Sink& sink) {
  for (const auto& component : components.all) {
    if (registry.owners.contains(component->directory)) continue;
    Diagnostic& finding = sink.add_for_file(
        rule("SR801"), component->file->path(),
        "there is no OWNERS file beside the " + std::string(kind) + " " + quoted(component->name));
    finding.component = std::string(kind) + "/" + component->name;
    finding.subject = "OWNERS";
    finding.hint = "add one; a link to that of a directory above will do";
  }
}

}  // namespace

void check_link_texts(const Registry& registry, Sink& sink) {
  for (const auto& [path, script] : registry.scripts) {
    if (!is_link_text(registry, *script)) continue;
    Diagnostic& finding = sink.add(
        rule("SR505"), Place{script->source.get(), 0},
        "the script is only the path of another file, " + quoted(trimmed(script->source->text())));
    finding.subject = path;
    finding.hint = "make it a symbolic link again";
  }
}

void check_people(const Registry& registry, Sink& sink) {
  if (registry.flat) return;  // a mounted config map has no OWNERS
  check_owners(registry, registry.steps, "ref", sink);
  check_owners(registry, registry.chains, "chain", sink);
  check_owners(registry, registry.workflows, "workflow", sink);
  check_owners(registry, registry.observers, "observer", sink);
}

}  // namespace stepreg::rules
