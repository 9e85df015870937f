// Who may use cluster profiles and claims (registry.md R230 to R234), and what a profile implies.
#pragma once

#include "diag/sink.h"
#include "load/config_loader.h"
#include "model/registry.h"
#include "resolve/resolved.h"

namespace stepreg::rules {

// Checks the tests of one configuration file; nothing is checked for files of the registry that are
// missing (profiles, claim owners).
class OwnershipCheck {
 public:
  OwnershipCheck(const Registry& registry, const load::LoadedConfig& loaded, Sink& sink)
      : registry_(registry), loaded_(loaded), sink_(sink) {}

  // `resolved` is null for a test without `steps`.
  void check(const TestEntry& test, const resolve::ResolvedTest* resolved);

 private:
  void check_profile(const TestEntry& test, const Text& name, bool report_undefined);
  void check_owners(const TestEntry& test, const ClusterProfile& profile, const Text& name);
  void check_set(const TestEntry& test, const Text& name);
  void check_claim(const TestEntry& test);
  void check_implied(const TestEntry& test, const resolve::ResolvedTest& resolved);
  bool is_owner(const ObjectList<Owner>& owners) const;
  bool is_exception(std::string_view test) const;
  void report_no_metadata(const TestEntry& test, Place place, const std::string& what);
  Diagnostic& add(RuleId id, const TestEntry& test, Place place, std::string_view subject,
                  const std::string& what);

  const Registry& registry_;
  const load::LoadedConfig& loaded_;
  Sink& sink_;
  bool metadata_reported_ = false;  // once per file
};

}  // namespace stepreg::rules
