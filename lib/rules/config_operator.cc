// Operator bundles (registry.md R430 to R439).
#include "rules/config_parts.h"
#include "rules/image_names.h"

namespace stepreg::rules {

namespace {

constexpr std::string_view kUpdateGraphs[] = {"semver", "semver-skippatch", "replaces"};

void check_bundle(const ConfigCheck& file, const Located<Bundle>& bundle, std::size_t index) {
  const std::string path = "operator.bundles[" + std::to_string(index) + "]";
  const std::string what =
      bundle->as->empty() ? in_quotes(path) : "the bundle " + in_quotes(*bundle->as);
  std::vector<NamedPlace> named;
  if (!bundle->base_index->empty()) named.push_back({"base_index", bundle->base_index.place});
  if (is_true(bundle->skip_building_index))
    named.push_back({"skip_building_index", bundle->skip_building_index.place});
  const bool run = !bundle->run_if_changed->empty();
  const bool skip = !bundle->skip_if_only_changed->empty();
  if (run) named.push_back({"run_if_changed", bundle->run_if_changed.place});
  if (skip) named.push_back({"skip_if_only_changed", bundle->skip_if_only_changed.place});
  if (bundle->as->empty() && !named.empty()) {
    file.add(rule("SR690"), named[0].place, path + "." + std::string(named[0].name),
             what + " has " + listed(named) + " and no name")
        .hint = "give the bundle a name by `as`";
  }
  if (run && skip) {
    file.add(rule("SR691"), bundle->skip_if_only_changed.place, path + ".skip_if_only_changed",
             what + " has both `run_if_changed` and `skip_if_only_changed`");
  }
  const Text& graph = bundle->update_graph;
  if (graph->empty()) return;
  if (bundle->base_index->empty()) {
    file.add(rule("SR692"), graph.place, path + ".update_graph",
             what + " has `update_graph` and no `base_index`");
  }
  if (!is_one_of(*graph, kUpdateGraphs)) {
    Diagnostic& finding = file.add(rule("SR693"), graph.place, path + ".update_graph",
                                   what + " has the unknown `update_graph` " + in_quotes(*graph));
    finding.hint = "known are semver, semver-skippatch, replaces";
  }
}

void check_substitution(const ConfigCheck& file, const Located<Substitution>& substitution,
                        std::size_t index) {
  const std::string path = "operator.substitutions[" + std::to_string(index) + "]";
  const auto need = [&](const char* field, const Text& value) {
    if (!value->empty()) return;
    file.add(rule("SR694"), place_or(value.place, substitution.place), path + "." + field,
             in_quotes(path) + " has no " + in_quotes(field));
  };
  need("pullspec", substitution->pullspec);
  need("with", substitution->with);
  if (is_stream(resolve_image_name(file.config(), *substitution->with).stream)) return;
  file.add(rule("SR695"), substitution->with.place, path + ".with",
           in_quotes(path) + " takes " + in_quotes(*substitution->with) + " from an unknown stream")
      .hint = "streams are `pipeline`, `release`, `stable` and `stable-RELEASE`";
}

}  // namespace

void check_operator(const ConfigCheck& file) {
  const Located<Operator>& all = file.config().operator_;
  for (std::size_t i = 0; i < all->bundles.size(); ++i) check_bundle(file, all->bundles[i], i);
  for (std::size_t i = 0; i < all->substitutions.size(); ++i) {
    check_substitution(file, all->substitutions[i], i);
  }
}

}  // namespace stepreg::rules
