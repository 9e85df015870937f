// Tests of a configuration (registry.md 3.14).
#include "decode/decoder.h"
#include "decode/tables.h"

namespace stepreg::decode {

template <>
const ObjectSpec& spec_of<MemoryBackedVolume>() {
  static constexpr FieldSpec kFields[] = {
      field<&MemoryBackedVolume::size>("size", "size, a quantity"),
  };
  static constexpr ObjectSpec kSpec{"memory backed volume", "A volume in memory.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<ContainerTest>() {
  static constexpr FieldSpec kFields[] = {
      field<&ContainerTest::from>("from", "image built by this configuration", kRequired),
      field<&ContainerTest::clone>("clone", "clone the source first"),
      field<&ContainerTest::memory_backed_volume>("memory_backed_volume", "a volume in memory"),
  };
  static constexpr ObjectSpec kSpec{"container test", "A test that runs one script in one image.",
                                    kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<ClusterClaim>() {
  static constexpr FieldSpec kFields[] = {
      field<&ClusterClaim::as>("as", "name of the release; `latest` when absent"),
      field<&ClusterClaim::product>("product", "`ocp` when absent"),
      field<&ClusterClaim::version>("version", "version"),
      field<&ClusterClaim::architecture>("architecture", "`amd64` when absent"),
      field<&ClusterClaim::cloud>("cloud", "cloud"),
      field<&ClusterClaim::owner>("owner", "pool owner"),
      field<&ClusterClaim::labels>("labels", "further labels"),
      field<&ClusterClaim::timeout>("timeout", "wait for the cluster; 1h when absent"),
  };
  static constexpr ObjectSpec kSpec{"cluster claim", "A request for a ready-made cluster.",
                                    kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<Secret>() {
  static constexpr FieldSpec kFields[] = {
      field<&Secret::name>("name", "name of the secret"),
      field<&Secret::mount_path>("mount_path", "absolute directory"),
      field<&Secret::bundle>("bundle", "a named set of secrets"),
      field<&Secret::collection>("collection", "collection of the secret manager"),
      field<&Secret::group>("group", "group within the collection"),
      field<&Secret::field>("field", "a single field"),
      field<&Secret::as>("as", "file name for the single field"),
  };
  static constexpr ObjectSpec kSpec{"secret", "A secret mounted into a container test.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<Retry>() {
  static constexpr FieldSpec kFields[] = {
      field<&Retry::attempts>("attempts", "how often"),
      field<&Retry::interval>("interval", "time between attempts"),
      field<&Retry::run_all>("run_all", "also after success"),
  };
  static constexpr ObjectSpec kSpec{"retry", "Repetition of a periodic test.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<ReporterConfig>() {
  static constexpr FieldSpec kFields[] = {
      field<&ReporterConfig::channel>("channel", "channel", kRequired),
      field<&ReporterConfig::job_states_to_report>("job_states_to_report", "states"),
      field<&ReporterConfig::report_template>("report_template", "text"),
      field<&ReporterConfig::report_presubmit>("report_presubmit", "for presubmits as well"),
  };
  static constexpr ObjectSpec kSpec{"reporter_config", "Chat notification.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<TemplateTest>() {
  static constexpr FieldSpec kFields[] = {
      field<&TemplateTest::cluster_profile>("cluster_profile", "cloud account"),
  };
  static constexpr ObjectSpec::Removed kRemoved[] = {
      {"command", "removed with the template tests"},
      {"upgrade", "removed with the template tests"},
  };
  static constexpr ObjectSpec kSpec{
      "template test", "A kind of test that was removed.", kFields, nullptr, nullptr, nullptr,
      kRemoved};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<ClusterProfileLiteral>() {
  static constexpr FieldSpec kFields[] = {
      field<&ClusterProfileLiteral::name>("name", "name"),
      field<&ClusterProfileLiteral::lease_type>("lease_type", "lease type"),
      field<&ClusterProfileLiteral::ip_pool_lease_type>("ip_pool_lease_type", "ip pool lease type"),
      field<&ClusterProfileLiteral::cluster_type>("cluster_type", "cluster type"),
      field<&ClusterProfileLiteral::secret>("secret", "secret"),
  };
  static constexpr ObjectSpec kSpec{"cluster profile literal", "A profile as resolution writes it.",
                                    kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<LiteralMultiStage>() {
  static constexpr FieldSpec kFields[] = {
      field<&LiteralMultiStage::cluster_profile_literal>("cluster_profile_literal", "profile"),
      field<&LiteralMultiStage::cluster_profile>("cluster_profile", "profile, in the form of 2024",
                                                 kOldForm),
      field<&LiteralMultiStage::pre>("pre", "set-up steps"),
      field<&LiteralMultiStage::test>("test", "test steps"),
      field<&LiteralMultiStage::post>("post", "cleanup steps"),
      field<&LiteralMultiStage::env>("env", "values for parameters"),
      field<&LiteralMultiStage::dependencies>("dependencies", "variable to image"),
      field<&LiteralMultiStage::dependency_overrides>("dependency_overrides",
                                                      "variable to pull spec"),
      field<&LiteralMultiStage::dns>("dnsConfig", "DNS of all steps"),
      field<&LiteralMultiStage::leases>("leases", "leases"),
      field<&LiteralMultiStage::allow_skip_on_success>("allow_skip_on_success",
                                                       "honours `optional_on_success`"),
      field<&LiteralMultiStage::allow_best_effort_post_steps>("allow_best_effort_post_steps",
                                                              "honours `best_effort`"),
      field<&LiteralMultiStage::observers>("observers", "observers"),
      field<&LiteralMultiStage::node_architecture>("node_architecture", "architecture"),
      field<&LiteralMultiStage::node_architecture_overrides>("node_architecture_overrides",
                                                             "step to architecture"),
      field<&LiteralMultiStage::timeout>("timeout", "limit"),
  };
  static constexpr ObjectSpec kSpec{"literal test", "A resolved multi-stage test.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<TestEntry>() {
  static constexpr FieldSpec kFields[] = {
      field<&TestEntry::as>("as", "name; becomes part of the job name", kRequired),
      field<&TestEntry::commands>("commands", "script of a container test"),
      field<&TestEntry::container>("container", "runs one script in one image"),
      field<&TestEntry::steps>("steps", "multi-stage test"),
      field<&TestEntry::literal_steps>("literal_steps", "resolved multi-stage test"),
      field<&TestEntry::cron>("cron", "periodic by schedule"),
      field<&TestEntry::interval>("interval", "periodic, from start to start"),
      field<&TestEntry::minimum_interval>("minimum_interval", "periodic, from end to start"),
      field<&TestEntry::release_controller>("release_controller",
                                            "started by the release controller"),
      field<&TestEntry::presubmit>("presubmit", "a periodic gets a presubmit as well"),
      field<&TestEntry::postsubmit>("postsubmit", "runs after a merge"),
      field<&TestEntry::optional>("optional", "does not block merging"),
      field<&TestEntry::always_run>("always_run", "false: only on request"),
      field<&TestEntry::run_if_changed>("run_if_changed", "run only if a changed file matches"),
      field<&TestEntry::skip_if_only_changed>("skip_if_only_changed",
                                              "skip if all changed files match"),
      field<&TestEntry::pipeline_run_if_changed>("pipeline_run_if_changed",
                                                 "as run_if_changed, in the second stage"),
      field<&TestEntry::pipeline_skip_if_only_changed>(
          "pipeline_skip_if_only_changed", "as skip_if_only_changed, in the second stage"),
      field<&TestEntry::skip_branches>("skip_branches", "branches without this presubmit"),
      field<&TestEntry::timeout>("timeout", "limit of the job"),
      field<&TestEntry::cluster>("cluster", "build cluster"),
      field<&TestEntry::cluster_claim>("cluster_claim", "claim a ready-made cluster"),
      field<&TestEntry::secret>("secret", "a secret for a container test"),
      field<&TestEntry::secrets>("secrets", "secrets for a container test"),
      field<&TestEntry::capabilities>("capabilities", "abilities the cluster must have"),
      field<&TestEntry::node_architecture>("node_architecture", "architecture of the node"),
      field<&TestEntry::nested_podman>("nested_podman", "allow containers inside of the container"),
      field<&TestEntry::portable>("portable", "keep this periodic when branches are made"),
      field<&TestEntry::shard_count>("shard_count", "split into that many jobs"),
      field<&TestEntry::max_concurrency>("max_concurrency", "jobs at the same time; 0: any number"),
      field<&TestEntry::retry>("retry", "repetition of a periodic"),
      field<&TestEntry::restrict_network_access>("restrict_network_access",
                                                 "false: opens the company network"),
      field<&TestEntry::disable_rehearsal>("disable_rehearsal", "no trial run"),
      field<&TestEntry::disable_pod_scaler>("disable_pod_scaler", "resources as written"),
      field<&TestEntry::reporter_config>("reporter_config", "chat notification"),
      field<&TestEntry::timeouts>("timeouts", "limits for the executor", kExtension),
      field<&TestEntry::openshift_installer>("openshift_installer",
                                             "template test, removed after 2024", kOldForm),
      field<&TestEntry::openshift_installer_upi>("openshift_installer_upi",
                                                 "template test, removed after 2024", kOldForm),
      field<&TestEntry::openshift_installer_upi_src>("openshift_installer_upi_src",
                                                     "template test, removed after 2024", kOldForm),
      field<&TestEntry::openshift_installer_src>("openshift_installer_src",
                                                 "template test, removed after 2024", kOldForm),
      field<&TestEntry::openshift_installer_custom_test_image>(
          "openshift_installer_custom_test_image", "template test, removed after 2024", kOldForm),
      field<&TestEntry::openshift_ansible>("openshift_ansible", "template test, removed after 2024",
                                           kOldForm),
      field<&TestEntry::openshift_ansible_src>("openshift_ansible_src",
                                               "template test, removed after 2024", kOldForm),
      field<&TestEntry::openshift_ansible_custom>("openshift_ansible_custom",
                                                  "template test, removed after 2024", kOldForm),
      field<&TestEntry::openshift_ansible_upgrade>("openshift_ansible_upgrade",
                                                   "template test, removed after 2024", kOldForm),
      field<&TestEntry::openshift_installer_console>("openshift_installer_console",
                                                     "template test, removed after 2024", kOldForm),
      field<&TestEntry::openshift_installer_random>("openshift_installer_random",
                                                    "template test, removed after 2024", kOldForm),
  };
  static constexpr ObjectSpec::Removed kRemoved[] = {
      {"artifact_dir", "removed in 2021; artifacts are taken from $ARTIFACT_DIR"},
      {"bound", "never had an effect here; remove it"},
  };
  static constexpr ObjectSpec kSpec{
      "test", "One test of a configuration.", kFields, nullptr, nullptr, nullptr, kRemoved};
  return kSpec;
}

}  // namespace stepreg::decode
