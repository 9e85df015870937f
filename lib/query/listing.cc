#include "query/listing.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "query/uses.h"

namespace stepreg::query {

namespace {

bool matches(const AnyComponent& component, const ComponentQuery& query) {
  const std::string id = component.id();
  const auto names = [&](const std::string& pattern) {
    return glob_match(pattern, id) || glob_match(pattern, component.name());
  };
  const bool kind =
      query.kinds.empty() || std::find(query.kinds.begin(), query.kinds.end(),
                                       kind_prefix(component.kind)) != query.kinds.end();
  return kind && (query.patterns.empty() ||
                  std::any_of(query.patterns.begin(), query.patterns.end(), names));
}

std::string first_line(std::string_view text) {
  text = trimmed(text);
  return std::string(trimmed(text.substr(0, text.find('\n'))));
}

std::int64_t parameters_of(const AnyComponent& component) {
  if (component.step != nullptr)
    return static_cast<std::int64_t>(component.step->definition.step.env.size());
  if (component.chain != nullptr)
    return static_cast<std::int64_t>(component.chain->definition.env.size());
  if (component.observer != nullptr)
    return static_cast<std::int64_t>(component.observer->definition.observer.env.size());
  return static_cast<std::int64_t>(component.workflow->definition.steps->env.size());
}

std::int64_t entries_of(const AnyComponent& component) {
  if (component.chain != nullptr)
    return static_cast<std::int64_t>(component.chain->definition.steps.size());
  if (component.workflow == nullptr) return 1;
  const MultiStage& steps = *component.workflow->definition.steps;
  return static_cast<std::int64_t>(steps.pre.size() + steps.test.size() + steps.post.size());
}

using TestCounts = std::map<std::string, std::int64_t>;

// How many tests reach each component.
TestCounts count_tests(const load::Project& project, const Sink& like,
                       std::vector<std::string>& incomplete) {
  TestCounts counts;
  const auto reached = [](const TestContext& test) {
    std::vector<std::string> ids;
    if (test.resolved.workflow != nullptr)
      ids.push_back("workflow/" + test.resolved.workflow->name);
    for (const auto& node : test.resolved.paths) {
      ids.push_back(resolve::source_id({node.kind, node.name, {}}));
    }
    for (const auto& step : test.resolved.steps) {
      if (step.component != nullptr) ids.push_back("ref/" + step.component->name);
    }
    for (const auto& each : test.resolved.observers)
      ids.push_back("observer/" + each.component->name);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
  };
  using Ids = std::vector<std::string>;
  map_tests<Ids>(project, {}, like, reached, [&](Scanned<Ids>&& scanned, Sink&&) {
    for (const Ids& ids : scanned.results) {
      for (const std::string& id : ids) ++counts[id];
    }
    incomplete.insert(incomplete.end(), scanned.incomplete.begin(), scanned.incomplete.end());
  });
  return counts;
}

Cell component_cell(const AnyComponent& component, const std::string& field,
                    const ReferenceIndex& index, const TestCounts& tests) {
  if (field == "id") return component.id();
  if (field == "kind") return std::string(kind_prefix(component.kind));
  if (field == "name") return std::string(component.name());
  if (field == "path") return component.path();
  if (field == "summary") return first_line(*component.documentation());
  if (field == "parameters") return parameters_of(component);
  if (field == "entries") return entries_of(component);
  if (field == "users") return static_cast<std::int64_t>(index.users_of(component.id()).size());
  const auto count = tests.find(component.id());
  return count == tests.end() ? std::int64_t{0} : count->second;
}

Cell text_or_none(std::string_view text) {
  if (text.empty()) return {};
  return std::string(text);
}

std::string trigger_of(const TestEntry& test) {
  if (test.is_periodic()) return is_true(test.presubmit) ? "periodic+presubmit" : "periodic";
  return is_true(test.postsubmit) ? "postsubmit" : "presubmit";
}

Cell test_cell(const TestContext& test, const std::string& field) {
  const load::ConfigIdentity& identity = test.config.identity;
  if (field == "id") return test.id;
  if (field == "org") return identity.org;
  if (field == "repo") return identity.repo;
  if (field == "branch") return identity.branch;
  if (field == "variant") return text_or_none(identity.variant);
  if (field == "test") return std::string(*test.test.as);
  if (field == "config") return test.config.path;
  if (field == "workflow")
    return test.resolved.workflow ? Cell(test.resolved.workflow->name)
                                  : text_or_none(*test.test.steps->workflow);
  if (field == "cluster_profile") return text_or_none(*test.resolved.merged.cluster_profile);
  if (field == "trigger") return trigger_of(test.test);
  if (field == "cron") return text_or_none(*test.test.cron);
  if (field == "optional") return is_true(test.test.optional);
  if (field == "steps") return static_cast<std::int64_t>(test.resolved.steps.size());
  if (field == "observers") return static_cast<std::int64_t>(test.resolved.observers.size());
  if (field == "leases") return static_cast<std::int64_t>(test.resolved.leases.size());
  return !test.resolved.failed;
}

}  // namespace

const std::vector<Field>& component_fields() {
  static const std::vector<Field> kFields = {
      {"id", "kind and name", true},
      {"kind", "ref, chain, workflow or observer"},
      {"name", "the name alone"},
      {"path", "file below the registry"},
      {"summary", "first line of its documentation", true},
      {"parameters", "how many variables it declares or sets"},
      {"entries", "how many entries its lists have"},
      {"users", "how many places of other components name it", true},
      {"tests", "how many tests reach it (resolves them all)"}};
  return kFields;
}

const std::vector<Field>& test_fields() {
  static const std::vector<Field> kFields = {
      {"id", "ORG/REPO@BRANCH[__VARIANT]:TEST", true},
      {"org", "organisation"},
      {"repo", "repository"},
      {"branch", "branch"},
      {"variant", "variant of the configuration"},
      {"test", "name of the test"},
      {"config", "file below the configurations"},
      {"workflow", "its workflow", true},
      {"cluster_profile", "its cluster profile", true},
      {"trigger", "presubmit, postsubmit or periodic"},
      {"cron", "when a periodic test runs"},
      {"optional", "whether it may fail"},
      {"steps", "how many steps run", true},
      {"observers", "how many observers run"},
      {"leases", "how many leases it needs"},
      {"complete", "whether it could be resolved as a whole"}};
  return kFields;
}

Listing list_components(const load::Project& project, const ComponentQuery& query, const Sink& like,
                        std::vector<std::string>& incomplete) {
  Listing listing{query.fields, {}, {}};
  incomplete = broken_components(*project.registry);
  const ReferenceIndex index(*project.registry);
  TestCounts tests;
  if (std::find(query.fields.begin(), query.fields.end(), "tests") != query.fields.end()) {
    tests = count_tests(project, like, incomplete);
  }
  for (const AnyComponent& component : all_components(*project.registry)) {
    if (!matches(component, query)) continue;
    std::vector<Cell>& row = listing.rows.emplace_back();
    for (const std::string& field : query.fields) {
      row.push_back(component_cell(component, field, index, tests));
    }
    listing.ids.push_back(component.id());
  }
  return listing;
}

Listing list_tests(const load::Project& project, const ScanOptions& options,
                   const std::vector<std::string>& fields, const Sink& like,
                   std::vector<std::string>& incomplete) {
  struct Row {
    std::string id;
    std::vector<Cell> cells;
  };
  Listing listing{fields, {}, {}};
  const auto make = [&](const TestContext& test) {
    Row row{test.id, {}};
    for (const std::string& field : fields) row.cells.push_back(test_cell(test, field));
    return row;
  };
  map_tests<Row>(project, options, like, make, [&](Scanned<Row>&& scanned, Sink&&) {
    for (Row& row : scanned.results) {
      listing.ids.push_back(std::move(row.id));
      listing.rows.push_back(std::move(row.cells));
    }
    incomplete.insert(incomplete.end(), scanned.incomplete.begin(), scanned.incomplete.end());
  });
  return listing;
}

bool sort_listing(Listing& listing, const std::string& by) {
  const bool descending = by.starts_with("-");
  const std::string name = descending ? by.substr(1) : by;
  const auto field = std::find(listing.fields.begin(), listing.fields.end(), name);
  if (field == listing.fields.end()) return false;
  const auto column = static_cast<std::size_t>(field - listing.fields.begin());
  std::vector<std::size_t> order(listing.rows.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const Cell& left = listing.rows[a][column];
    const Cell& right = listing.rows[b][column];
    return descending ? right < left : left < right;
  });
  Listing sorted{listing.fields, {}, {}};
  for (const std::size_t i : order) {
    sorted.ids.push_back(std::move(listing.ids[i]));
    sorted.rows.push_back(std::move(listing.rows[i]));
  }
  listing = std::move(sorted);
  return true;
}

}  // namespace stepreg::query
