// The rest of a configuration (registry.md 3.15, 3.17).
#include "decode/decoder.h"
#include "decode/tables.h"

namespace stepreg::decode {

template <>
const ObjectSpec& spec_of<Metadata>() {
  static constexpr FieldSpec kFields[] = {
      field<&Metadata::org>("org", "organisation"),
      field<&Metadata::repo>("repo", "repository"),
      field<&Metadata::branch>("branch", "branch"),
      field<&Metadata::variant>("variant", "variant"),
  };
  static constexpr ObjectSpec kSpec{"zz_generated_metadata", "Where the file belongs.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<PathMapping>() {
  static constexpr FieldSpec kFields[] = {
      field<&PathMapping::source_path>("source_path", "from"),
      field<&PathMapping::destination_dir>("destination_dir", "to"),
  };
  static constexpr ObjectSpec kSpec{"path", "A file copied into the build.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<ImageInput>() {
  static constexpr FieldSpec kFields[] = {
      field<&ImageInput::paths>("paths", "files"),
      field<&ImageInput::as>("as", "names in the Dockerfile"),
  };
  static constexpr ObjectSpec kSpec{"image input", "Files of another image.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<BuildArg>() {
  static constexpr FieldSpec kFields[] = {
      field<&BuildArg::name>("name", "name"),
      field<&BuildArg::value>("value", "value"),
  };
  static constexpr ObjectSpec kSpec{"build argument", "A build argument.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<BuildInputs>() {
  static constexpr FieldSpec kFields[] = {
      field<&BuildInputs::context_dir>("context_dir", "directory of the build"),
      field<&BuildInputs::dockerfile_path>("dockerfile_path", "path of the Dockerfile"),
      field<&BuildInputs::dockerfile_literal>("dockerfile_literal", "text of the Dockerfile"),
      field<&BuildInputs::inputs>("inputs", "image to files"),
      field<&BuildInputs::build_args>("build_args", "build arguments"),
  };
  static constexpr ObjectSpec kSpec{"set of build inputs", "What goes into an image build.",
                                    kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<BuildRoot>() {
  static constexpr FieldSpec kFields[] = {
      field<&BuildRoot::image_stream_tag>("image_stream_tag", "an image stream tag"),
      field<&BuildRoot::project_image>("project_image", "an image built from the repository"),
      field<&BuildRoot::from_repository>("from_repository", "taken from .ci-operator.yaml"),
      field<&BuildRoot::use_build_cache>("use_build_cache", "use the build cache"),
  };
  static constexpr ObjectSpec kSpec{"build_root", "The image with the build tools.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<ExternalImage>() {
  static constexpr FieldSpec kFields[] = {
      field<&ExternalImage::registry>("registry", "registry"),
      field<&ExternalImage::ns>("namespace", "namespace"),
      field<&ExternalImage::name>("name", "name"),
      field<&ExternalImage::tag>("tag", "tag"),
      field<&ExternalImage::as>("as", "internal name"),
      field<&ExternalImage::pull_secret>("pull_secret", "pull secret"),
      field<&ExternalImage::pull_spec>("pull_spec", "internal"),
  };
  static constexpr ObjectSpec kSpec{"external image", "An image from outside.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<TagSpecification>() {
  static constexpr FieldSpec kFields[] = {
      field<&TagSpecification::ns>("namespace", "namespace"),
      field<&TagSpecification::name>("name", "name"),
      field<&TagSpecification::include_built_images>("include_built_images",
                                                     "replace by built images"),
      field<&TagSpecification::reference_policy>("reference_policy", "Local or Source"),
  };
  static constexpr ObjectSpec::Removed kRemoved[] = {
      {"cluster", "removed; images are always taken from the build cluster"},
      {"tag", "removed; give a name"},
  };
  static constexpr ObjectSpec kSpec{"tag_specification",
                                    "The old way to import releases.",
                                    kFields,
                                    nullptr,
                                    nullptr,
                                    nullptr,
                                    kRemoved};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<Integration>() {
  static constexpr FieldSpec kFields[] = {
      field<&Integration::ns>("namespace", "namespace"),
      field<&Integration::name>("name", "name"),
      field<&Integration::include_built_images>("include_built_images", "replace by built images"),
      field<&Integration::reference_policy>("reference_policy", "Local or Source"),
  };
  static constexpr ObjectSpec kSpec{"integration release", "A release from an image stream.",
                                    kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<Candidate>() {
  static constexpr FieldSpec kFields[] = {
      field<&Candidate::product>("product", "ocp, okd, okd-scos"),
      field<&Candidate::architecture>("architecture", "architecture"),
      field<&Candidate::stream>("stream", "stream"),
      field<&Candidate::version>("version", "version"),
      field<&Candidate::relative>("relative", "how many before the latest"),
  };
  static constexpr ObjectSpec kSpec{"candidate release", "A nightly or CI payload.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<VersionBounds>() {
  static constexpr FieldSpec kFields[] = {
      field<&VersionBounds::lower>("lower", "lower bound"),
      field<&VersionBounds::upper>("upper", "upper bound"),
      field<&VersionBounds::stream>("stream", "stream"),
  };
  static constexpr ObjectSpec kSpec{"set of version bounds", "Bounds of a version.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<Prerelease>() {
  static constexpr FieldSpec kFields[] = {
      field<&Prerelease::product>("product", "product"),
      field<&Prerelease::architecture>("architecture", "architecture"),
      field<&Prerelease::relative>("relative", "how many before the latest"),
      field<&Prerelease::version_bounds>("version_bounds", "bounds"),
  };
  static constexpr ObjectSpec kSpec{"prerelease", "A payload within bounds.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<ReleaseVersion>() {
  static constexpr FieldSpec kFields[] = {
      field<&ReleaseVersion::version>("version", "version"),
      field<&ReleaseVersion::channel>("channel", "stable, fast, candidate"),
      field<&ReleaseVersion::architecture>("architecture", "architecture"),
      field<&ReleaseVersion::relative>("relative", "how many before the latest"),
  };
  static constexpr ObjectSpec kSpec{"release version", "A published release.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<Release>() {
  static constexpr FieldSpec kFields[] = {
      field<&Release::integration>("integration", "from an image stream"),
      field<&Release::candidate>("candidate", "a nightly or CI payload"),
      field<&Release::prerelease>("prerelease", "a payload within bounds"),
      field<&Release::release>("release", "a published release"),
  };
  static constexpr ObjectSpec kSpec{"release", "A payload: exactly one kind.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<ImageBuild>() {
  static constexpr FieldSpec kFields[] = {
      field<&ImageBuild::from>("from", "base image"),
      field<&ImageBuild::to>("to", "name", kRequired),
      field<&ImageBuild::optional>("optional", "only when needed"),
      field<&ImageBuild::multi_arch>("multi_arch", "for several architectures"),
      field<&ImageBuild::additional_architectures>("additional_architectures",
                                                   "further architectures"),
      field<&ImageBuild::capabilities>("capabilities", "abilities of the build node"),
      field<&ImageBuild::ref>("ref", "repository"),
  };
  static constexpr ObjectSpec kSpec{
      "image", "An image to build.", kFields, &spec_of<BuildInputs>,
      [](void* image) -> void* { return &static_cast<ImageBuild*>(image)->inputs; }};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<Bundle>() {
  static constexpr FieldSpec kFields[] = {
      field<&Bundle::as>("as", "name"),
      field<&Bundle::dockerfile_path>("dockerfile_path", "path of the Dockerfile"),
      field<&Bundle::context_dir>("context_dir", "directory of the build"),
      field<&Bundle::base_index>("base_index", "index to add to"),
      field<&Bundle::update_graph>("update_graph",
                                   "how to add: semver, semver-skippatch, replaces"),
      field<&Bundle::skip_building_index>("skip_building_index", "no index"),
      field<&Bundle::optional>("optional", "only when needed"),
      field<&Bundle::capabilities>("capabilities", "abilities of the build node"),
      field<&Bundle::run_if_changed>("run_if_changed", "run only if a changed file matches"),
      field<&Bundle::skip_if_only_changed>("skip_if_only_changed",
                                           "skip if all changed files match"),
  };
  static constexpr ObjectSpec kSpec{"operator bundle", "An operator bundle.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<Substitution>() {
  static constexpr FieldSpec kFields[] = {
      field<&Substitution::pullspec>("pullspec", "what to replace"),
      field<&Substitution::with>("with", "image"),
  };
  static constexpr ObjectSpec kSpec{"substitution", "A pull spec to replace.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<Operator>() {
  static constexpr FieldSpec kFields[] = {
      field<&Operator::bundles>("bundles", "bundles"),
      field<&Operator::substitutions>("substitutions", "pull specs to replace"),
  };
  static constexpr ObjectSpec kSpec{"operator", "Operator bundles.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<PromotionTarget>() {
  static constexpr FieldSpec kFields[] = {
      field<&PromotionTarget::ns>("namespace", "namespace"),
      field<&PromotionTarget::name>("name", "image stream"),
      field<&PromotionTarget::tag>("tag", "tag"),
      field<&PromotionTarget::tag_by_commit>("tag_by_commit", "tag by commit as well"),
      field<&PromotionTarget::excluded_images>("excluded_images",
                                               "images not to publish; `*`: none"),
      field<&PromotionTarget::additional_images>("additional_images", "further images"),
      field<&PromotionTarget::disabled>("disabled", "switched off"),
  };
  static constexpr ObjectSpec::Removed kRemoved[] = {
      {"cluster", "removed; images are published to the central registry"},
  };
  static constexpr ObjectSpec kSpec{"promotion target",
                                    "Where images are published.",
                                    kFields,
                                    nullptr,
                                    nullptr,
                                    nullptr,
                                    kRemoved};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<Promotion>() {
  static constexpr FieldSpec kFields[] = {
      field<&Promotion::to>("to", "targets"),
      field<&Promotion::registry_override>("registry_override", "internal"),
      field<&Promotion::disable_build_cache>("disable_build_cache", "no build cache"),
      field<&Promotion::cron>("cron", "schedule"),
  };
  static constexpr ObjectSpec kSpec{
      "promotion",
      "Publishing after a merge.",
      kFields,
      &spec_of<PromotionTarget>,
      [](void* promotion) -> void* { return &static_cast<Promotion*>(promotion)->single; },
      [](void* object, Text key) {
        auto* promotion = static_cast<Promotion*>(object);
        if (!promotion->first_single_field) promotion->first_single_field = key;
      }};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<RefCommands>() {
  static constexpr FieldSpec kFields[] = {
      field<&RefCommands::ref>("ref", "repository"),
      field<&RefCommands::commands>("commands", "commands"),
  };
  static constexpr ObjectSpec kSpec{"set of commands", "Internal.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<RefLocation>() {
  static constexpr FieldSpec kFields[] = {
      field<&RefLocation::ref>("ref", "repository"),
      field<&RefLocation::location>("location", "location"),
  };
  static constexpr ObjectSpec kSpec{"location", "Internal.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<RefRepository>() {
  static constexpr FieldSpec kFields[] = {
      field<&RefRepository::ref>("ref", "repository"),
      field<&RefRepository::repository>("repository", "repository"),
  };
  static constexpr ObjectSpec kSpec{"repository", "Internal.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<Prowgen>() {
  static constexpr FieldSpec kFields[] = {
      field<&Prowgen::disable_rehearsals>("disable_rehearsals", "no trial runs"),
      field<&Prowgen::skip_operator_presubmits>("skip_operator_presubmits",
                                                "no presubmits for bundles"),
      field<&Prowgen::enable_secrets_store_csi_driver>("enable_secrets_store_csi_driver",
                                                       "secrets by driver"),
      field<&Prowgen::private_>("private", "private jobs"),
      field<&Prowgen::expose>("expose", "show private jobs"),
      field<&Prowgen::disable_sparse_checkout>("disable_sparse_checkout", "full checkout"),
  };
  static constexpr ObjectSpec kSpec{"prowgen", "Job generation.", kFields};
  return kSpec;
}

namespace {

constexpr FieldSpec kImagesFields[] = {
    field<&Images::items>("items", "the images"),
    field<&Images::run_if_changed>("run_if_changed", "run only if a changed file matches"),
    field<&Images::skip_if_only_changed>("skip_if_only_changed", "skip if all changed files match"),
    field<&Images::pipeline_run_if_changed>("pipeline_run_if_changed", "in the second stage"),
    field<&Images::pipeline_skip_if_only_changed>("pipeline_skip_if_only_changed",
                                                  "in the second stage"),
    field<&Images::build_if_affected>("build_if_affected", "build only what a change affects"),
    field<&Images::reporter_config>("reporter_config", "chat notification"),
};

// `images` is a mapping today and was a list until 2024.
constexpr FieldSpec kImagesField{"images", "images to build", 0, TypeOf<Located<Images>>::kSpec,
                                 [](Decoder& decoder, yaml::NodeId node, void* object) {
                                   Located<Images>& images = static_cast<Config*>(object)->images;
                                   if (decoder.kind_of(node) != yaml::Node::Kind::sequence)
                                     return decoder.read(node, images);
                                   decoder.note_old_form(
                                       decoder.document().place(node),
                                       "`images` is a list; today the list stands under `items`");
                                   images.place = decoder.document().place(node);
                                   decoder.read(node, images.value.items);
                                 }};

}  // namespace

template <>
const ObjectSpec& spec_of<Images>() {
  static constexpr ObjectSpec kSpec{"set of images", "Images to build.", kImagesFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<Config>() {
  static constexpr FieldSpec kFields[] = {
      field<&Config::metadata>("zz_generated_metadata", "where the file belongs"),
      field<&Config::base_images>("base_images", "alias to image", kExact),
      field<&Config::base_rpm_images>("base_rpm_images", "alias to image, with the RPM repository",
                                      kExact),
      field<&Config::build_root>("build_root", "image with the build tools", kExact),
      field<&Config::build_roots>("build_roots", "internal", kExact),
      field<&Config::external_images>("external_images", "alias to image from outside", kExact),
      field<&Config::tag_specification>("tag_specification", "the old way to import releases",
                                        kExact),
      field<&Config::releases>("releases", "name to payload", kExact),
      field<&Config::binary_build_commands>("binary_build_commands", "creates `bin`"),
      field<&Config::test_binary_build_commands>("test_binary_build_commands",
                                                 "creates `test-bin`"),
      field<&Config::rpm_build_commands>("rpm_build_commands", "creates `rpms`"),
      field<&Config::rpm_build_location>("rpm_build_location", "where the RPMs lie"),
      field<&Config::binary_build_commands_list>("binary_build_commands_list", "internal"),
      field<&Config::test_binary_build_commands_list>("test_binary_build_commands_list",
                                                      "internal"),
      field<&Config::rpm_build_commands_list>("rpm_build_commands_list", "internal"),
      field<&Config::rpm_build_location_list>("rpm_build_location_list", "internal"),
      field<&Config::canonical_go_repository_list>("canonical_go_repository_list", "internal"),
      field<&Config::canonical_go_repository>("canonical_go_repository", "checkout path"),
      kImagesField,
      field<&Config::operator_>("operator", "operator bundles"),
      field<&Config::tests>("tests", "the tests"),
      field<&Config::raw_steps>("raw_steps", "hand-written build steps"),
      field<&Config::promotion>("promotion", "publishing"),
      field<&Config::resources>("resources", "test or image, or `*`, to resources", kRequired),
      field<&Config::prowgen>("prowgen", "job generation"),
  };
  static constexpr ObjectSpec::Removed kRemoved[] = {
      {"artifact_dir", "removed in 2021; artifacts are taken from $ARTIFACT_DIR"},
      {"build_images_if_affected", "moved to `build_if_affected` beside `items` of `images`"},
  };
  static constexpr ObjectSpec kSpec{
      "configuration", "A configuration file of ci-operator.", kFields, nullptr, nullptr, nullptr,
      kRemoved};
  return kSpec;
}

}  // namespace stepreg::decode
