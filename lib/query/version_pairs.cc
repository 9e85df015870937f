#include "query/version_pairs.h"

#include <algorithm>
#include <map>
#include <memory>

#include "load/read.h"
#include "query/component.h"
#include "resolve/plan_builder.h"

namespace stepreg::query {

namespace {

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.';
}

// The names of components and profiles that a configuration must write down to be concerned.
class NameFilter {
 public:
  explicit NameFilter(const Changes& changes) {
    for (const std::string& id : changes.reached) {
      const std::string_view name = std::string_view(id).substr(id.find('/') + 1);
      names_.insert(name);
      odd_ |= !std::all_of(name.begin(), name.end(), is_name_byte);
    }
  }

  bool empty() const { return names_.empty(); }

  // May the text name one of them? True when in doubt: escapes can spell a name differently.
  bool may_name(std::string_view text) const {
    if (odd_) return true;
    for (std::size_t i = 0; i < text.size();) {
      if (text[i] == '\\' && i + 1 < text.size()) {
        const char next = text[i + 1];
        if (next == 'x' || next == 'u' || next == 'U' || next == '\n' || next == '\r') return true;
      }
      if (!is_name_byte(text[i])) {
        ++i;
        continue;
      }
      const std::size_t start = i;
      while (i < text.size() && is_name_byte(text[i])) ++i;
      if (names_.contains(text.substr(start, i - start))) return true;
    }
    return false;
  }

 private:
  std::set<std::string_view> names_;
  bool odd_ = false;
};

// One version: how its tests become plans.
class Version {
 public:
  explicit Version(const load::Project& opened)
      : project(opened),
        origins_(opened.registry_root, opened.configs_root, opened.settings->directory) {}

  plan::Plan plan_of(const load::LoadedConfig& config, const TestEntry& test, const std::string& id,
                     const Sink& like) const {
    Sink sink = like.empty_copy();
    const resolve::Options options{true, nullptr};
    const auto resolved = resolve::resolve_test(*project.registry, test, id, options, sink);
    resolve::PlanInput input{*project.registry, origins_};
    const auto& run = project.settings->settings.run;
    if (run.present()) input.run = &*run;
    input.config = &config;
    return resolve::build_plan(resolved, id, input, sink.errors());
  }

  const load::Project& project;

 private:
  resolve::Origins origins_;
};

// The YAML nodes of the tests, in their order; empty when the document has none.
std::vector<yaml::NodeId> test_nodes(const load::LoadedConfig& config) {
  std::vector<yaml::NodeId> nodes;
  if (!config.document || config.document->empty()) return nodes;
  const yaml::Document& document = *config.document;
  const yaml::Node& root = document[document.resolved(document.root())];
  if (root.kind != yaml::Node::Kind::mapping) return nodes;
  for (yaml::NodeId key = root.first_child; key != yaml::kNoNode;) {
    const yaml::NodeId value = document[key].next;
    if (value == yaml::kNoNode) break;
    if (document[key].text == "tests") {
      const yaml::Node& list = document[document.resolved(value)];
      nodes.clear();
      for (auto child = list.first_child; child != yaml::kNoNode; child = document[child].next) {
        nodes.push_back(child);
      }
    }
    key = document[value].next;
  }
  return nodes;
}

struct OneTest {
  const TestEntry* entry;
  std::string id;
  std::size_t order;
  std::string meaning;
};

// Multi-stage tests; of several with one name each is its own.
std::map<std::pair<std::string, int>, OneTest> tests_of(const load::LoadedConfig* config) {
  std::map<std::pair<std::string, int>, OneTest> tests;
  if (config == nullptr) return tests;
  const std::vector<yaml::NodeId> nodes = test_nodes(*config);
  const auto& entries = config->config.tests.value;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const TestEntry& test = *entries[i];
    if (!test.steps.present()) continue;
    std::pair<std::string, int> key{std::string(*test.as), 0};
    while (tests.contains(key)) ++key.second;
    std::string meaning;
    if (i < nodes.size()) meaning = meaning_of(*config->document, nodes[i]);
    tests[key] = {&test, config->test_id(*test.as), i, std::move(meaning)};
  }
  return tests;
}

class Pairing {
 public:
  Pairing(const load::Project& before, const load::Project& after, const Changes& changes,
          const TestFilter& wanted, const Sink& like)
      : before_(before),
        after_(after),
        changes_(changes),
        wanted_(wanted),
        like_(like),
        filter_(changes) {}

  std::vector<std::string> paths() const {
    std::vector<std::string> all;
    const auto& old = before_.project.config_paths;
    const auto& now = after_.project.config_paths;
    if (!filter_.empty() || !changes_.everywhere.empty()) {
      std::set_union(old.begin(), old.end(), now.begin(), now.end(), std::back_inserter(all));
    } else {
      for (const auto& [path, kind] : changes_.configs) all.push_back(path);
    }
    return all;
  }

  // The tests of one configuration that may differ. Runs in any thread.
  std::vector<TestPair> pairs_of(const std::string& path, Sink& sink) const {
    return changes_.configs.contains(path) ? changed_file(path, sink) : unchanged_file(path);
  }

 private:
  static std::unique_ptr<load::LoadedConfig> load(const Version& version, const std::string& path,
                                                  Sink& sink) {
    const auto& paths = version.project.config_paths;
    if (!std::binary_search(paths.begin(), paths.end(), path)) return nullptr;
    return load::load_config(*version.project.config_files, path, sink);
  }

  bool is_wanted(const std::string& id, const std::string& path) const {
    return !wanted_ || wanted_(id, path);
  }

  bool reaches_change(const TestEntry& test) const {
    const auto& reached = changes_.reached;
    for (const Reference& reference : references_of(*test.steps)) {
      if (reached.contains(reference.id())) return true;
    }
    const Text& profile = test.steps->cluster_profile;
    return !profile->empty() && reached.contains("profile/" + std::string(*profile));
  }

  std::vector<TestPair> unchanged_file(const std::string& path) const {
    std::vector<TestPair> pairs;
    const bool all = !changes_.everywhere.empty();
    Sink sink = like_.empty_copy();
    auto source = load::read_source(*after_.project.config_files, path, sink);
    if (!source || (!all && !filter_.may_name(source->text()))) return pairs;
    const auto config = load::decode_config_text(std::move(source), path, sink);
    for (const auto& [key, test] : tests_of(config.get())) {
      if (!is_wanted(test.id, path) || (!all && !reaches_change(*test.entry))) continue;
      TestPair& pair = pairs.emplace_back();
      pair.config = path;
      pair.id = test.id;
      pair.order = test.order;
      pair.before = before_.plan_of(*config, *test.entry, test.id, like_);
      pair.after = after_.plan_of(*config, *test.entry, test.id, like_);
    }
    return pairs;
  }

  std::vector<TestPair> changed_file(const std::string& path, Sink& sink) const {
    const auto old_config = load(before_, path, sink);
    const auto new_config = load(after_, path, sink);
    const auto old_tests = tests_of(old_config.get());
    const auto new_tests = tests_of(new_config.get());
    std::vector<TestPair> pairs;
    for (const auto& [key, test] : new_tests) {
      const auto old = old_tests.find(key);
      // Another identity of the file makes other tests of all of its tests.
      const bool known = old != old_tests.end() && old->second.id == test.id;
      add(pairs, path, known ? &old->second : nullptr, old_config.get(), &test, new_config.get());
    }
    for (const auto& [key, test] : old_tests) {
      const auto now = new_tests.find(key);
      if (now != new_tests.end() && now->second.id == test.id) continue;
      add(pairs, path, &test, old_config.get(), nullptr, nullptr);
    }
    return pairs;
  }

  void add(std::vector<TestPair>& pairs, const std::string& path, const OneTest* old,
           const load::LoadedConfig* old_config, const OneTest* now,
           const load::LoadedConfig* new_config) const {
    const OneTest& any = now != nullptr ? *now : *old;
    if (!is_wanted(any.id, path)) return;
    TestPair& pair = pairs.emplace_back();
    pair.config = path;
    pair.id = any.id;
    pair.order = any.order;
    pair.entry_differs = old == nullptr || now == nullptr || old->meaning != now->meaning;
    if (old != nullptr) pair.before = before_.plan_of(*old_config, *old->entry, old->id, like_);
    if (now != nullptr) pair.after = after_.plan_of(*new_config, *now->entry, now->id, like_);
  }

  Version before_, after_;
  const Changes& changes_;
  const TestFilter& wanted_;
  const Sink& like_;
  NameFilter filter_;
};

// A test that is gone here and new there under the same id went from file to file.
void join_moved(std::vector<TestPair>&& single, const std::function<void(TestPair&&)>& consume) {
  std::multimap<std::string, TestPair> gone;
  for (TestPair& pair : single) {
    if (!pair.after) gone.emplace(pair.id, std::move(pair));
  }
  for (TestPair& pair : single) {
    if (!pair.after) continue;
    const auto old = gone.find(pair.id);
    if (old != gone.end()) {
      pair.before = std::move(old->second.before);
      gone.erase(old);
    }
    consume(std::move(pair));
  }
  for (auto& [id, pair] : gone) consume(std::move(pair));
}

}  // namespace

void each_test_pair(const load::Project& before, const load::Project& after, const Changes& changes,
                    const TestFilter& wanted, Sink& sink,
                    const std::function<void(TestPair&&)>& consume) {
  const Pairing pairing(before, after, changes, wanted, sink);
  const std::vector<std::string> paths = pairing.paths();
  constexpr std::size_t kWindow = 64;
  const Sink like = sink.empty_copy();
  std::vector<std::vector<TestPair>> slots(paths.size());
  std::vector<Sink> findings(paths.size(), like);
  std::vector<TestPair> single;
  parallel_ordered(
      paths.size(), after.jobs, kWindow,
      [&](std::size_t i) { slots[i] = pairing.pairs_of(paths[i], findings[i]); },
      [&](std::size_t i) {
        std::stable_sort(slots[i].begin(), slots[i].end(),
                         [](const auto& a, const auto& b) { return a.order < b.order; });
        for (TestPair& pair : slots[i]) {
          if (pair.before && pair.after) {
            consume(std::move(pair));
          } else {
            single.push_back(std::move(pair));
          }
        }
        slots[i] = {};
        sink.merge(std::move(findings[i]));
      });
  join_moved(std::move(single), consume);
}

}  // namespace stepreg::query
