// One name, one image (registry.md R340, R341, R386).
#include <map>

#include "diag/edit.h"
#include "rules/config_parts.h"
#include "rules/image_names.h"
#include "rules/pipeline_images.h"

namespace stepreg::rules {

namespace {

using Kind = Definition::Kind;

void report_twice(const ConfigCheck& file, const Definition& later, const Definition& earlier) {
  file.add(rule("SR666"), later.place, later.field,
           "the pipeline image " + in_quotes(later.name) + " is defined by " +
               in_quotes(later.field) + " and by " + in_quotes(earlier.field))
      .notes.push_back({Location::of(earlier.place), "first here"});
}

void check_definitions(const ConfigCheck& file) {
  std::map<std::string_view, const Definition*> first;
  for (const Definition& definition : file.pipeline_definitions()) {
    const auto [earlier, is_new] = first.emplace(definition.name, &definition);
    if (!is_new) report_twice(file, definition, *earlier->second);
  }
}

// Some collisions are the business of narrower rules: SR605, SR609 and SR666.
bool is_reported_elsewhere(Kind a, Kind b) {
  const auto registered = [](Kind kind) { return kind == Kind::pipeline || kind == Kind::image; };
  if (registered(a) && registered(b)) return true;
  if (a == Kind::test && b == Kind::test) return true;
  return (a == Kind::test && b == Kind::image) || (a == Kind::image && b == Kind::test);
}

void check_targets(const ConfigCheck& file) {
  std::map<std::string_view, const Definition*> first;
  const auto all = build_targets(file.config());
  for (const Definition& target : all) {
    const auto [earlier, is_new] = first.emplace(target.name, &target);
    if (is_new || is_reported_elsewhere(target.kind, earlier->second->kind)) continue;
    file.add(rule("SR643"), target.place, target.field,
             "the target " + in_quotes(target.name) + " of " + in_quotes(target.field) +
                 " has the name of " + in_quotes(earlier->second->field))
        .notes.push_back({Location::of(earlier->second->place), "first here"});
  }
}

void hint_missing(Diagnostic& finding, std::string_view missing_field, const Text& image,
                  const std::set<std::string, std::less<>>& tags) {
  if (!missing_field.empty()) {
    finding.hint = "set " + in_quotes(missing_field) + ", which creates it";
  } else if (image->find(':') != std::string_view::npos) {
    finding.hint = "write the tag of an image of the `pipeline` stream, without a prefix";
  } else {
    const std::vector<std::string_view> candidates(tags.begin(), tags.end());
    suggest(finding, image.place, *image, candidates);
  }
}

void check_containers(const ConfigCheck& file) {
  const auto tags = pipeline_tags(file.config(), file.pipeline_definitions());
  for (std::size_t i = 0; i < file.config().tests.size(); ++i) {
    const TestCheck check(file, i);
    const Text& from = check.test().container->from;
    if (from->empty() || tags.contains(*from)) continue;
    Diagnostic& finding = check.add(
        rule("SR642"), from.place, "container.from",
        "runs in the image " + in_quotes(*from) + ", which the configuration does not define");
    hint_missing(finding, missing_build_field(file.config(), *from), from, tags);
  }
}

}  // namespace

void check_image_names(const ConfigCheck& file) {
  check_definitions(file);
  check_targets(file);
  check_containers(file);
}

}  // namespace stepreg::rules
