// Files of the registry (registry.md 3.2, 3.4, 3.5, 3.13, 3.16).
#include "decode/decoder.h"
#include "decode/tables.h"

namespace stepreg::decode {

template <>
const ObjectSpec& spec_of<ObserverSelection>() {
  static constexpr FieldSpec kFields[] = {
      field<&ObserverSelection::enable>("enable", "observers to run beside the test"),
      field<&ObserverSelection::disable>("disable", "observers not to run, whoever wants them"),
  };
  static constexpr ObjectSpec kSpec{"observers selection", "Which observers run.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<MultiStage>() {
  static constexpr FieldSpec kFields[] = {
      field<&MultiStage::workflow>("workflow", "workflow to use; not allowed inside of a workflow"),
      field<&MultiStage::cluster_profile>("cluster_profile", "cloud account; adds a lease"),
      field<&MultiStage::pre>("pre", "set-up; the first failure ends the phase and skips `test`"),
      field<&MultiStage::test>("test", "the test proper; the first failure ends the phase"),
      field<&MultiStage::post>("post", "cleanup; every step runs, whatever failed before"),
      field<&MultiStage::env>("env", "values for parameters of the steps"),
      field<&MultiStage::dependencies>("dependencies", "variable of a dependency to another image"),
      field<&MultiStage::dependency_overrides>("dependency_overrides",
                                               "variable of a dependency to a pull spec"),
      field<&MultiStage::dns>("dnsConfig", "DNS of all steps"),
      field<&MultiStage::leases>("leases", "leases for the whole test"),
      field<&MultiStage::allow_skip_on_success>("allow_skip_on_success",
                                                "honours `optional_on_success`"),
      field<&MultiStage::allow_best_effort_post_steps>("allow_best_effort_post_steps",
                                                       "honours `best_effort`"),
      field<&MultiStage::observers>("observers", "observers to enable and disable"),
      field<&MultiStage::node_architecture>("node_architecture", "architecture of all steps", 0,
                                            "amd64|arm64|s390x|ppc64le"),
      field<&MultiStage::node_architecture_overrides>("node_architecture_overrides",
                                                      "step to architecture"),
      field<&MultiStage::timeouts>("timeouts", "limits for the executor", kExtension),
  };
  static constexpr ObjectSpec kSpec{"multi-stage test",
                                    "Phases and settings of a test or workflow.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<Chain>() {
  static constexpr FieldSpec kFields[] = {
      field<&Chain::as>("as", "name: the path of the directory", kRequired),
      field<&Chain::steps>("steps", "run in order"),
      field<&Chain::env>("env", "values for parameters of the steps below"),
      field<&Chain::leases>("leases", "has no effect; set leases in steps, workflows or tests"),
      field<&Chain::documentation>("documentation", "what it does"),
  };
  static constexpr ObjectSpec kSpec{"chain", "An ordered list of steps and chains.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<Workflow>() {
  static constexpr FieldSpec kFields[] = {
      field<&Workflow::as>("as", "name: the path of the directory", kRequired),
      field<&Workflow::steps>("steps", "phases and settings"),
      field<&Workflow::documentation>("documentation", "what it does"),
  };
  static constexpr ObjectSpec kSpec{"workflow", "Three phases plus settings.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<RefFile>() {
  static constexpr FieldSpec kFields[] = {
      field<&RefFile::documentation>("documentation", "what the step does"),
  };
  static constexpr ObjectSpec kSpec{
      "step", "A step of the registry.", kFields, &spec_of<Step>,
      [](void* file) -> void* { return &static_cast<RefFile*>(file)->step; }};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<ObserverFile>() {
  static constexpr FieldSpec kFields[] = {
      field<&ObserverFile::documentation>("documentation", "what the observer does"),
  };
  static constexpr ObjectSpec kSpec{
      "observer", "An observer of the registry.", kFields, &spec_of<Observer>,
      [](void* file) -> void* { return &static_cast<ObserverFile*>(file)->observer; }};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<RefWrapper>() {
  static constexpr FieldSpec kFields[] = {
      field<&RefWrapper::ref>("ref", "the step", kRequired),
  };
  static constexpr ObjectSpec kSpec{"step file", "NAME-ref.yaml", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<ChainWrapper>() {
  static constexpr FieldSpec kFields[] = {
      field<&ChainWrapper::chain>("chain", "the chain", kRequired),
  };
  static constexpr ObjectSpec kSpec{"chain file", "NAME-chain.yaml", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<WorkflowWrapper>() {
  static constexpr FieldSpec kFields[] = {
      field<&WorkflowWrapper::workflow>("workflow", "the workflow", kRequired),
  };
  static constexpr ObjectSpec kSpec{"workflow file", "NAME-workflow.yaml", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<ObserverWrapper>() {
  static constexpr FieldSpec kFields[] = {
      field<&ObserverWrapper::observer>("observer", "the observer", kRequired),
  };
  static constexpr ObjectSpec kSpec{"observer file", "NAME-observer.yaml", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<KonfluxOwner>() {
  static constexpr FieldSpec kFields[] = {
      field<&KonfluxOwner::tenant>("tenant", "tenant"),
      field<&KonfluxOwner::clusters>("clusters", "clusters"),
      field<&KonfluxOwner::cluster_groups>("cluster_groups", "groups of `konflux.cluster_groups`"),
      field<&KonfluxOwner::clusters_resolved>("clusters_resolved", "clusters of the groups"),
  };
  static constexpr ObjectSpec kSpec{"konflux owner", "An owner that is no repository.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<Owner>() {
  static constexpr FieldSpec kFields[] = {
      field<&Owner::org>("org", "organisation"),
      field<&Owner::repos>("repos", "repositories; absent: all of the organisation"),
      field<&Owner::konflux>("konflux", "an owner that is no repository"),
  };
  static constexpr ObjectSpec kSpec{"owner", "Who may use it.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<ClusterProfile>() {
  static constexpr FieldSpec kFields[] = {
      field<&ClusterProfile::name>("name", "name of the profile"),
      field<&ClusterProfile::name>("profile", "name of the profile, in the form of 2024"),
      field<&ClusterProfile::owners>("owners", "who may use it; absent or empty: everybody"),
      field<&ClusterProfile::cluster_type>("cluster_type", "becomes CLUSTER_TYPE"),
      field<&ClusterProfile::lease_type>("lease_type", "type of the implicit lease"),
      field<&ClusterProfile::ip_pool_lease_type>("ip_pool_lease_type", "type of the address lease"),
      field<&ClusterProfile::secret>("secret", "name of the secret with the credentials"),
      field<&ClusterProfile::config_map>("config_map", "name of the config map"),
      field<&ClusterProfile::set_members>("set_members", "makes this a set of profiles"),
  };
  static constexpr ObjectSpec kSpec{"cluster profile", "A named cloud account.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<KonfluxGroups>() {
  static constexpr FieldSpec kFields[] = {
      field<&KonfluxGroups::cluster_groups>("cluster_groups", "name to clusters"),
  };
  static constexpr ObjectSpec kSpec{"konflux setting", "Groups of clusters.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<ProfileSets>() {
  static constexpr FieldSpec kFields[] = {
      field<&ProfileSets::tests_exceptions>(
          "tests_exceptions",
          "org/repo to branch to variant to tests that may name a member directly"),
  };
  static constexpr ObjectSpec kSpec{"profile set setting", "Exceptions for members of sets.",
                                    kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<ClusterProfiles>() {
  static constexpr FieldSpec kFields[] = {
      field<&ClusterProfiles::profiles>("cluster_profiles", "the profiles"),
      field<&ClusterProfiles::konflux>("konflux", "groups of clusters"),
      field<&ClusterProfiles::sets>("cluster_profile_sets_config",
                                    "exceptions for members of sets"),
  };
  static constexpr ObjectSpec kSpec{"cluster profile file", "cluster-profiles-config.yaml",
                                    kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<ClaimOwners>() {
  static constexpr FieldSpec kFields[] = {
      field<&ClaimOwners::claim>("claim", "`owner` of the cluster claims it is about"),
      field<&ClaimOwners::owners>("owners", "who may use it"),
  };
  static constexpr ObjectSpec kSpec{"cluster claim owner", "Who may claim clusters.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<OwnersFile>() {
  static constexpr FieldSpec kFields[] = {
      field<&OwnersFile::approvers>("approvers", "who may approve changes"),
      field<&OwnersFile::reviewers>("reviewers", "who is asked to review changes"),
      field<&OwnersFile::required_reviewers>("required_reviewers", "who has to review changes"),
      field<&OwnersFile::labels>("labels", "labels of changes"),
  };
  static constexpr ObjectSpec kSpec{"owners file", "OWNERS", kFields};
  return kSpec;
}

}  // namespace stepreg::decode
