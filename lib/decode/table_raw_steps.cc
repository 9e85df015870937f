// Hand-written build steps of a configuration (registry.md 3.17).
#include "decode/decoder.h"
#include "decode/tables.h"

namespace stepreg::decode {

template <>
const ObjectSpec& spec_of<CacheStep>() {
  static constexpr FieldSpec kFields[] = {
      field<&CacheStep::from>("from", "image"),
      field<&CacheStep::to>("to", "name"),
      field<&CacheStep::commands>("commands", "script"),
      field<&CacheStep::ref>("ref", "repository"),
  };
  static constexpr ObjectSpec kSpec{"pipeline image cache step",
                                    "A script whose result is an image.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<RpmInjection>() {
  static constexpr FieldSpec kFields[] = {
      field<&RpmInjection::from>("from", "image"),
      field<&RpmInjection::to>("to", "name"),
  };
  static constexpr ObjectSpec kSpec{"RPM injection step", "Adds the RPM repository.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<OutputTag>() {
  static constexpr FieldSpec kFields[] = {
      field<&OutputTag::from>("from", "image"),
      field<&OutputTag::to>("to", "tag"),
      field<&OutputTag::optional>("optional", "only when needed"),
  };
  static constexpr ObjectSpec kSpec{"output image tag step", "Tags an image.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<InputTag>() {
  static constexpr FieldSpec kFields[] = {
      field<&InputTag::base_image>("base_image", "image"),
      field<&InputTag::external_image>("external_image", "image from outside"),
      field<&InputTag::to>("to", "name"),
      field<&InputTag::ref>("ref", "repository"),
  };
  static constexpr ObjectSpec kSpec{"input image tag step", "Imports an image.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<SourceStep>() {
  static constexpr FieldSpec kFields[] = {
      field<&SourceStep::from>("from", "image"),
      field<&SourceStep::to>("to", "name"),
      field<&SourceStep::pull_spec>("pull_spec", "image of the cloning tool"),
      field<&SourceStep::clonerefs_path>("clonerefs_path", "path of the cloning tool"),
      field<&SourceStep::ref>("ref", "repository"),
      field<&SourceStep::clonerefs_image>(
          "clonerefs_image", "image of the cloning tool, in the form of 2024", kOldForm),
  };
  static constexpr ObjectSpec kSpec{"source step", "Clones the source.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<BundleSource>() {
  static constexpr FieldSpec kFields[] = {
      field<&BundleSource::substitutions>("substitutions", "pull specs to replace"),
  };
  static constexpr ObjectSpec kSpec{"bundle source step", "Source of bundles.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<IndexGenerator>() {
  static constexpr FieldSpec kFields[] = {
      field<&IndexGenerator::to>("to", "name"),
      field<&IndexGenerator::operator_index>("operator_index", "bundles"),
      field<&IndexGenerator::base_index>("base_index", "index to add to"),
      field<&IndexGenerator::update_graph>("update_graph", "how to add"),
  };
  static constexpr ObjectSpec kSpec{"index generator step", "Dockerfile of an index.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<RpmServe>() {
  static constexpr FieldSpec kFields[] = {
      field<&RpmServe::from>("from", "image"),
      field<&RpmServe::ref>("ref", "repository"),
  };
  static constexpr ObjectSpec kSpec{"RPM serve step", "Serves the RPM repository.", kFields};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<ResolvedRelease>() {
  static constexpr FieldSpec kFields[] = {
      field<&ResolvedRelease::name>("name", "name"),
  };
  static constexpr ObjectSpec kSpec{
      "resolved release step", "Imports a payload.", kFields, &spec_of<Release>,
      [](void* step) -> void* { return &static_cast<ResolvedRelease*>(step)->release; }};
  return kSpec;
}

template <>
const ObjectSpec& spec_of<RawStep>() {
  static constexpr FieldSpec kFields[] = {
      field<&RawStep::input_image_tag_step>("input_image_tag_step", "imports an image", kExact),
      field<&RawStep::pipeline_image_cache_step>("pipeline_image_cache_step",
                                                 "a script whose result is an image"),
      field<&RawStep::source_step>("source_step", "clones the source"),
      field<&RawStep::bundle_source_step>("bundle_source_step", "source of bundles"),
      field<&RawStep::index_generator_step>("index_generator_step", "Dockerfile of an index"),
      field<&RawStep::project_directory_image_build_step>("project_directory_image_build_step",
                                                          "builds an image"),
      field<&RawStep::rpm_image_injection_step>("rpm_image_injection_step",
                                                "adds the RPM repository"),
      field<&RawStep::rpm_serve_step>("rpm_serve_step", "serves the RPM repository"),
      field<&RawStep::output_image_tag_step>("output_image_tag_step", "tags an image"),
      field<&RawStep::release_images_tag_step>("release_images_tag_step",
                                               "imports releases the old way"),
      field<&RawStep::resolved_release_images_step>("resolved_release_images_step",
                                                    "imports a payload"),
      field<&RawStep::test_step>("test_step", "a test"),
      field<&RawStep::project_directory_image_build_inputs>("project_directory_image_build_inputs",
                                                            "build inputs"),
  };
  static constexpr ObjectSpec kSpec{"raw step", "A hand-written build step: exactly one kind.",
                                    kFields};
  return kSpec;
}

}  // namespace stepreg::decode
