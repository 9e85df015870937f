// Images that are built or imported (registry.md R368, R380 to R384, R390 to R397).
#include "base/names.h"
#include "rules/config_parts.h"

namespace stepreg::rules {

namespace {

void check_architectures(const ConfigCheck& file, const ImageBuild& image,
                         const std::string& path) {
  for (const Text& value : image.additional_architectures) {
    if (is_one_of(*value, kNodeArchitectures)) continue;
    Diagnostic& finding =
        file.add(rule("SR663"), value.place, path + ".additional_architectures",
                 "the image " + in_quotes(*image.to) + " has the unknown additional architecture " +
                     in_quotes(*value));
    finding.hint = "known are amd64, arm64, ppc64le, s390x";
  }
  for (const Text& value : image.capabilities) {
    if (is_one_of(*value, kNodeArchitectures) || is_label_value(*value)) continue;
    file.add(rule("SR664"), value.place, path + ".capabilities",
             "the image " + in_quotes(*image.to) + " has the capability " + in_quotes(*value) +
                 ", which is no label value");
  }
}

void check_image(const ConfigCheck& file, const Located<ImageBuild>& image, std::size_t index) {
  std::string path = "images.items[" + std::to_string(index) + "]";
  if (image->to->empty()) {
    file.add(rule("SR661"), place_or(image->to.place, image.place), path + ".to",
             in_quotes(path) + " has no name; every image needs `to`");
  } else {
    path = "images." + std::string(*image->to);
  }
  const BuildInputs& inputs = image->inputs;
  if (inputs.dockerfile_literal) {
    std::vector<NamedPlace> others;
    if (!inputs.context_dir->empty()) others.push_back({"context_dir", inputs.context_dir.place});
    if (!inputs.dockerfile_path->empty())
      others.push_back({"dockerfile_path", inputs.dockerfile_path.place});
    if (!others.empty()) {
      file.add(
          rule("SR662"), others[0].place, path + ".dockerfile_literal",
          "the image " + in_quotes(*image->to) + " has `dockerfile_literal` and " + listed(others));
    }
  }
  check_architectures(file, *image, path);
}

// Rules of the aliases of base, RPM and external images.
void check_alias(const ConfigCheck& file, const std::string& map, const Text& alias,
                 Place image_place, const Text& tag) {
  const std::string path = map + "." + std::string(*alias);
  const auto reserved = [&](const std::string& why) {
    file.add(rule("SR667"), alias.place, path,
             "the alias " + in_quotes(*alias) + " in " + in_quotes(map) + " is reserved: " + why)
        .hint = "choose another alias";
  };
  if (*alias == "root") {
    reserved("`root` is the image of `build_root`");
  } else if (*alias == "src-bundle") {
    reserved("`src-bundle` is the source of operator bundles");
  } else if (alias->starts_with("ci-bundle")) {
    reserved("names that start with `ci-bundle` are operator bundles");
  } else if (alias->starts_with("ci-index")) {
    reserved("names that start with `ci-index` are indexes of operator bundles");
  }
  if (tag->empty()) {
    file.add(rule("SR668"), place_or(tag.place, place_or(image_place, alias.place)), path + ".tag",
             "the image " + in_quotes(*alias) + " in " + in_quotes(map) + " has no `tag`");
  }
}

void check_external(const ConfigCheck& file, const Entry<Located<ExternalImage>>& entry) {
  const std::string path = "external_images." + std::string(*entry.key);
  const ExternalImage& image = *entry.value;
  const std::string what = "the external image " + in_quotes(*entry.key);
  if (!image.pull_spec->empty()) {
    file.add(rule("SR655"), image.pull_spec.place, path + ".pull_spec",
             what + " has a `pull_spec`, which may be set only by ci-operator itself");
  }
  std::vector<std::string_view> missing;
  if (image.registry->empty()) missing.push_back("registry");
  if (image.ns->empty()) missing.push_back("namespace");
  if (image.name->empty()) missing.push_back("name");
  if (!missing.empty()) {
    file.add(rule("SR669"), place_or(entry.value.place, entry.key.place), path,
             what + " lacks " + listed(missing));
  }
  // ci-operator searches for `quay.io` as an expression, in which the dot is any character.
  const std::string_view registry = *image.registry;
  bool quay = false;
  for (std::size_t at = registry.find("quay"); at != std::string_view::npos;
       at = registry.find("quay", at + 1)) {
    const std::string_view rest = registry.substr(at + 4);
    quay = quay || (rest.size() >= 3 && rest[0] != '\n' && rest.substr(1).starts_with("io"));
  }
  if (!registry.empty() && !quay) {
    file.add(rule("SR670"), image.registry.place, path + ".registry",
             what + " comes from " + in_quotes(registry) + "; only quay.io is allowed");
  }
}

}  // namespace

void check_images(const ConfigCheck& file) {
  const Located<Images>& images = file.config().images;
  for (std::size_t i = 0; i < images->items.size(); ++i) check_image(file, images->items[i], i);
  const auto conditions = change_conditions(*images);
  if (conditions.size() > 1) {
    file.add(rule("SR665"), conditions[1].place, "images",
             "`images` has more than one change condition: " + listed(conditions));
  }
}

void check_imported_images(const ConfigCheck& file) {
  const Config& config = file.config();
  for (const auto& entry : config.base_images) {
    check_alias(file, "base_images", entry.key, entry.value.place, entry.value->tag);
  }
  for (const auto& entry : config.base_rpm_images) {
    check_alias(file, "base_rpm_images", entry.key, entry.value.place, entry.value->tag);
  }
  for (const auto& entry : config.external_images) {
    check_alias(file, "external_images", entry.key, entry.value.place, entry.value->tag);
    check_external(file, entry);
    const auto* base = find_entry(config.base_images, *entry.key);
    if (base == nullptr) continue;
    file.add(rule("SR657"), entry.key.place, "external_images." + std::string(*entry.key),
             "the alias " + in_quotes(*entry.key) + " is in `external_images` and in `base_images`")
        .notes.push_back({Location::of(base->key.place), "the base image"});
  }
}

}  // namespace stepreg::rules
