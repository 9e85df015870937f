#include "rules/dependency_sources.h"

#include "base/text.h"
#include "rules/image_names.h"

namespace stepreg::rules {

namespace {

constexpr std::string_view kIndex = "ci-index";

bool has_bundle_of_index(const Config& config, std::string_view tag) {
  for (const Located<Bundle>& bundle : config.operator_->bundles) {
    if (!bundle->as->empty() && tag == "ci-index-" + std::string(*bundle->as)) return true;
  }
  return false;
}

bool is_made_by_commands(std::string_view tag) {
  return tag == "root" || tag == "bin" || tag == "test-bin" || tag == "rpms" || tag == "src";
}

bool find_index_problem(const Config& config, std::string_view tag, SourceProblem& problem) {
  const bool missing = !config.operator_ || (tag != kIndex && !has_bundle_of_index(config, tag));
  if (!missing) return false;
  problem = {
      rule("SR423"), "takes " + in_quotes(tag) + ", and the configuration makes no such index",
      config.operator_ ? "give the bundle a name with `as`" : "add `operator` with its bundles"};
  return true;
}

bool find_pipeline_problem(const Config& config, std::string_view tag, bool overridden,
                           SourceProblem& problem) {
  if (is_made_by_commands(tag)) {
    const std::string_view field = missing_build_field(config, tag);
    if (field.empty() || overridden) return false;
    problem = {rule("SR422"),
               "takes " + in_quotes(tag) + ", which the configuration does not build",
               "add " + in_quotes(field)};
    return true;
  }
  if (tag.starts_with(kIndex)) return !overridden && find_index_problem(config, tag, problem);
  if (defines_pipeline_image(config, tag)) return false;
  problem = {
      rule("SR424"),
      "takes " + in_quotes(tag) + " of the pipeline, and the configuration makes no such image",
      "add it to `images` or `base_images`"};
  return true;
}

}  // namespace

bool find_source_problem(const Config& config, const TestEntry& test, std::string_view name,
                         bool overridden, SourceProblem& problem) {
  const ImageName image = resolve_image_name(config, name);
  if (image.stream == "pipeline") {
    return find_pipeline_problem(config, image.tag, overridden, problem);
  }
  const bool payload = image.stream == "release";
  if (!is_stream(image.stream)) {
    problem = {
        rule("SR420"),
        "takes an image of the stream " + in_quotes(image.stream) + ", and there is no such stream",
        "use `pipeline`, `stable`, `stable-NAME` or `release`"};
    return true;
  }
  if (!image.is_explicit) return false;
  const std::string_view release = payload ? image.tag : release_of_stream(image.stream);
  if (has_release(config, test, release)) return false;
  problem = {
      rule("SR421"),
      "takes " + in_quotes(name) + ", and the configuration has no release " + in_quotes(release),
      "add it under `releases`, or set another image under `dependencies` of the test"};
  return true;
}

}  // namespace stepreg::rules
