// All that is found in one configuration, and what it leaves for the whole.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/packing.h"
#include "diag/pack.h"
#include "load/project.h"
#include "rules/across_files.h"
#include "rules/expansion.h"
#include "rules/limit_names.h"
#include "rules/reached.h"

namespace stepreg::rules {

// What all configurations are checked against. The project must be open and outlives it.
struct Whole {
  explicit Whole(const load::Project& of);
  const Registry& registry() const { return *project.registry; }
  // Made when first asked for; thread-safe.
  const Expansions& expansions() const;

  const load::Project& project;
  const ComponentIds ids;
  const RunSettings* run = nullptr;  // null without such settings

 private:
  mutable std::once_flag expanded_;
  mutable std::optional<Expansions> expansions_;
};

struct ConfigOutcome {
  std::size_t tests = 0;
  FileFacts facts;
  std::vector<std::uint32_t> reached;     // components that its tests name
  std::vector<std::string> limited;       // steps of its tests that the settings give limits
  std::vector<std::string> leases;        // the variables of its tests' own
  std::unique_ptr<SourceFile> commented;  // a copy, when the text has comments for stepreg
  // The findings in the file itself when an earlier run made them, and not in the sink then.
  std::optional<PackedFindings> packed;
};

// Thread-safe.
ConfigOutcome check_one_config(const Whole& whole, const load::LoadedConfig& config, Sink& sink);

// But for the text of `commented` and what is packed already.
void pack_outcome(const ConfigOutcome& outcome, PackWriter& out);
// When `in` is no longer ok(), the bytes were something else.
ConfigOutcome unpack_outcome(const Whole& whole, PackReader& in);

}  // namespace stepreg::rules
