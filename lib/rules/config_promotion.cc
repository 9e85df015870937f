// Publishing (registry.md R420 to R425, R453).
#include "rules/config_parts.h"

namespace stepreg::rules {

namespace {

// "`ocp/4.16`", for messages.
std::string target_name(const PromotionTarget& target) {
  std::string text(*target.ns);
  if (!target.name->empty()) text += "/" + std::string(*target.name);
  if (!target.tag->empty()) text += ":" + std::string(*target.tag);
  return in_quotes(text);
}

bool is_forbidden(std::string_view ns) {
  if (ns == "openshift") return false;
  return ns == "default" || ns.starts_with("kube") || ns.starts_with("openshift") ||
         ns.starts_with("redhat");
}

void check_target(const ConfigCheck& file, const Located<PromotionTarget>& target,
                  const std::string& path) {
  const std::string what = "the promotion target " + target_name(*target);
  if (target->ns->empty()) {
    file.add(rule("SR685"), place_or(target->ns.place, target.place), path + ".namespace",
             in_quotes(path) + " has no `namespace`");
  } else if (is_forbidden(*target->ns)) {
    file.add(rule("SR686"), target->ns.place, path + ".namespace",
             what + " publishes into the namespace " + in_quotes(*target->ns) +
                 ", which belongs to the system");
  }
  const bool name = !target->name->empty();
  const bool tag = !target->tag->empty();
  if (name == tag) {
    file.add(rule("SR687"), name ? target->tag.place : target.place, path,
             what + (name ? " has both `name` and `tag`" : " has neither `name` nor `tag`"))
        .hint =
        "`name` collects images as tags of one stream, `tag` gives each a stream of its own";
  }
}

void check_equal_targets(const ConfigCheck& file, const ObjectList<PromotionTarget>& targets) {
  for (std::size_t later = 1; later < targets.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      const PromotionTarget& a = *targets[earlier];
      const PromotionTarget& b = *targets[later];
      if (*a.ns != *b.ns || *a.name != *b.name || *a.tag != *b.tag) continue;
      file.add(rule("SR688"), targets[later].place, "promotion.to[" + std::to_string(later) + "]",
               "the promotion target " + target_name(b) + " is listed a second time")
          .notes.push_back({Location::of(targets[earlier].place), "first here"});
      break;
    }
  }
}

// Images of any target count, as they do for ci-operator.
bool has_images(const Config& config) {
  if (!config.images->items.empty()) return true;
  for (const Located<PromotionTarget>& target : config.promotion->to) {
    if (!target->additional_images.empty()) return true;
  }
  return false;
}

void check_payload(const ConfigCheck& file, const Located<PromotionTarget>& target,
                   const std::string& path) {
  const Config& config = file.config();
  const bool payload = *target->ns == "ocp" || *target->ns == "origin";
  if (!payload || is_true(target->disabled) || !has_images(config)) return;
  if (config.tag_specification || find_entry(config.releases, "latest") != nullptr) return;
  file.add(rule("SR689"), target->ns.place, path,
           "the promotion target " + target_name(*target) +
               " is a payload, and the configuration imports none")
      .hint = "define `releases.latest`";
}

}  // namespace

void check_promotion(const ConfigCheck& file) {
  const Located<Promotion>& promotion = file.config().promotion;
  if (!promotion) return;
  if (promotion->first_single_field) {
    file.add(rule("SR211"), promotion->first_single_field.place, "promotion",
             "a target stands directly in `promotion`; today targets stand in the list `to`");
  }
  for (std::size_t i = 0; i < promotion->to.size(); ++i) {
    const std::string path = "promotion.to[" + std::to_string(i) + "]";
    check_target(file, promotion->to[i], path);
    check_payload(file, promotion->to[i], path);
  }
  check_equal_targets(file, promotion->to);
  if (!promotion->registry_override->empty()) {
    file.add(rule("SR655"), promotion->registry_override.place, "promotion.registry_override",
             "`promotion.registry_override` may be set only by ci-operator itself");
  }
}

}  // namespace stepreg::rules
