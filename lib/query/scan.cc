#include "query/scan.h"

namespace stepreg::query {

namespace {

// Mistakes in the registry are found there, once, and not in every test.
constexpr const char* kBrokenComponent =
    "a component that the test uses is broken; `stepreg lint` says how";

}  // namespace

void scan_tests(const Registry& registry, const load::LoadedConfig& config,
                const ScanOptions& options, Sink& sink, std::vector<std::string>& incomplete,
                const std::function<void(const TestContext&)>& each) {
  if (!config.document) incomplete.push_back(config.path);
  for (const Located<TestEntry>& test : config.config.tests) {
    if (!test->steps.present()) continue;
    if (options.selection != nullptr && !options.selection->selects(config, *test->as)) continue;
    const std::string id = config.test_id(*test->as);
    Sink own = sink.empty_copy();
    const auto resolved = resolve::resolve_test(registry, *test, id, options.resolve, own);
    if (options.filter != nullptr && !options.filter->keeps(resolved)) continue;
    std::vector<std::string> problems = own.errors();
    if (resolved.failed) {
      incomplete.push_back(id);
      if (problems.empty()) problems.emplace_back(kBrokenComponent);
    }
    each({config, *test, id, resolved, std::move(problems)});
    sink.merge(std::move(own));
  }
}

std::vector<std::string> broken_components(const Registry& registry) {
  return {registry.broken.begin(), registry.broken.end()};
}

}  // namespace stepreg::query
