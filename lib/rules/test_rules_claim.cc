// Cluster claims (registry.md R206 to R209).
#include "rules/config_parts.h"

namespace stepreg::rules {

namespace {

constexpr std::string_view kReserved[] = {"product", "version", "architecture", "cloud", "owner"};

void check_fields(const TestCheck& check, const Located<ClusterClaim>& claim) {
  const auto need = [&](std::string_view field, const Text& value) {
    if (!value->empty()) return;
    check.add(rule("SR455"), place_or(value.place, claim.place),
              "cluster_claim." + std::string(field),
              "has a cluster claim without " + in_quotes(field));
  };
  need("version", claim->version);
  need("cloud", claim->cloud);
  need("owner", claim->owner);
  for (const Entry<Text>& label : claim->labels) {
    if (!is_one_of(*label.key, kReserved)) continue;
    check
        .add(rule("SR454"), label.key.place, "cluster_claim.labels." + std::string(*label.key),
             "has the reserved label " + in_quotes(*label.key) + " in its cluster claim")
        .hint = "use the field of the same name in `cluster_claim`";
  }
}

}  // namespace

void check_test_claim(const TestCheck& check) {
  const TestEntry& test = check.test();
  if (!test.cluster_claim) return;
  check_fields(check, test.cluster_claim);
  if (!test.is_multi_stage()) {
    check.add(rule("SR456"), test.cluster_claim.place, "cluster_claim",
              "has a cluster claim and is no multi-stage test");
  }
  // A profile of the workflow is seen by check_ownership().
  const LiteralMultiStage& literal = *test.literal_steps;
  const Text* profiles[] = {&test.steps->cluster_profile, &literal.cluster_profile,
                            &literal.cluster_profile_literal->name};
  for (const Text* profile : profiles) {
    if ((*profile)->empty()) continue;
    check
        .add(rule("SR457"), test.cluster_claim.place, "cluster_claim",
             "has a cluster claim and the cluster profile " + in_quotes(**profile))
        .notes.push_back({Location::of(profile->place), "the profile is set here"});
    return;
  }
}

}  // namespace stepreg::rules
