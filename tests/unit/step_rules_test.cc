#include "rules/step_rules.h"

#include <doctest/doctest.h>

#include "rules/image_names.h"

using namespace stepreg;
using namespace stepreg::rules;

TEST_CASE("the word trap as ci-operator looks for it") {
  CHECK(mentions_trap("trap x EXIT"));
  CHECK(mentions_trap("# mouse trap"));
  CHECK(mentions_trap("echo trapped"));
  CHECK(mentions_trap("bootstrap; trap x EXIT"));
  CHECK(mentions_trap("\xC3\xA4trap"));
  CHECK_FALSE(mentions_trap("bootstrap"));
  CHECK_FALSE(mentions_trap("_trap 1trap Atrap"));
  CHECK_FALSE(mentions_trap(""));
}

namespace {

std::string resolved(const Config& config, std::string_view name) {
  const ImageName image = resolve_image_name(config, name);
  return std::string(image.stream) + ":" + std::string(image.tag) +
         (image.is_explicit ? "" : " (implicit)");
}

}  // namespace

TEST_CASE("what the name of an image means") {
  Config config;
  auto& built = config.images.value.items.value.emplace_back();
  built.value.to.value = "shop";
  auto& base = config.base_images.value.emplace_back();
  base.key.value = "tool";

  CHECK(resolved(config, "shop") == "pipeline:shop");
  CHECK(resolved(config, "tool") == "pipeline:tool");
  CHECK(resolved(config, "src") == "pipeline:src");
  CHECK(resolved(config, "rooty") == "pipeline:rooty");
  CHECK(resolved(config, "cli") == "stable:cli (implicit)");
  CHECK(resolved(config, "ci-bundle0") == "stable:ci-bundle0 (implicit)");
  CHECK(resolved(config, "stable-x:cli") == "stable-x:cli");

  CHECK(defines_pipeline_image(config, "tool"));
  CHECK_FALSE(defines_pipeline_image(config, "src-bundle"));
}

TEST_CASE("streams belong to releases") {
  CHECK(release_of_stream("stable") == "latest");
  CHECK(release_of_stream("stable-x") == "x");
  CHECK(release_of_stream("x") == "x");
}
