#include "rules/pipeline_images.h"

namespace stepreg::rules {

namespace {

using DefinitionKind = Definition::Kind;

std::string bundle_name(const Bundle& bundle, std::size_t index) {
  return bundle.as->empty() ? "ci-bundle" + std::to_string(index) : std::string(*bundle.as);
}

std::string bundle_field(const Bundle& bundle, std::size_t index) {
  return "operator.bundles[" + std::to_string(index) + "]" + (bundle.as->empty() ? "" : ".as");
}

Place bundle_place(const Located<Bundle>& bundle) {
  return bundle->as->empty() ? bundle.place : bundle->as.place;
}

void add_built(const Config& config, std::vector<Definition>& all) {
  const auto add = [&](const char* tag, const char* field, const Text& commands) {
    if (!commands->empty()) all.push_back({tag, field, commands.place, DefinitionKind::pipeline});
  };
  add("bin", "binary_build_commands", config.binary_build_commands);
  add("test-bin", "test_binary_build_commands", config.test_binary_build_commands);
  add("rpms", "rpm_build_commands", config.rpm_build_commands);
}

void add_images(const Config& config, std::vector<Definition>& all) {
  for (std::size_t i = 0; i < config.images->items.size(); ++i) {
    const Text& to = config.images->items[i]->to;
    if (to->empty()) continue;
    all.push_back({std::string(*to), "images.items[" + std::to_string(i) + "].to", to.place,
                   DefinitionKind::image});
  }
}

void add_bundles(const Config& config, std::vector<Definition>& all) {
  const Located<Operator>& operators = config.operator_;
  if (!operators) return;
  all.push_back({"src-bundle", "operator", operators.place, DefinitionKind::pipeline});
  for (std::size_t i = 0; i < operators->bundles.size(); ++i) {
    const Located<Bundle>& bundle = operators->bundles[i];
    const std::string name = bundle_name(*bundle, i);
    const std::string field = bundle_field(*bundle, i);
    all.push_back({name, field, bundle_place(bundle), DefinitionKind::pipeline});
    all.push_back({"ci-index-" + name, field, bundle_place(bundle), DefinitionKind::pipeline});
  }
}

// Indexes beyond those that are registered: `ci-index-B-gen`, and `ci-index` for nameless bundles.
void add_indexes(const Config& config, std::vector<Definition>& all) {
  bool common = false;
  const auto& bundles = config.operator_->bundles;
  for (std::size_t i = 0; i < bundles.size(); ++i) {
    const Located<Bundle>& bundle = bundles[i];
    const std::string field = bundle_field(*bundle, i);
    if (!bundle->as->empty()) {
      all.push_back({"ci-index-" + std::string(*bundle->as) + "-gen", field, bundle_place(bundle),
                     DefinitionKind::other});
    } else if (!common) {
      common = true;
      all.push_back({"ci-index", field, bundle.place, DefinitionKind::other});
      all.push_back({"ci-index-gen", field, bundle.place, DefinitionKind::other});
    }
  }
}

// What a raw step puts under a plain name.
Text output_of(const RawStep& step) {
  const Text* outputs[] = {
      &step.pipeline_image_cache_step->to, &step.source_step->to, &step.index_generator_step->to,
      &step.project_directory_image_build_step->to, &step.rpm_image_injection_step->to};
  for (const Text* output : outputs) {
    if (!(*output)->empty()) return *output;
  }
  return {};
}

}  // namespace

std::vector<Definition> pipeline_definitions(const Config& config) {
  std::vector<Definition> all;
  add_built(config, all);
  if (config.build_root) all.push_back({"root", "build_root", config.build_root.place});
  add_bundles(config, all);
  for (const auto& entry : config.base_images) {
    const std::string name(*entry.key);
    all.push_back({name, "base_images." + name, entry.key.place, DefinitionKind::pipeline});
  }
  for (const auto& entry : config.base_rpm_images) {
    const std::string name(*entry.key);
    const std::string field = "base_rpm_images." + name;
    all.push_back({name + "-without-rpms", field, entry.key.place, DefinitionKind::pipeline});
    all.push_back({name, field, entry.key.place, DefinitionKind::pipeline});
  }
  add_images(config, all);
  return all;
}

std::vector<Definition> build_targets(const Config& config) {
  std::vector<Definition> all;
  add_built(config, all);
  if (config.build_root->project_image)
    all.push_back(
        {"root", "build_root.project_image", config.build_root.place, DefinitionKind::pipeline});
  add_images(config, all);
  add_bundles(config, all);
  add_indexes(config, all);
  for (const auto& entry : config.base_rpm_images) {
    const std::string name(*entry.key);
    all.push_back({name, "base_rpm_images." + name, entry.key.place, DefinitionKind::pipeline});
  }
  for (std::size_t i = 0; i < config.raw_steps.size(); ++i) {
    const RawStep& step = *config.raw_steps[i];
    const std::string field = "raw_steps[" + std::to_string(i) + "]";
    const Text output = output_of(step);
    if (output) all.push_back({std::string(*output), field, output.place, DefinitionKind::other});
    if (step.bundle_source_step)
      all.push_back({"src-bundle", field, step.bundle_source_step.place, DefinitionKind::other});
    const Text& test = step.test_step->as;
    if (!test->empty())
      all.push_back({std::string(*test), field, test.place, DefinitionKind::other});
  }
  for (std::size_t i = 0; i < config.tests.size(); ++i) {
    const Text& as = config.tests[i]->as;
    if (as->empty()) continue;
    all.push_back(
        {std::string(*as), "tests[" + std::to_string(i) + "].as", as.place, DefinitionKind::test});
  }
  return all;
}

std::set<std::string, std::less<>> pipeline_tags(const Config& config,
                                                 const std::vector<Definition>& definitions) {
  std::set<std::string, std::less<>> tags{"src"};
  for (const Definition& definition : definitions) tags.insert(definition.name);
  for (std::size_t i = 0; i < config.operator_->bundles.size(); ++i) {
    // A nameless bundle is in the common index.
    if (config.operator_->bundles[i]->as->empty()) {
      tags.erase("ci-index-ci-bundle" + std::to_string(i));
    }
  }
  std::vector<Definition> indexes;
  add_indexes(config, indexes);
  for (const Definition& index : indexes) tags.insert(index.name);
  for (const auto& entry : config.external_images) tags.emplace(*entry.key);
  for (const Located<RawStep>& step : config.raw_steps) {
    const Text output = output_of(*step);
    if (output) tags.emplace(*output);
    const Text& input = step->input_image_tag_step->to;
    if (!input->empty()) tags.emplace(*input);
    if (step->bundle_source_step) tags.insert("src-bundle");
  }
  return tags;
}

bool is_imported_as(const ImageStreamTag& image, std::string_view name) {
  for (const std::string_view part : {*image.ns, *image.name}) {
    if (!name.starts_with(part) || !name.substr(part.size()).starts_with('-')) return false;
    name.remove_prefix(part.size() + 1);
  }
  return name == *image.tag;
}

}  // namespace stepreg::rules
