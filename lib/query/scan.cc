#include "query/scan.h"

namespace stepreg::query {

namespace {

std::vector<std::string> errors_of(const std::vector<Diagnostic>& findings) {
  std::vector<std::string> errors;
  for (const Diagnostic& finding : findings) {
    if (finding.severity == Severity::error) errors.push_back(finding.message);
  }
  return errors;
}

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
    if (resolved.failed) incomplete.push_back(id);
    each({config, *test, id, resolved, errors_of(own.findings())});
    sink.merge(std::move(own));
  }
}

std::vector<std::string> broken_components(const Registry& registry) {
  return {registry.broken.begin(), registry.broken.end()};
}

}  // namespace stepreg::query
