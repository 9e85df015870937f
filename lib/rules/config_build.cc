// Build settings and resources of a configuration (registry.md R360 to R374).
#include "rules/config_parts.h"
#include "rules/step_rules.h"

namespace stepreg::rules {

namespace {

void check_something_there(const ConfigCheck& file) {
  const Config& config = file.config();
  if (!config.tests.empty() || !config.images->items.empty() || !config.promotion->to.empty())
    return;
  file.add(rule("SR652"), {}, "tests",
           "the configuration has no tests, no images and no promotion target");
}

void check_rpms(const ConfigCheck& file) {
  const Config& config = file.config();
  const bool commands =
      !config.rpm_build_commands->empty() || !config.rpm_build_commands_list.empty();
  if (commands) return;
  const auto report = [&](const char* field, Place place) {
    file.add(rule("SR653"), place, field,
             in_quotes(field) + " has no effect without `rpm_build_commands`");
  };
  if (!config.rpm_build_location->empty()) {
    report("rpm_build_location", config.rpm_build_location.place);
  } else if (!config.rpm_build_location_list.empty()) {
    report("rpm_build_location_list", config.rpm_build_location_list.place);
  }
  if (config.base_rpm_images.present()) report("base_rpm_images", config.base_rpm_images.place);
}

void check_repository(const ConfigCheck& file) {
  const Text& repository = file.config().canonical_go_repository;
  const load::ConfigIdentity identity = load::identity_of_path(file.loaded.path);
  if (!repository || *repository != "github.com/" + identity.org + "/" + identity.repo) return;
  file.add(rule("SR654"), repository.place, "canonical_go_repository",
           "`canonical_go_repository` is " + in_quotes(*repository) +
               ", which is the default of this repository")
      .hint = "remove the line";
}

void check_internal(const ConfigCheck& file) {
  const Config& config = file.config();
  const auto refuse = [&](const char* field, Place place) {
    file.add(rule("SR655"), place, field,
             in_quotes(field) + " may be set only by ci-operator itself");
  };
  if (!config.build_root && !config.build_roots.empty()) {
    refuse("build_roots", config.build_roots.place);
  }
  const auto refuse_list = [&](const char* field, const auto& list) {
    if (list.present()) refuse(field, list.place);
  };
  refuse_list("binary_build_commands_list", config.binary_build_commands_list);
  refuse_list("test_binary_build_commands_list", config.test_binary_build_commands_list);
  refuse_list("rpm_build_commands_list", config.rpm_build_commands_list);
  refuse_list("rpm_build_location_list", config.rpm_build_location_list);
}

void check_resource_settings(const ConfigCheck& file) {
  const auto& resources = file.config().resources;
  if (resources.empty()) {
    file.add(rule("SR656"), resources.place, "resources", "the configuration has no `resources`")
        .hint = "add `resources: {\"*\": {requests: {cpu: 100m}}}` and adjust the amounts";
  } else if (find_entry(resources, "*") == nullptr) {
    file.add(rule("SR656"), resources.place, "resources", "`resources` has no entry `*`").hint =
        "add what builds and tests without an entry of their own get";
  }
  for (const Entry<Located<Resources>>& entry : resources) {
    const StepContext context{file.sink,
                              {},
                              "the entry " + in_quotes(*entry.key),
                              {},
                              place_or(entry.value.place, entry.key.place),
                              &file.config(),
                              {}};
    check_resources(entry.value, "resources." + std::string(*entry.key), context);
  }
}

void check_tag(const ConfigCheck& file, const Located<ImageStreamTag>& tag) {
  std::vector<std::string_view> missing;
  if (tag->ns->empty()) missing.push_back("namespace");
  if (tag->name->empty()) missing.push_back("name");
  if (tag->tag->empty()) missing.push_back("tag");
  if (missing.empty()) return;
  file.add(rule("SR660"), tag.place, "build_root.image_stream_tag",
           "`build_root.image_stream_tag` lacks " + listed(missing));
}

void check_build_root(const ConfigCheck& file) {
  const Located<BuildRoot>& root = file.config().build_root;
  if (!root) return;
  std::vector<NamedPlace> sources;
  if (root->image_stream_tag) sources.push_back({"image_stream_tag", root->image_stream_tag.place});
  if (root->project_image) sources.push_back({"project_image", root->project_image.place});
  if (is_true(root->from_repository))
    sources.push_back({"from_repository", root->from_repository.place});
  if (sources.size() > 1) {
    file.add(rule("SR658"), sources[1].place, "build_root",
             "`build_root` names more than one source: " + listed(sources));
  } else if (sources.empty()) {
    file.add(rule("SR659"), root.place, "build_root", "`build_root` names no source").hint =
        "give `image_stream_tag`, `project_image` or `from_repository: true`";
  }
  if (root->image_stream_tag) check_tag(file, root->image_stream_tag);
}

}  // namespace

void check_build_settings(const ConfigCheck& file) {
  check_something_there(file);
  check_rpms(file);
  check_repository(file);
  check_internal(file);
  check_build_root(file);
  check_resource_settings(file);
}

}  // namespace stepreg::rules
