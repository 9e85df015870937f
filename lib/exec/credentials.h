// Copies of credentials and the cluster profile for one run (execution.md 5.4).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "exec/environment.h"
#include "exec/run_dir.h"
#include "plan/plan.h"

namespace stepreg::exec {

// What keeps a run from its credentials.
struct MissingCredential {
  std::string text;
  bool skip = false;  // the plan wants the run to be skipped for it, not to fail
};

class Credentials {
 public:
  // `settings_root`: base of relative directories in plan::Machine.
  Credentials(const plan::Plan& plan, const RunDir& run, std::string settings_root);

  bool wanted() const;
  // Is everything there that the plan needs? Touches nothing. What makes the run fail comes before
  // what makes it skip.
  std::optional<MissingCredential> missing() const;
  // Copies, files 0400 in directories 0500, to memory where there is a memory file system. What a
  // run that died left is replaced.
  Result<void> provide() const;
  // Overwrites and removes the copies. Not an error when there are none.
  Result<void> remove() const;

  std::string directory() const { return run_.credentials(); }
  std::string profile_dir() const;  // of the copy; empty: no profile
  // CREDENTIAL_DIR_NAME and directory for each credential of the step.
  Variables variables(const plan::Step& step) const;

 private:
  struct Source {
    std::string from;  // directory, or one file
    std::string to;    // directory below directory()
    std::string as;    // name of a single file; empty: the whole directory
    bool skip_if_missing = false;
  };
  std::vector<Source> sources() const;
  std::string settings_path(const std::string& path) const;

  const plan::Plan& plan_;
  RunDir run_;
  std::string settings_root_;
};

}  // namespace stepreg::exec
