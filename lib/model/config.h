// One configuration file of ci-operator (registry.md 3.14, 3.15, 3.17).
#pragma once

#include <string>

#include "model/multi_stage.h"

namespace stepreg {

struct Metadata {
  Text org, repo, branch, variant;
};

struct MemoryBackedVolume {
  Text size;
};

struct ContainerTest {
  Text from;
  Flag clone;
  Located<MemoryBackedVolume> memory_backed_volume;
};

struct ClusterClaim {
  Text as, product, version, architecture, cloud, owner;
  TextMap labels;
  DurationValue timeout;
};

struct Secret {
  Text name, mount_path;
  Text bundle, collection, group, field, as;

  bool is_managed() const {
    return !collection->empty() || !group->empty() || !bundle->empty() || !field->empty() ||
           !as->empty();
  }
};

struct Retry {
  Integer attempts;
  Text interval;
  Flag run_all;
};

struct ReporterConfig {
  Text channel;
  TextList job_states_to_report;
  Text report_template;
  Flag report_presubmit;
};

struct TemplateTest {  // the forms that were removed after 2024
  Text cluster_profile;
};

struct TestEntry {
  Text as;
  Text commands;
  Located<ContainerTest> container;
  Located<MultiStage> steps;
  Located<LiteralMultiStage> literal_steps;
  Text cron, interval, minimum_interval;
  Flag release_controller, presubmit, postsubmit, optional, always_run;
  Text run_if_changed, skip_if_only_changed;
  Text pipeline_run_if_changed, pipeline_skip_if_only_changed;
  TextList skip_branches;
  DurationValue timeout;
  Text cluster;
  Located<ClusterClaim> cluster_claim;
  Located<Secret> secret;
  ObjectList<Secret> secrets;
  TextList capabilities;
  Text node_architecture;
  Flag nested_podman, portable;
  Integer shard_count, max_concurrency;
  Located<Retry> retry;
  Flag restrict_network_access, disable_rehearsal, disable_pod_scaler;
  Located<ReporterConfig> reporter_config;
  Located<Timeouts> timeouts;  // extension
  Located<TemplateTest> openshift_installer, openshift_installer_upi, openshift_installer_upi_src,
      openshift_installer_src, openshift_installer_custom_test_image, openshift_ansible,
      openshift_ansible_src, openshift_ansible_custom, openshift_ansible_upgrade,
      openshift_installer_console, openshift_installer_random;

  bool is_periodic() const {
    return cron.present() || interval.present() || minimum_interval.present() ||
           (release_controller.present() && *release_controller);
  }
  bool is_multi_stage() const { return steps.present() || literal_steps.present(); }
};

struct PathMapping {
  Text source_path, destination_dir;
};

struct ImageInput {
  ObjectList<PathMapping> paths;
  TextList as;
};

struct BuildArg {
  Text name, value;
};

struct BuildInputs {
  Text context_dir, dockerfile_path, dockerfile_literal;
  ObjectMap<ImageInput> inputs;
  ObjectList<BuildArg> build_args;
};

struct BuildRoot {
  Located<ImageStreamTag> image_stream_tag;
  Located<BuildInputs> project_image;
  Flag from_repository;
  Flag use_build_cache;
};

struct ExternalImage {
  Text registry, ns, name, tag, as, pull_secret, pull_spec;
};

struct TagSpecification {
  Text ns, name;
  Flag include_built_images;
  Text reference_policy;
};

struct Integration {
  Text ns, name;
  Flag include_built_images;
  Text reference_policy;
};

struct Candidate {
  Text product, architecture, stream, version;
  Integer relative;
};

struct VersionBounds {
  Text lower, upper, stream;
};

struct Prerelease {
  Text product, architecture;
  Integer relative;
  Located<VersionBounds> version_bounds;
};

struct ReleaseVersion {
  Text version, channel, architecture;
  Integer relative;
};

struct Release {
  Located<Integration> integration;
  Located<Candidate> candidate;
  Located<Prerelease> prerelease;
  Located<ReleaseVersion> release;
};

struct ImageBuild {
  Text from, to;
  Flag optional, multi_arch;
  TextList additional_architectures, capabilities;
  Text ref;
  BuildInputs inputs;
};

struct Images {
  ObjectList<ImageBuild> items;
  Text run_if_changed, skip_if_only_changed;
  Text pipeline_run_if_changed, pipeline_skip_if_only_changed;
  Flag build_if_affected;
  Located<ReporterConfig> reporter_config;
};

struct Bundle {
  Text as, dockerfile_path, context_dir, base_index, update_graph;
  Flag skip_building_index, optional;
  TextList capabilities;
  Text run_if_changed, skip_if_only_changed;
};

struct Substitution {
  Text pullspec, with;
};

struct Operator {
  ObjectList<Bundle> bundles;
  ObjectList<Substitution> substitutions;
};

struct PromotionTarget {
  Text ns, name, tag;
  Flag tag_by_commit;
  TextList excluded_images;
  TextMap additional_images;
  Flag disabled;
};

struct Promotion {
  ObjectList<PromotionTarget> to;
  Text registry_override;
  Flag disable_build_cache;
  Text cron;
  PromotionTarget single;  // until 2023 the fields of one target stood directly here
  Text first_single_field;
};

struct RefCommands {
  Text ref, commands;
};
struct RefLocation {
  Text ref, location;
};
struct RefRepository {
  Text ref, repository;
};

struct CacheStep {
  Text from, to, commands, ref;
};
struct RpmInjection {
  Text from, to;
};
struct OutputTag {
  Text from;
  Located<ImageStreamTag> to;
  Flag optional;
};
struct InputTag {
  Located<ImageStreamTag> base_image;
  Located<ExternalImage> external_image;
  Text to, ref;
};
struct SourceStep {
  Text from, to, pull_spec, clonerefs_path, ref;
  Located<ImageStreamTag> clonerefs_image;  // the form of 2024
};
struct BundleSource {
  ObjectList<Substitution> substitutions;
};
struct IndexGenerator {
  Text to;
  TextList operator_index;
  Text base_index, update_graph;
};
struct RpmServe {
  Text from, ref;
};
struct ResolvedRelease {
  Text name;
  Release release;
};

struct RawStep {
  Located<InputTag> input_image_tag_step;
  Located<CacheStep> pipeline_image_cache_step;
  Located<SourceStep> source_step;
  Located<BundleSource> bundle_source_step;
  Located<IndexGenerator> index_generator_step;
  Located<ImageBuild> project_directory_image_build_step;
  Located<RpmInjection> rpm_image_injection_step;
  Located<RpmServe> rpm_serve_step;
  Located<OutputTag> output_image_tag_step;
  Located<TagSpecification> release_images_tag_step;
  Located<ResolvedRelease> resolved_release_images_step;
  Located<TestEntry> test_step;
  Located<BuildInputs> project_directory_image_build_inputs;
};

struct Prowgen {
  Flag disable_rehearsals, skip_operator_presubmits, enable_secrets_store_csi_driver, private_,
      expose, disable_sparse_checkout;
};

struct Config {
  Located<Metadata> metadata;  // `zz_generated_metadata`
  ObjectMap<ImageStreamTag> base_images, base_rpm_images;
  Located<BuildRoot> build_root;
  ObjectMap<BuildRoot> build_roots;
  ObjectMap<ExternalImage> external_images;
  Located<TagSpecification> tag_specification;
  ObjectMap<Release> releases;
  Text binary_build_commands, test_binary_build_commands, rpm_build_commands, rpm_build_location;
  ObjectList<RefCommands> binary_build_commands_list, test_binary_build_commands_list,
      rpm_build_commands_list;
  ObjectList<RefLocation> rpm_build_location_list;
  ObjectList<RefRepository> canonical_go_repository_list;
  Text canonical_go_repository;
  Located<Images> images;
  Located<Operator> operator_;
  ObjectList<TestEntry> tests;
  ObjectList<RawStep> raw_steps;
  Located<Promotion> promotion;
  ObjectMap<Resources> resources;
  Located<Prowgen> prowgen;
};

}  // namespace stepreg
