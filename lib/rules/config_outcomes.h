// The outcomes of all configurations. What an earlier run found is found again without a look at a
// configuration that is still the same, when all that it uses of the registry is the same as well.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "load/file_cache.h"
#include "rules/component_digests.h"
#include "rules/config_outcome.h"

namespace stepreg::rules {

class ConfigOutcomes {
 public:
  // `whole` outlives it. Findings will go to sinks like `sink`. What the next run shall find is
  // written when this is destroyed.
  ConfigOutcomes(const Whole& whole, const Sink& sink);

  // A configuration that cannot be read has an empty one. Thread-safe.
  ConfigOutcome of(const std::string& path, Sink& sink) const;
  // What packed findings point into; may outlive this.
  std::shared_ptr<const void> packed_bytes() const;

 private:
  struct Kept {
    Kept(std::unique_ptr<load::FileCache> file, const Whole& whole);
    std::unique_ptr<load::FileCache> cache;
    ComponentDigests digests;
    std::string rest;  // a digest of what findings rest on besides: settings, all names
  };

  using Shown = std::map<std::uint32_t, std::uint32_t>;  // the last line, by component
  std::optional<Shown> shown_by(const std::vector<Diagnostic>& findings,
                                const std::string& own_path) const;
  std::optional<load::FileStamp> stamp(const std::string& path) const;
  std::optional<ConfigOutcome> recall(const std::string& path, const load::FileStamp& stamp,
                                      Sink& sink) const;
  void keep(const load::LoadedConfig& config, const load::FileStamp& stamp,
            const ConfigOutcome& outcome, std::vector<Diagnostic> findings) const;

  const Whole& whole_;
  std::optional<Kept> kept_;  // nullopt where nothing may be kept
};

}  // namespace stepreg::rules
