// Where files lie and what they are called (registry.md 2.1 to 2.3, R002 to R017).
#include <map>
#include <set>

#include "base/fs.h"
#include "base/names.h"
#include "base/text.h"
#include "diag/edit.h"
#include "rules/registry_rules.h"

namespace stepreg::rules {

namespace {

using FileKind = TreeFile::Kind;

std::string_view stem_of(const std::string& path, FileKind kind) {
  std::string_view name = base_name(path);
  name.remove_suffix(suffix_of(kind).size());
  return name;
}

// "ref/NAME" and the like, from the suffix of the file.
std::string component_id(FileKind kind, std::string_view name) {
  const std::string_view suffix = suffix_of(kind);
  return std::string(suffix.substr(1, suffix.find('.') - 1)) + "/" + std::string(name);
}

class LayoutCheck {
 public:
  LayoutCheck(const Registry& registry, Sink& sink) : registry_(registry), sink_(sink) {}

  void check_files();
  template <class T, class NameOf>
  void check_names(const Components<T>& components, FileKind kind, RuleId name_rule,
                   NameOf name_of);
  template <class T, class CommandsOf>
  void check_scripts(const Components<T>& components, const char* kind, RuleId name_rule,
                     CommandsOf commands_of);
  template <class T>
  void check_collisions(const Components<T>& components, const char* kind);
  void check_unused_scripts();

 private:
  std::string shown(const std::string& path) const { return join_path(registry_.root, path); }
  void check_file(const TreeFile& file);
  template <class T>
  void check_name(const Component<T>& component, FileKind kind, RuleId name_rule, const Text& name);
  template <class T>
  void check_script(const Component<T>& component, const char* kind, RuleId name_rule,
                    const Text& commands);

  const Registry& registry_;
  Sink& sink_;
  std::set<std::string_view> misplaced_;       // files whose name does not start with the prefix
  std::set<std::string_view> without_script_;  // directories
  std::set<const ScriptFile*> used_;
};

void LayoutCheck::check_file(const TreeFile& file) {
  if (file.kind == FileKind::documentation || file.kind == FileKind::owners) return;
  const std::string prefix = registry_.flat ? "" : prefix_of(file.directory);
  if (!file.name.starts_with(prefix)) {
    misplaced_.insert(file.path);
    Diagnostic& finding = sink_.add_for_file(
        rule("SR101"), shown(file.path),
        file.directory.empty() ? in_quotes(file.name) + " lies at the root of the registry"
                               : in_quotes(file.name) + " does not start with " +
                                     in_quotes(prefix) + ", the name of its directory");
    finding.subject = file.path;
    finding.hint = file.directory.empty()
                       ? "only `*.md` and `OWNERS` may lie there; make a directory for it"
                       : "rename it, or move it to where it belongs";
  } else if (file.kind == FileKind::unknown) {
    Diagnostic& finding =
        sink_.add_for_file(rule("SR102"), shown(file.path),
                           in_quotes(file.name) + " is of no kind that the registry knows");
    finding.subject = file.path;
    const bool component_like = file.name.ends_with(".yaml") || file.name.ends_with(".yml");
    finding.hint =
        component_like
            ? "components end in -ref.yaml, -chain.yaml, -workflow.yaml or -observer.yaml"
            : "scripts are called NAME-commands with any extension; keep other files elsewhere";
  }
}

void LayoutCheck::check_files() {
  for (const TreeFile& file : registry_.tree.files) check_file(file);
}

template <class T>
void LayoutCheck::check_name(const Component<T>& component, FileKind kind, RuleId name_rule,
                             const Text& name) {
  const std::string id = component_id(kind, component.name);
  const std::string_view stem = stem_of(component.path, kind);
  const char* field = kind == FileKind::observer ? "name" : "as";
  const Place place = name ? name.place : Place{component.file, 0};
  const std::string expected = registry_.flat ? std::string(stem) : component.name;
  // A whole component in the wrong directory is one mistake.
  if (misplaced_.contains(component.path) && *name == stem) return;
  if (*name == expected && *name == stem) return;
  const bool by_file = registry_.flat || *name == expected;
  const std::string wanted(by_file ? stem : std::string_view(expected));
  Diagnostic& finding =
      sink_.add(by_file ? rule("SR111") : name_rule, place,
                name->empty() ? in_quotes(field) + " is missing; it must be " + in_quotes(wanted)
                : by_file     ? "the file is called " + in_quotes(base_name(component.path)) +
                                ", but it defines " + in_quotes(*name)
                          : in_quotes(field) + " is " + in_quotes(*name) + " and must be " +
                                in_quotes(wanted) + ", as the directory says");
  finding.component = id;
  finding.subject = std::string(*name);
  if (name->empty() || by_file) return;
  finding.fix = Fix::unsafe;
  finding.edits.push_back(replace_token(name.place, wanted));
}

template <class T, class NameOf>
void LayoutCheck::check_names(const Components<T>& components, FileKind kind, RuleId name_rule,
                              NameOf name_of) {
  for (const auto& component : components.all) {
    check_name(*component, kind, name_rule, name_of(component->definition));
  }
}

template <class T>
void LayoutCheck::check_script(const Component<T>& component, const char* kind, RuleId name_rule,
                               const Text& commands) {
  used_.insert(component.script);
  if (component.script == nullptr) without_script_.insert(component.directory);
  const std::string id = std::string(kind) + "/" + component.name;
  const Place place = commands ? commands.place : Place{component.file, 0};
  const std::size_t dot = commands->rfind('.');
  const std::string_view extension =
      dot == std::string_view::npos ? std::string_view() : commands->substr(dot);
  const std::string base = component.name + "-commands";
  const bool misplaced = misplaced_.contains(component.path);
  if (!registry_.flat && !misplaced && *commands != base + std::string(extension)) {
    Diagnostic& finding =
        sink_.add(name_rule, place,
                  commands->empty() ? "`commands` is missing; it must be " + in_quotes(base + ".sh")
                                    : "`commands` is " + in_quotes(*commands) + " and must be " +
                                          in_quotes(base) + " with an extension");
    finding.component = id;
    finding.subject = std::string(*commands);
    if (commands->empty() || extension.find('/') != std::string_view::npos) return;
    finding.fix = Fix::unsafe;
    finding.edits.push_back(replace_token(place, base + std::string(extension)));
  } else if (component.script == nullptr) {
    const std::string path = join_path(component.directory, *commands);
    // A file that is there but could not be read has a finding of its own.
    if (!commands->empty() && path_exists(shown(path))) return;
    Diagnostic& finding =
        sink_.add(rule("SR109"), place,
                  commands->empty() ? "`commands` names no script"
                                    : "the script " + in_quotes(path) + " does not exist");
    finding.component = id;
    finding.subject = std::string(*commands);
  }
}

template <class T, class CommandsOf>
void LayoutCheck::check_scripts(const Components<T>& components, const char* kind, RuleId name_rule,
                                CommandsOf commands_of) {
  for (const auto& component : components.all) {
    check_script(*component, kind, name_rule, commands_of(component->definition));
  }
}

// Of several files with one name the one that is read last wins without a word.
template <class T>
void LayoutCheck::check_collisions(const Components<T>& components, const char* kind) {
  for (const auto& component : components.all) {
    const Component<T>* winner = components.find(component->name);
    if (winner == component.get()) continue;
    const std::string id = std::string(kind) + "/" + component->name;
    Diagnostic& finding = sink_.add(rule("SR110"), Place{component->file, 0},
                                    in_quotes(id) + " is replaced by the one in " +
                                        in_quotes(shown(winner->path)) + ", which is read later");
    finding.component = id;
    finding.subject = component->path;
    finding.hint = "rename one of the directories";
  }
}

void LayoutCheck::check_unused_scripts() {
  for (const auto& [path, script] : registry_.scripts) {
    if (used_.contains(script.get()) || misplaced_.contains(path)) continue;
    // Where a component has no script, its name is the mistake.
    if (without_script_.contains(parent_path(path))) continue;
    sink_.add_for_file(rule("SR115"), shown(path), "the script is used by no component").subject =
        path;
  }
}

}  // namespace

void check_layout(const Registry& registry, Sink& sink) {
  LayoutCheck check(registry, sink);
  check.check_files();
  check.check_names(registry.steps, FileKind::step, rule("SR103"),
                    [](const RefFile& file) { return file.step.as; });
  check.check_names(registry.chains, FileKind::chain, rule("SR104"),
                    [](const Chain& chain) { return chain.as; });
  check.check_names(registry.workflows, FileKind::workflow, rule("SR105"),
                    [](const Workflow& workflow) { return workflow.as; });
  check.check_names(registry.observers, FileKind::observer, rule("SR106"),
                    [](const ObserverFile& file) { return file.observer.name; });
  check.check_scripts(registry.steps, "ref", rule("SR107"),
                      [](const RefFile& file) { return file.step.commands; });
  check.check_scripts(registry.observers, "observer", rule("SR108"),
                      [](const ObserverFile& file) { return file.observer.commands; });
  check.check_collisions(registry.steps, "ref");
  check.check_collisions(registry.chains, "chain");
  check.check_collisions(registry.workflows, "workflow");
  check.check_collisions(registry.observers, "observer");
  check.check_unused_scripts();
}

}  // namespace stepreg::rules
