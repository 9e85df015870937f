// Secrets that a step mounts (registry.md 3.8, R100 to R116).
#include <algorithm>

#include "base/names.h"
#include "base/text.h"
#include "rules/step_rules.h"

namespace stepreg::rules {

namespace {

// One entry under examination.
struct CredentialEntry {
  const Located<Credential>& at;
  std::size_t index;
  const StepContext& context;

  std::string name() const { return "credentials[" + std::to_string(index) + "]"; }
  std::string who() const { return "`" + name() + "` of " + context.who; }
  Diagnostic& add(RuleId id, const Text& value, const char* field, std::string message) const {
    return context.add(id, value ? value.place : at.place, name() + "." + field,
                       std::move(message));
  }
};

void check_parts(const CredentialEntry& entry) {
  const Credential& it = *entry.at;
  const auto check = [&](RuleId id, const Text& value, const char* field, bool legal) {
    if (value->empty() || legal) return;
    entry.add(id, value, field,
              in_quotes(*value) + " is not a legal " + in_quotes(field) + " of a credential");
  };
  check(rule("SR254"), it.collection, "collection", is_secret_collection(*it.collection));
  check(rule("SR255"), it.group, "group", is_secret_group(*it.group));
  check(rule("SR256"), it.field, "field", is_secret_field(*it.field));
  check(rule("SR257"), it.as, "as", is_secret_field(*it.as));
}

void check_managed(const CredentialEntry& entry) {
  const Credential& it = *entry.at;
  if (!it.name->empty()) {
    entry.add(rule("SR250"), it.name, "name",
              entry.who() + " has a `name` besides `collection`, `group`, `field` or `bundle`");
  }
  if (!it.as->empty() && it.field->empty()) {
    entry.add(rule("SR251"), it.as, "as", entry.who() + " has `as` without `field`");
    return;
  }
  const bool has_group = !it.collection->empty() && !it.group->empty();
  if (!it.bundle->empty() &&
      (!it.collection->empty() || !it.group->empty() || !it.field->empty())) {
    entry.add(rule("SR252"), it.bundle, "bundle",
              entry.who() + " has a `bundle` besides `collection`, `group` or `field`");
  }
  if (has_group && !it.ns->empty()) {
    entry.add(rule("SR253"), it.ns, "namespace",
              entry.who() + " has a `namespace` besides `collection` and `group`");
  }
  check_parts(entry);
  if (it.bundle->empty() && !has_group) {
    entry.add(rule("SR258"), {}, "collection",
              entry.who() + " needs `bundle`, or `collection` and `group`");
  }
}

void check_classic(const CredentialEntry& entry) {
  const Credential& it = *entry.at;
  if (it.name->empty()) entry.add(rule("SR259"), it.name, "name", entry.who() + " has no `name`");
  if (it.ns->empty()) {
    entry.add(rule("SR260"), it.ns, "namespace", entry.who() + " has no `namespace`");
  }
}

void check_mount_path(const CredentialEntry& entry) {
  const Text& path = entry.at->mount_path;
  if (path->empty()) {
    entry.add(rule("SR261"), path, "mount_path", entry.who() + " has no `mount_path`");
  } else if (path->front() != '/') {
    entry
        .add(rule("SR262"), path, "mount_path",
             "the mount path " + in_quotes(*path) + " of " + entry.context.who + " is not absolute")
        .hint = "start it with `/`";
  }
}

// The elements of a path, without empty ones and `.`; `..` removes the one before.
std::vector<std::string_view> path_elements(std::string_view path) {
  std::vector<std::string_view> elements;
  for (const std::string_view part : split(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      elements.push_back(part);
    } else if (!elements.empty()) {
      elements.pop_back();
    }
  }
  return elements;
}

bool is_at_or_below(std::string_view inner, std::string_view outer) {
  const auto deep = path_elements(inner);
  const auto shallow = path_elements(outer);
  return deep.size() >= shallow.size() && std::equal(shallow.begin(), shallow.end(), deep.begin());
}

// The first of R113 to R116 that applies to a pair.
void check_pair(const CredentialEntry& earlier, const CredentialEntry& later) {
  const Credential& a = *earlier.at;
  const Credential& b = *later.at;
  const auto report = [&](RuleId id, const Text& at, const char* field, std::string message,
                          const Text& other) {
    Diagnostic& finding = later.add(id, at, field, std::move(message));
    finding.notes.push_back({Location::of(other.place), "the other one is here"});
  };
  const std::string& who = later.context.who;
  if (!a.mount_path->empty() && *a.mount_path == *b.mount_path) {
    report(rule("SR263"), b.mount_path, "mount_path",
           who + " mounts a second secret at " + in_quotes(*b.mount_path), a.mount_path);
  } else if (!a.bundle->empty() && *a.bundle == *b.bundle) {
    report(rule("SR264"), b.bundle, "bundle",
           who + " mounts the bundle " + in_quotes(*b.bundle) + " a second time", a.bundle);
  } else if (!a.name->empty() && !a.ns->empty() && *a.name == *b.name && *a.ns == *b.ns) {
    report(rule("SR265"), b.name, "name",
           who + " mounts the secret " +
               in_quotes(std::string(*b.ns) + "/" + std::string(*b.name)) + " a second time",
           a.name);
  } else if (a.mount_path->starts_with("/") && b.mount_path->starts_with("/")) {
    const bool below = is_at_or_below(*b.mount_path, *a.mount_path);
    if (!below && !is_at_or_below(*a.mount_path, *b.mount_path)) return;
    report(rule("SR266"), b.mount_path, "mount_path",
           "the mount path " + in_quotes(*b.mount_path) + " of " + who + " is " +
               (below ? "at or below " : "above ") + in_quotes(*a.mount_path),
           a.mount_path);
  }
}

}  // namespace

void check_credentials(const ObjectList<Credential>& credentials, const StepContext& context) {
  for (std::size_t i = 0; i < credentials.size(); ++i) {
    const CredentialEntry entry{credentials[i], i, context};
    if (entry.at->is_managed()) {
      check_managed(entry);
    } else {
      check_classic(entry);
    }
    check_mount_path(entry);
    for (std::size_t k = 0; k < i; ++k) check_pair({credentials[k], k, context}, entry);
  }
}

}  // namespace stepreg::rules
