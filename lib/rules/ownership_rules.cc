#include "rules/ownership_rules.h"

#include <algorithm>

#include "base/pattern.h"
#include "base/text.h"

namespace stepreg::rules {

namespace {

constexpr std::string_view kLeasedResource = "LEASED_RESOURCE";
constexpr std::string_view kPrivateOrg = "openshift-priv";
// Organisations whose repositories keep their names in the private mirror; those of others are
// called ORG-REPO there.
constexpr std::string_view kMirroredByName[] = {
    "openshift", "openshift-eng", "operator-framework", "redhat-cne", "openshift-assisted", "ViaQ"};

bool lists_repo(const Owner& owner, std::string_view repo) {
  if (!owner.repos.present()) return true;
  return std::any_of(owner.repos.begin(), owner.repos.end(),
                     [&](const Text& listed) { return *listed == repo; });
}

bool may_mirror(const Owner& owner, std::string_view private_repo) {
  const bool by_name = std::find(std::begin(kMirroredByName), std::end(kMirroredByName),
                                 *owner.org) != std::end(kMirroredByName);
  if (by_name) return lists_repo(owner, private_repo);
  const std::string prefix = std::string(*owner.org) + "-";
  return private_repo.size() > prefix.size() && private_repo.starts_with(prefix) &&
         lists_repo(owner, private_repo.substr(prefix.size()));
}

bool matches(const Text& expression, std::string_view text) {
  return Pattern(*expression).found_in(text);
}

}  // namespace

Diagnostic& OwnershipCheck::add(RuleId id, const TestEntry& test, Place place,
                                std::string_view subject, const std::string& what) {
  // A profile that comes from the workflow is not written in this file.
  const bool here = place.file == loaded_.source.get();
  Diagnostic& finding =
      sink_.add(id, here ? place : test.as.place, "the test " + in_quotes(*test.as) + " " + what);
  finding.component = loaded_.test_id(*test.as);
  finding.subject = std::string(subject);
  if (!here && place) finding.notes.push_back({Location::of(place), "the workflow says so here"});
  return finding;
}

void OwnershipCheck::check(const TestEntry& test, const resolve::ResolvedTest* resolved) {
  if (resolved != nullptr) {
    check_profile(test, resolved->merged.cluster_profile, false);
    check_implied(test, *resolved);
  } else if (test.literal_steps) {
    const Text& literal = test.literal_steps->cluster_profile_literal->name;
    check_profile(test, literal->empty() ? test.literal_steps->cluster_profile : literal, true);
  }
  check_claim(test);
}

void OwnershipCheck::check_profile(const TestEntry& test, const Text& name, bool report_undefined) {
  if (name->empty() || !registry_.profiles) return;
  const ClusterProfile* profile = registry_.find_profile(*name);
  if (profile == nullptr) {
    if (report_undefined && registry_.profiles->closed) {
      add(rule("SR410"), test, name.place, *name,
          "uses the cluster profile " + in_quotes(*name) + ", which is not defined");
    }
    return;
  }
  if (loaded_.config.metadata->org->empty()) {
    report_no_metadata(test, name.place, "uses the cluster profile " + in_quotes(*name));
  }
  check_owners(test, *profile, name);
  check_set(test, name);
}

void OwnershipCheck::report_no_metadata(const TestEntry& test, Place place,
                                        const std::string& what) {
  if (std::exchange(metadata_reported_, true)) return;
  add(rule("SR450"), test, place, "zz_generated_metadata",
      what + ", and the file does not say where it belongs")
      .hint = "add `zz_generated_metadata` with `org`, `repo` and `branch`";
}

void OwnershipCheck::check_owners(const TestEntry& test, const ClusterProfile& profile,
                                  const Text& name) {
  if (profile.owners.empty() || is_owner(profile.owners)) return;
  const std::string repository = loaded_.identity.org + "/" + loaded_.identity.repo;
  add(rule("SR451"), test, name.place, *name,
      "uses the cluster profile " + in_quotes(*name) + ", which " + in_quotes(repository) +
          " does not own")
      .notes.push_back({Location::of(profile.owners.place), "its owners"});
}

void OwnershipCheck::check_set(const TestEntry& test, const Text& name) {
  for (const Located<ClusterProfile>& set : registry_.profiles->profiles) {
    for (const Text& member : set->set_members) {
      if (*member != *name) continue;
      if (is_exception(*test.as)) return;
      Diagnostic& finding = add(rule("SR452"), test, name.place, *name,
                                "uses the cluster profile " + in_quotes(*name) +
                                    ", a member of the set " + in_quotes(*set->name));
      finding.hint = "use the set " + in_quotes(*set->name);
      finding.notes.push_back({Location::of(member.place), "listed here"});
      return;
    }
  }
}

void OwnershipCheck::check_claim(const TestEntry& test) {
  const Text& name = test.cluster_claim->owner;
  if (name->empty() || !registry_.claims) return;
  for (const Located<ClaimOwners>& claim : *registry_.claims) {
    if (*claim->claim != *name || claim->owners.empty()) continue;
    if (loaded_.config.metadata->org->empty()) {
      report_no_metadata(test, name.place, "claims a cluster of " + in_quotes(*name));
    }
    if (is_owner(claim->owners)) return;
    const std::string repository = loaded_.identity.org + "/" + loaded_.identity.repo;
    add(rule("SR453"), test, name.place, *name,
        "claims a cluster of " + in_quotes(*name) + ", which " + in_quotes(repository) +
            " may not use")
        .notes.push_back({Location::of(claim->owners.place), "those who may"});
    return;
  }
}

void OwnershipCheck::check_implied(const TestEntry& test, const resolve::ResolvedTest& resolved) {
  const Text& name = resolved.merged.cluster_profile;
  if (name->empty()) return;
  // A profile of the test itself is reported with the configuration.
  if (test.cluster_claim &&
      resolved.merged.cluster_profile_kind == resolve::Source::Kind::workflow) {
    add(rule("SR457"), test, test.cluster_claim.place, "cluster_claim",
        "has a cluster claim and the cluster profile " + in_quotes(*name) + " of its workflow")
        .notes.push_back({Location::of(name.place), "the profile is set here"});
  }
  for (const resolve::ResolvedLease& lease : resolved.leases) {
    if (lease.env != kLeasedResource || lease.source.kind == resolve::Source::Kind::profile)
      continue;
    add(rule("SR458"), test, name.place, kLeasedResource,
        "has the cluster profile " + in_quotes(*name) + " and a lease of " +
            in_quotes(lease.resource_type) + " in the same variable `LEASED_RESOURCE`")
        .notes.push_back({Location::of(lease.source.place), "the lease"});
    return;
  }
}

bool OwnershipCheck::is_owner(const ObjectList<Owner>& owners) const {
  const load::ConfigIdentity& id = loaded_.identity;
  return std::any_of(owners.begin(), owners.end(), [&](const Located<Owner>& owner) {
    if (owner->org->empty()) return false;
    if (*owner->org == id.org && lists_repo(*owner, id.repo)) return true;
    return id.org == kPrivateOrg && may_mirror(*owner, id.repo);
  });
}

// All expressions that match are followed, whatever their order (registry.md 7, 34).
bool OwnershipCheck::is_exception(std::string_view test) const {
  if (!registry_.profiles->sets) return false;
  const load::ConfigIdentity& id = loaded_.identity;
  for (const auto& repository : registry_.profiles->sets->tests_exceptions) {
    if (!matches(repository.key, id.org + "/" + id.repo)) continue;
    for (const auto& branch : repository.value) {
      if (!matches(branch.key, id.branch)) continue;
      for (const auto& variant : branch.value) {
        if (!matches(variant.key, id.variant)) continue;
        for (const Text& name : variant.value) {
          if (matches(name, test)) return true;
        }
      }
    }
  }
  return false;
}

}  // namespace stepreg::rules
