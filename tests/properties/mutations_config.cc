// Mistakes in configurations.
#include <algorithm>

#include "properties/lines.h"
#include "properties/mutation_kinds.h"

namespace stepreg::properties {

namespace {

using generate::Random;
using Result = std::optional<Spot>;

Result replace_value(Files& files, Random& random, std::string_view start,
                     const std::string& value) {
  const auto line = pick_exact(files, random, kConfigs, start);
  if (!line) return std::nullopt;
  replace_line(files, *line, std::string(start) + value);
  return spot(*line);
}

Result unknown_workflow(Files& files, Random& random) {
  return replace_value(files, random, "    workflow: ", "no-such-workflow");
}

Result unknown_step(Files& files, Random& random) {
  return replace_value(files, random, "    - ref: ", "no-such-step");
}

Result unknown_chain(Files& files, Random& random) {
  return replace_value(files, random, "    - chain: ", "no-such-chain");
}

Result unknown_profile(Files& files, Random& random) {
  return replace_value(files, random, "    cluster_profile: ", "no-such-profile");
}

Result unknown_observer(Files& files, Random& random) {
  const auto line = pick_exact(
      files, random, kConfigs, "      - ", [](const Line& each, const std::string& file) {
        return std::string_view(file).substr(0, each.begin).ends_with(" enable:\n");
      });
  if (!line) return std::nullopt;
  replace_line(files, *line, "      - no-such-observer");
  return spot(*line);
}

Result undeclared_parameter(Files& files, Random& random) {
  const auto line = pick_exact(files, random, kConfigs, "    env:");
  if (!line) return std::nullopt;
  return insert_after(files, *line, "      AAA_NOBODY_DECLARES_THIS: x");
}

Result undeclared_dependency(Files& files, Random& random) {
  const auto line = pick_exact(files, random, kConfigs, "    dependencies:");
  if (!line) return std::nullopt;
  return insert_after(files, *line, "      AAA_NOBODY_NEEDS_THIS: release:latest");
}

Result bad_name(Files& files, Random& random) {
  const auto line = pick_line(files, random, kConfigs, "as: e2e-");
  if (!line) return std::nullopt;
  replace_line(files, *line,
               line->indent() + "as: E2E_" + line->text.substr(line->text.find("e2e-") + 4));
  return spot(*line);
}

Result bad_cron(Files& files, Random& random) {
  const auto line = pick_line(files, random, kConfigs, "cron: ");
  if (!line) return std::nullopt;
  replace_line(files, *line,
               line->text.substr(0, line->text.find("cron: ") + 6) + "\"0 25 * * *\"");
  return spot(*line);
}

Result bad_timeout(Files& files, Random& random) {
  return replace_value(files, random, "  timeout: ", "1d");
}

Result long_timeout(Files& files, Random& random) {
  return replace_value(files, random, "  timeout: ", "73h0m0s");
}

Result unknown_image(Files& files, Random& random) {
  const auto line = pick_exact(files, random, kConfigs,
                               "    from: ", [](const Line& each, const std::string& file) {
                                 return each.begin > file.find("\ntests:");
                               });
  if (!line) return std::nullopt;
  replace_line(files, *line, "    from: no-such-image");
  return spot(*line);
}

Result unknown_cluster(Files& files, Random& random) {
  return replace_value(files, random, "  cluster: ", "bild05");
}

Result misspelt_key(Files& files, Random& random) {
  const auto line = pick_exact(files, random, kConfigs, "  optional: ");
  if (!line) return std::nullopt;
  replace_line(files, *line, "  optinal: true");
  return spot(*line);
}

Result key_twice(Files& files, Random& random) {
  const auto line = pick_exact(files, random, kConfigs, "    workflow: ");
  if (!line) return std::nullopt;
  return insert_after(files, *line, line->text);
}

Result wrong_type(Files& files, Random& random) {
  return replace_value(files, random, "  optional: ", "\"true\"");
}

Result bad_pattern(Files& files, Random& random) {
  return replace_value(files, random, "  run_if_changed: ", "'(^docs/'");
}

Result base_image_without_tag(Files& files, Random& random) {
  const auto line =
      pick_exact(files, random, kConfigs, "    tag: ", [](const Line& l, const std::string& file) {
        return l.begin < file.find("\nbuild_root:") && l.begin > file.find("base_images:");
      });
  if (!line) return std::nullopt;
  remove_line(files, *line);
  return Spot{line->path, 0};
}

Result resources_without_default(Files& files, Random& random) {
  const auto line = pick_exact(files, random, kConfigs, "  '*':");
  if (!line) return std::nullopt;
  replace_line(files, *line, "  something:");
  return Spot{line->path, static_cast<std::uint32_t>(line->number)};  // the first in it
}

}  // namespace

std::vector<MutationKind> config_mutations() {
  const FollowOn unused{"SR323", "what only this test used is used by nobody"};
  const FollowOn long_limit{"SR726", "more than three days are more than one as well"};
  return {
      {"test-unknown-workflow", "SR311", unknown_workflow, {unused}},
      {"test-unknown-step", "SR313", unknown_step, {unused}},
      {"test-unknown-chain", "SR312", unknown_chain, {unused}},
      {"test-unknown-profile", "SR410", unknown_profile},
      {"test-unknown-observer", "SR314", unknown_observer, {unused}},
      {"test-undeclared-parameter", "SR403", undeclared_parameter},
      {"test-undeclared-dependency", "SR405", undeclared_dependency},
      {"test-bad-name", "SR606", bad_name},
      {"test-bad-cron", "SR619", bad_cron},
      {"test-bad-timeout", "SR206", bad_timeout},
      {"test-long-timeout", "SR623", long_timeout, {long_limit}},
      {"test-unknown-image", "SR642", unknown_image},
      {"test-unknown-cluster", "SR641", unknown_cluster},
      {"config-misspelt-key", "SR202", misspelt_key},
      {"config-key-twice", "SR016", key_twice},
      {"config-wrong-type", "SR203", wrong_type},
      {"test-bad-pattern", "SR647", bad_pattern},
      {"base-image-without-tag", "SR668", base_image_without_tag},
      {"resources-without-default", "SR656", resources_without_default},
  };
}

std::span<const MutationKind> mutation_kinds() {
  static const std::vector<MutationKind> kinds = [] {
    std::vector<MutationKind> all = registry_mutations();
    for (MutationKind& kind : config_mutations()) all.push_back(std::move(kind));
    return all;
  }();
  return kinds;
}

}  // namespace stepreg::properties
