// Resolves the tests of many configurations and makes something of each.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "load/project.h"
#include "query/filter.h"
#include "query/select.h"
#include "resolve/resolver.h"

namespace stepreg::query {

struct TestContext {
  const load::LoadedConfig& config;
  const TestEntry& test;
  const std::string& id;
  const resolve::ResolvedTest& resolved;
  std::vector<std::string> problems;  // the errors of this test, one line each
};

struct ScanOptions {
  const Selection* selection = nullptr;  // null: all tests
  const Filter* filter = nullptr;        // null: none
  resolve::Options resolve;
};

// What one configuration gave. Whatever is incomplete is named, so that results can say so.
template <class T>
struct Scanned {
  std::vector<T> results;               // one per test that was wanted, in the order of the file
  std::vector<std::string> incomplete;  // ids of tests that failed; the path of a broken file
};

// The part that depends on no T: calls `each` for every wanted multi-stage test.
void scan_tests(const Registry& registry, const load::LoadedConfig& config,
                const ScanOptions& options, Sink& sink, std::vector<std::string>& incomplete,
                const std::function<void(const TestContext&)>& each);

template <class T>
Scanned<T> scan_config(const Registry& registry, const load::LoadedConfig& config,
                       const ScanOptions& options, Sink& sink,
                       const std::function<T(const TestContext&)>& make) {
  Scanned<T> scanned;
  scan_tests(registry, config, options, sink, scanned.incomplete,
             [&](const TestContext& context) { scanned.results.push_back(make(context)); });
  return scanned;
}

// In parallel; `consume` is called in the order of the paths, on the calling thread.
template <class T>
void map_tests(const load::Project& project, const ScanOptions& options, const Sink& like,
               const std::function<T(const TestContext&)>& make,
               const std::function<void(Scanned<T>&&, Sink&&)>& consume) {
  struct Slot {
    Scanned<T> scanned;
    bool read = false;
  };
  const std::vector<std::string> paths = options.selection != nullptr
                                             ? options.selection->candidate_paths(project)
                                             : project.config_paths;
  std::size_t index = 0;
  load::map_configs<Slot>(
      project, paths, like,
      [&](const load::LoadedConfig& config, Sink& sink) {
        return Slot{scan_config<T>(*project.registry, config, options, sink, make), true};
      },
      [&](Slot&& slot, Sink&& sink) {
        if (!slot.read) slot.scanned.incomplete.push_back(paths[index]);
        ++index;
        consume(std::move(slot.scanned), std::move(sink));
      });
}

// The components that could not be read, as ids, sorted.
std::vector<std::string> broken_components(const Registry& registry);

}  // namespace stepreg::query
