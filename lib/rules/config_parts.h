// How the rules of a configuration make their findings, and the parts of check_config(). For the
// files of this room only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "diag/sink.h"
#include "load/config_loader.h"
#include "rules/pipeline_images.h"

namespace stepreg::rules {

// A configuration under examination.
struct ConfigCheck {
  const load::LoadedConfig& loaded;
  Sink& sink;

  const Config& config() const { return loaded.config; }
  // A finding about the file. `subject` is the path of the field: "releases.latest.candidate".
  Diagnostic& add(RuleId id, Place place, std::string subject, std::string message) const;
  // Where something is missing altogether: the first byte of the file.
  Place top() const { return {loaded.source.get(), 0}; }
  // Those of config(), made when somebody asks for them.
  const std::vector<Definition>& pipeline_definitions() const;

  mutable std::optional<std::vector<Definition>> pipeline_definitions_made{};
};

// A test under examination.
struct TestCheck {
  const ConfigCheck& file;
  const Located<TestEntry>& entry;
  std::size_t index;  // in `tests`

  TestCheck(const ConfigCheck& in_file, std::size_t number)
      : file(in_file), entry(in_file.config().tests[number]), index(number) {}

  std::string id() const { return file.loaded.test_id(*entry->as); }
  // As messages say it: "the test `unit`", or "`tests[3]`" without a name.
  std::string name() const;
  const TestEntry& test() const { return *entry; }
  // The name of the test, or where it begins.
  Place place() const { return test().as ? test().as.place : entry.place; }
  // A finding about the test; `what` follows the test's name in the message.
  Diagnostic& add(RuleId id, Place at, std::string subject, const std::string& what) const;
};

// The place of a value, or the other one when it is absent.
inline Place place_or(Place place, Place otherwise) {
  return place ? place : otherwise;
}

// Fields that exclude each other, in order; those that are set.
struct NamedPlace {
  std::string_view name;
  Place place;
};
// "`a` and `b`", "`a`, `b` and `c`".
std::string listed(const std::vector<NamedPlace>& fields);
std::string listed(const std::vector<std::string_view>& names);

// The change conditions of a test or of `images` that are not empty.
template <class T>
std::vector<NamedPlace> change_conditions(const T& object) {
  std::vector<NamedPlace> set;
  const auto note = [&](std::string_view name, const Text& value) {
    if (!value->empty()) set.push_back({name, value.place});
  };
  note("run_if_changed", object.run_if_changed);
  note("skip_if_only_changed", object.skip_if_only_changed);
  note("pipeline_run_if_changed", object.pipeline_run_if_changed);
  note("pipeline_skip_if_only_changed", object.pipeline_skip_if_only_changed);
  return set;
}

inline constexpr std::string_view kNodeArchitectures[] = {"amd64", "arm64", "ppc64le", "s390x"};

template <class List>
bool is_one_of(std::string_view value, const List& list) {
  for (const std::string_view each : list) {
    if (each == value) return true;
  }
  return false;
}

// One test.
void check_test_name(const TestCheck& test);
void check_test_schedule(const TestCheck& test);
void check_test_conditions(const TestCheck& test);
void check_test_report(const TestCheck& test);
void check_test_type(const TestCheck& test);
void check_test_claim(const TestCheck& test);
void check_test_secrets(const TestCheck& test);
void check_test_shards(const TestCheck& test);
void check_literal_images(const TestCheck& test);
// All tests of a file.
void check_test_names_unique(const ConfigCheck& file);
// The rest of a file.
void check_build_settings(const ConfigCheck& file);
void check_images(const ConfigCheck& file);
void check_imported_images(const ConfigCheck& file);
void check_image_names(const ConfigCheck& file);
void check_releases(const ConfigCheck& file);
void check_promotion(const ConfigCheck& file);
void check_operator(const ConfigCheck& file);
// Change conditions of `images` and bundles, and of the tests (SR647).
void check_patterns(const ConfigCheck& file);

}  // namespace stepreg::rules
