// Who looks after the registry: OWNERS, generated metadata, documentation (SR8; registry.md 2.5,
// R021 to R023, L13, L18).
#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/fs.h"
#include "base/text.h"
#include "load/metadata.h"
#include "rules/registry_rules.h"
#include "rules/step_rules.h"

namespace stepreg::rules {

namespace {

constexpr std::size_t kMaxNames = 3;

// A YAML file of the registry that needs owners and metadata.
struct Subject {
  std::string path;       // below the root
  std::string directory;  // of it
  std::string id;         // "ref/NAME"; of the profiles: "profiles"
};

std::vector<Subject> subjects_of(const Registry& registry) {
  std::vector<Subject> subjects;
  for (const TreeFile& file : registry.tree.files) {
    const std::string_view suffix = suffix_of(file.kind);
    if (suffix.empty()) continue;
    const std::string kind(suffix.substr(1, suffix.find('.') - 1));
    subjects.push_back({file.path, file.directory, kind + "/" + prefix_of(file.directory)});
  }
  const std::string& profiles = registry.tree.profiles_path;
  if (!profiles.empty()) {
    subjects.push_back({profiles, std::string(parent_path(profiles)), "profiles"});
  }
  return subjects;
}

// The texts in double quotes of a JSON document, keys and values alike, sorted.
std::set<std::string_view> quoted_texts(std::string_view json) {
  std::set<std::string_view> texts;
  for (std::size_t at = json.find('"'); at != std::string_view::npos; at = json.find('"', at)) {
    std::size_t end = at + 1;
    while (end < json.size() && json[end] != '"') end += json[end] == '\\' ? 2 : 1;
    if (end >= json.size()) break;
    texts.insert(json.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  return texts;
}

// "`a`, `b` and 2 more", of what is in `texts` only; "" when there is nothing.
std::string only_in(const std::set<std::string_view>& texts,
                    const std::set<std::string_view>& others) {
  std::vector<std::string> names;
  for (const std::string_view text : texts) {
    if (!others.contains(text)) names.push_back(in_quotes(text));
  }
  const std::size_t left = names.size() > kMaxNames ? names.size() - kMaxNames : 0;
  names.resize(names.size() - left);
  return join(names, ", ") + (left > 0 ? " and " + std::to_string(left) + " more" : "");
}

// An OWNERS file, and how the metadata beside it ends.
struct Owners {
  load::People people;
  std::string metadata_end;
};

class PeopleCheck {
 public:
  PeopleCheck(const Registry& registry, Sink& sink)
      : registry_(registry), sink_(sink), subjects_(subjects_of(registry)) {}

  void check_owners();
  void check_metadata();

 private:
  std::string shown(const std::string& path) const { return join_path(registry_.root, path); }
  void check_owners_file(const std::string& directory, const SourceFile& owners);
  void check_stray();
  void check_metadata_of(const Subject& subject);
  void report_missing(const Subject& subject, const load::People* people);
  void report_stale(const Subject& subject, const SourceFile& file, std::string wanted);

  const Registry& registry_;
  Sink& sink_;
  const std::vector<Subject> subjects_;
  const SeverityTable severities_;                              // of what reading OWNERS finds
  std::unordered_map<std::string_view, Owners> by_text_;        // of files that can be used
  std::unordered_map<std::string_view, const Owners*> owners_;  // by directory, of the same
};

// Many directories have the same owners, by copies or links.
void PeopleCheck::check_owners_file(const std::string& directory, const SourceFile& owners) {
  auto same = by_text_.find(owners.text());
  Sink problems(severities_);
  if (same == by_text_.end()) {
    if (auto people = load::read_owners(owners, problems)) {
      std::string end = load::metadata_end(*people);
      same = by_text_.emplace(owners.text(), Owners{std::move(*people), std::move(end)}).first;
    }
  }
  if (same != by_text_.end()) {
    owners_.emplace(directory, &same->second);
    return;
  }
  const std::vector<Diagnostic> found = problems.take();
  const auto first = std::find_if(found.begin(), found.end(), [](const Diagnostic& finding) {
    return finding.severity == Severity::error;
  });
  Diagnostic& finding =
      sink_.add(rule("SR802"), first->at, "OWNERS cannot be used: " + first->message);
  finding.component = owners.path();
  finding.subject = "OWNERS";
  const std::string_view text = trimmed(owners.text());
  if (text.ends_with("OWNERS") && text.find('\n') == std::string_view::npos) {
    finding.hint = "it holds only the path of another file: make it a symbolic link again";
  }
}

void PeopleCheck::check_owners() {
  for (const auto& [directory, owners] : registry_.owners) check_owners_file(directory, *owners);
  for (const Subject& subject : subjects_) {
    if (registry_.owners.contains(subject.directory)) continue;
    Diagnostic& finding =
        sink_.add_for_file(rule("SR801"), shown(subject.path),
                           "there is no OWNERS file beside " + in_quotes(subject.id));
    finding.component = subject.id;
    finding.subject = "OWNERS";
    finding.hint = "add one; a link to that of a directory above will do";
  }
}

void PeopleCheck::check_stray() {
  std::unordered_set<std::string_view> known;
  for (const TreeFile& file : registry_.tree.files) known.insert(file.path);
  known.insert(registry_.tree.profiles_path);
  for (const auto& [path, file] : registry_.metadata) {
    const std::string yaml = path.substr(0, path.size() - load::kMetadataSuffix.size()) + ".yaml";
    if (known.contains(yaml)) continue;
    Diagnostic& finding = sink_.add_for_file(
        rule("SR805"), file->path(), "there is no " + in_quotes(base_name(yaml)) + " beside");
    finding.subject = path;
    finding.hint = "remove it, or bring the component back";
  }
}

void PeopleCheck::report_missing(const Subject& subject, const load::People* people) {
  const std::string path = load::metadata_path(subject.path);
  Diagnostic& finding = sink_.add_for_file(
      rule("SR803"), shown(subject.path),
      in_quotes(subject.id) + " has no metadata file " + in_quotes(base_name(path)));
  finding.component = subject.id;
  finding.subject = "metadata";
  if (people == nullptr) {
    finding.hint = "add an OWNERS file; it is made from that";
    return;
  }
  finding.fix = Fix::safe;
  finding.edits.push_back({shown(path), 0, 0, load::metadata_text(subject.path, *people), true});
}

void PeopleCheck::report_stale(const Subject& subject, const SourceFile& file, std::string wanted) {
  const std::string_view text = file.text();
  std::string what;
  if (!trimmed(text).starts_with('{')) {
    what = "is no JSON object";
  } else {
    const auto are = quoted_texts(text);
    const auto should = quoted_texts(wanted);
    const std::string missing = only_in(should, are);
    const std::string left = only_in(are, should);
    what = "is not what would be generated";
    if (missing.empty() && left.empty()) what += ", by its layout or the order of the names";
    if (!missing.empty()) what += ": " + missing + (left.empty() ? " missing" : " missing, ");
    if (!left.empty()) what += (missing.empty() ? ": " : "") + left + " too much";
  }
  Diagnostic& finding = sink_.add_for_file(rule("SR804"), file.path(),
                                           "the metadata of " + in_quotes(subject.id) + " " + what);
  finding.component = subject.id;
  finding.subject = "metadata";
  finding.hint = "`stepreg lint --fix` writes it";
  finding.fix = Fix::safe;
  finding.edits.push_back({file.path(), 0, 0, std::move(wanted), true});
}

void PeopleCheck::check_metadata_of(const Subject& subject) {
  const auto owners = owners_.find(subject.directory);
  const bool has_owners = owners != owners_.end();
  const auto file = registry_.metadata.find(load::metadata_path(subject.path));
  if (file == registry_.metadata.end()) {
    // An OWNERS file that cannot be used is a mistake of its own.
    if (!has_owners && registry_.owners.contains(subject.directory)) return;
    report_missing(subject, has_owners ? &owners->second->people : nullptr);
  } else if (has_owners) {
    std::string wanted = load::metadata_begin(subject.path) + owners->second->metadata_end;
    if (file->second->text() != wanted) report_stale(subject, *file->second, std::move(wanted));
  }
}

void PeopleCheck::check_metadata() {
  if (registry_.metadata.empty()) return;  // such a registry has no use for it
  for (const Subject& subject : subjects_) check_metadata_of(subject);
  check_stray();
}

// --- documentation

void report_undocumented(const std::string& id, Place place, const Text& documentation,
                         Sink& sink) {
  if (!trimmed(*documentation).empty()) return;
  Diagnostic& finding = sink.add(rule("SR811"), place, in_quotes(id) + " has no `documentation`");
  finding.component = id;
  finding.subject = "documentation";
  finding.hint = "say in a sentence what it does and what it needs";
}

void check_parameters_documented(const ObjectList<Parameter>& parameters, const std::string& id,
                                 Sink& sink) {
  for (const Located<Parameter>& parameter : parameters) {
    if (!trimmed(*parameter->documentation).empty() || parameter->name->empty()) continue;
    Diagnostic& finding =
        sink.add(rule("SR812"), parameter->name.place,
                 "the parameter " + in_quotes(*parameter->name) + " has no `documentation`");
    finding.component = id;
    finding.subject = std::string(*parameter->name);
  }
}

template <class T>
Place place_of(const Component<T>& component, const Text& name) {
  return name ? name.place : Place{component.file, 0};
}

void check_documentation(const Registry& registry, Sink& sink) {
  for (const auto& step : registry.steps.all) {
    const std::string id = "ref/" + step->name;
    const RefFile& it = step->definition;
    report_undocumented(id, place_of(*step, it.step.as), it.documentation, sink);
    check_parameters_documented(it.step.env, id, sink);
  }
  for (const auto& chain : registry.chains.all) {
    const Chain& it = chain->definition;
    report_undocumented("chain/" + chain->name, place_of(*chain, it.as), it.documentation, sink);
  }
  for (const auto& workflow : registry.workflows.all) {
    const Workflow& it = workflow->definition;
    report_undocumented("workflow/" + workflow->name, place_of(*workflow, it.as), it.documentation,
                        sink);
  }
  for (const auto& observer : registry.observers.all) {
    const std::string id = "observer/" + observer->name;
    const ObserverFile& it = observer->definition;
    report_undocumented(id, place_of(*observer, it.observer.name), it.documentation, sink);
    check_parameters_documented(it.observer.env, id, sink);
  }
}

}  // namespace

void check_people(const Registry& registry, Sink& sink) {
  if (!registry.flat) {  // a mounted config map has neither OWNERS nor metadata
    PeopleCheck check(registry, sink);
    check.check_owners();
    check.check_metadata();
  }
  check_documentation(registry, sink);
}

}  // namespace stepreg::rules
