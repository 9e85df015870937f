#include "rules/image_names.h"

namespace stepreg::rules {

namespace {

bool is_base_image(const Config& config, std::string_view name) {
  return find_entry(config.base_images, name) || find_entry(config.base_rpm_images, name) ||
         find_entry(config.external_images, name);
}

bool is_built(const Config& config, std::string_view name) {
  for (const Located<ImageBuild>& image : config.images->items) {
    if (*image->to == name) return true;
  }
  return false;
}

bool is_bundle(const Config& config, std::string_view name) {
  const auto& bundles = config.operator_->bundles;
  for (std::size_t i = 0; i < bundles.size(); ++i) {
    if (bundles[i]->as->empty() ? name == "ci-bundle" + std::to_string(i)
                                : name == *bundles[i]->as) {
      return true;
    }
  }
  return false;
}

bool is_named_bundle(const Config& config, std::string_view name) {
  for (const Located<Bundle>& bundle : config.operator_->bundles) {
    if (!name.empty() && *bundle->as == name) return true;
  }
  return false;
}

// By their beginnings, so that `rooty` is taken to be one as well.
bool is_pipeline_name(const Config& config, std::string_view name) {
  for (const std::string_view start : {"root", "src", "bin", "test-bin", "rpms", "ci-index"}) {
    if (name.starts_with(start)) return true;
  }
  if (is_base_image(config, name)) return true;
  return config.operator_.present() &&
         (name.starts_with("ci-bundle") || is_named_bundle(config, name));
}

}  // namespace

ImageName resolve_image_name(const Config& config, std::string_view name) {
  const std::size_t colon = name.find(':');
  if (colon != std::string_view::npos) {
    return {name.substr(0, colon), name.substr(colon + 1), true};
  }
  if (is_pipeline_name(config, name) || is_built(config, name)) return {"pipeline", name, true};
  return {"stable", name, false};
}

std::string_view release_of_stream(std::string_view stream) {
  constexpr std::string_view kStable = "stable";
  if (stream == kStable) return "latest";
  return stream.starts_with("stable-") ? stream.substr(kStable.size() + 1) : stream;
}

bool is_stream(std::string_view stream) {
  return stream == "pipeline" || stream == "release" || stream.starts_with("stable");
}

bool has_release(const Config& config, const TestEntry& test, std::string_view release) {
  if (find_entry(config.releases, release) != nullptr) return true;
  if (release == release_of_claim(test) && !release.empty()) return true;
  return config.tag_specification.present() && (release == "latest" || release == "initial");
}

std::string_view missing_build_field(const Config& config, std::string_view tag) {
  if (tag == "root" && !config.build_root) return "build_root";
  if (tag == "bin" && config.binary_build_commands->empty()) return "binary_build_commands";
  if (tag == "test-bin" && config.test_binary_build_commands->empty())
    return "test_binary_build_commands";
  if (tag == "rpms" && config.rpm_build_commands->empty()) return "rpm_build_commands";
  return {};
}

bool defines_pipeline_image(const Config& config, std::string_view tag) {
  return is_base_image(config, tag) || is_built(config, tag) || is_bundle(config, tag);
}

std::string_view release_of_claim(const TestEntry& test) {
  if (!test.cluster_claim) return {};
  return test.cluster_claim->as->empty() ? std::string_view("latest") : *test.cluster_claim->as;
}

}  // namespace stepreg::rules
