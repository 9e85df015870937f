// A project that lives in memory, opened and judged as `stepreg lint` does it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "diag/report.h"
#include "load/project.h"
#include "memory_tree.h"
#include "model/settings.h"

namespace stepreg::fuzz {

// The registry is `registry/`, the configurations are `config/`; `.stepreg.yaml` and `claims.yaml`
// stand beside them.
class Judged {
 public:
  explicit Judged(const Texts& texts);

  const load::Project& project() const { return project_; }
  const RunSettings* run() const;
  // Every rule as severe as the strict profile has it, whatever settings and comments say.
  const std::vector<Diagnostic>& strict() const { return strict_; }
  // After settings and comments.
  const std::vector<Diagnostic>& findings() const { return findings_; }
  SourceLookup sources() const;
  // All that a reader of the findings sees, for comparing.
  std::string printed() const;

 private:
  void read_settings(const Texts& texts, Sink& sink);
  void open(const Texts& texts, Sink& sink);
  void read_sources(const Texts& texts);

  load::Project project_;
  std::vector<Diagnostic> strict_;
  std::vector<Diagnostic> findings_;
  std::map<std::string, std::unique_ptr<SourceFile>> sources_;
};

}  // namespace stepreg::fuzz
