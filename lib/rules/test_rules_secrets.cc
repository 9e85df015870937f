// Secrets of container tests (registry.md R183 to R199).
#include <map>

#include "base/names.h"
#include "rules/config_parts.h"

namespace stepreg::rules {

namespace {

bool is_empty(const Secret& secret) {
  return !secret.name && !secret.mount_path && !secret.bundle && !secret.collection &&
         !secret.group && !secret.field && !secret.as;
}

// An element that is null, as against an empty mapping or a value of another type, which the
// decoder has reported.
bool is_null_text(Place place) {
  std::string_view text =
      place.file->text().substr(std::min<std::size_t>(place.offset, place.file->text().size()));
  text = text.substr(0, text.find_first_of(" \t\r\n,]}#"));
  return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL" ||
         text == "-";
}

class SecretsCheck {
 public:
  explicit SecretsCheck(const TestCheck& check) : check_(check) {}

  void check(const Located<Secret>& secret, std::string path) {
    path_ = std::move(path);
    place_ = secret.place;
    if (is_empty(*secret) && is_null_text(place_)) {
      report(rule("SR636"), {}, "", "is null");
      return;
    }
    if (secret->is_managed()) {
      check_managed(*secret);
    } else {
      check_classic(*secret);
    }
    const Text& mount = secret->mount_path;
    if (!mount->empty() && !mount->starts_with('/')) {
      report(rule("SR635"), mount.place, ".mount_path",
             "has the mount path " + in_quotes(*mount) + ", which is not absolute");
    }
  }

 private:
  Diagnostic& report(RuleId id, Place at, const char* field, const std::string& what) {
    Diagnostic& finding =
        check_.file.add(id, place_or(at, place_or(place_, check_.place())), path_ + field,
                        in_quotes(path_) + " of " + check_.name() + " " + what);
    finding.component = check_.id();
    return finding;
  }

  void check_managed(const Secret& secret) {
    if (!secret.name->empty()) {
      report(rule("SR626"), secret.name.place, ".name",
             "has the name " + in_quotes(*secret.name) + " and fields of the secret manager");
    }
    const bool any = !secret.bundle->empty() || !secret.collection->empty() ||
                     !secret.group->empty() || !secret.field->empty();
    if (!any) {
      report(rule("SR631"), secret.as.place, ".as",
             "has `as` and names neither a `bundle` nor `collection` and `group`");
    } else if (!secret.as->empty() && secret.field->empty()) {
      report(rule("SR627"), secret.as.place, ".as",
             "has `as` " + in_quotes(*secret.as) + " without `field`");
    }
    if (!secret.bundle->empty()) check_bundle(secret);
    if (secret.bundle->empty() && any) check_pair(secret);
    check_syntax(secret);
  }

  void check_bundle(const Secret& secret) {
    std::vector<NamedPlace> others;
    if (!secret.collection->empty()) others.push_back({"collection", secret.collection.place});
    if (!secret.group->empty()) others.push_back({"group", secret.group.place});
    if (!secret.field->empty()) others.push_back({"field", secret.field.place});
    if (!others.empty()) {
      report(rule("SR628"), others[0].place, ".bundle",
             "has the bundle " + in_quotes(*secret.bundle) + " and " + listed(others));
    }
    const auto [first, is_new] = bundles_.emplace(*secret.bundle, secret.bundle.place);
    if (is_new) return;
    report(rule("SR629"), secret.bundle.place, ".bundle",
           "names the bundle " + in_quotes(*secret.bundle) + " again")
        .notes.push_back({Location::of(first->second), "first here"});
  }

  void check_pair(const Secret& secret) {
    if (secret.collection->empty() != secret.group->empty()) {
      const bool lacks_group = secret.group->empty();
      const Text& there = lacks_group ? secret.collection : secret.group;
      report(rule("SR630"), there.place, lacks_group ? ".collection" : ".group",
             lacks_group ? "has a `collection` without `group`"
                         : "has a `group` without `collection`");
    } else if (!secret.field->empty() && secret.collection->empty()) {
      report(rule("SR630"), secret.field.place, ".field",
             "has a `field` without `collection` and `group`");
    }
  }

  void check_syntax(const Secret& secret) {
    const auto part = [&](const char* field, const Text& value, bool (*legal)(std::string_view)) {
      if (value->empty() || legal(*value)) return;
      report(rule("SR632"), value.place, field,
             "has the illegal " + in_quotes(field + 1) + " " + in_quotes(*value));
    };
    part(".collection", secret.collection, is_secret_collection);
    part(".group", secret.group, is_secret_group);
    part(".field", secret.field, is_secret_field);
    part(".as", secret.as, is_secret_field);
  }

  void check_classic(const Secret& secret) {
    const Text& name = secret.name;
    if (!is_dns1123_subdomain(*name)) {
      report(rule("SR633"), name.place, ".name",
             name->empty() ? "has no name" : "has the illegal name " + in_quotes(*name));
      return;
    }
    const auto [first, is_new] = names_.emplace(*name, name.place);
    if (is_new) return;
    report(rule("SR634"), name.place, ".name", "names the secret " + in_quotes(*name) + " again")
        .notes.push_back({Location::of(first->second), "first here"});
  }

  const TestCheck& check_;
  std::string path_;  // "secret", "secrets[2]"
  Place place_;
  std::map<std::string_view, Place> bundles_;
  std::map<std::string_view, Place> names_;
};

}  // namespace

void check_test_secrets(const TestCheck& check) {
  const TestEntry& test = check.test();
  if (test.secret && test.secrets) {
    check.add(rule("SR624"), test.secret.place, "secret", "has both `secret` and `secrets`").hint =
        "move the single secret into the list";
  }
  const bool any = test.secret || !test.secrets.empty();
  if (any && !test.container) {
    Diagnostic& finding = check.add(
        rule("SR625"), test.secret ? test.secret.place : test.secrets.place,
        test.secret ? "secret" : "secrets", "has secrets and no `container` to mount them into");
    if (test.is_multi_stage()) finding.hint = "steps take secrets by `credentials`";
  }
  SecretsCheck secrets(check);
  if (test.secret) secrets.check(test.secret, "secret");
  for (std::size_t i = 0; i < test.secrets.size(); ++i) {
    secrets.check(test.secrets[i], "secrets[" + std::to_string(i) + "]");
  }
}

}  // namespace stepreg::rules
