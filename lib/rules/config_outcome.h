// All that is found in one configuration, and what it leaves for the whole.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/packing.h"
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

  const load::Project& project;
  const Expansions expansions;
  const RunSettings* run = nullptr;  // null without such settings
};

struct ConfigOutcome {
  std::size_t tests = 0;
  FileFacts facts;
  std::optional<LimitNames> limit_names;  // nullopt without a registry
  std::optional<Reached> reached;
  std::vector<std::string> leases;        // the variables of its tests' own
  std::unique_ptr<SourceFile> commented;  // a copy, when the text has comments for stepreg
};

// Thread-safe.
ConfigOutcome check_one_config(const Whole& whole, const load::LoadedConfig& config, Sink& sink);

// But for the text of `commented`.
void pack_outcome(const ConfigOutcome& outcome, PackWriter& out);
// When `in` is no longer ok(), the bytes were something else.
ConfigOutcome unpack_outcome(const Whole& whole, PackReader& in);

}  // namespace stepreg::rules
