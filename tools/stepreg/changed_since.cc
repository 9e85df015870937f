#include "stepreg/changed_since.h"

#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "base/command.h"
#include "base/fs.h"
#include "base/temporary_directory.h"
#include "base/text.h"

namespace stepreg::tools {

namespace {

// Works elsewhere for a while: paths of findings stay as the user would write them.
class WorkingDirectory {
 public:
  explicit WorkingDirectory(const std::string& path) {
    std::error_code failure;
    before_ = std::filesystem::current_path(failure);
    changed_ = !failure && ::chdir(path.c_str()) == 0;
  }
  ~WorkingDirectory() {
    std::error_code ignored;
    if (changed_) std::filesystem::current_path(before_, ignored);
  }
  WorkingDirectory(const WorkingDirectory&) = delete;
  WorkingDirectory& operator=(const WorkingDirectory&) = delete;
  bool changed() const { return changed_; }

 private:
  std::filesystem::path before_;
  bool changed_ = false;
};

Error failed(std::string text) {
  return Error{Error::Code::failed, std::move(text)};
}

// The first line of what git says, or why it failed.
Result<std::string> git(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "git");
  Result<CommandOutput> done = run_command(arguments);
  if (!done) return done.error();
  if (done->exit_code != 0) {
    return failed("git " + arguments[1] + ": " + std::string(trimmed(split(done->err, '\n')[0])));
  }
  return std::string(trimmed(done->out));
}

// Unpacks the revision below the top of the working tree into `target`.
Result<void> unpack(const std::string& revision, const std::string& top,
                    const std::string& target) {
  const std::string archive = target + ".tar";
  if (auto made = git({"-C", top, "archive", "--format=tar", "-o", archive, revision}); !made) {
    return made.error();
  }
  const Result<CommandOutput> done = run_command({"tar", "-xf", archive, "-C", target});
  ::unlink(archive.c_str());
  if (!done) return done.error();
  if (done->exit_code != 0) return failed("tar: " + std::string(trimmed(done->err)));
  return {};
}

Result<void> require_relative(const LintOptions& options) {
  for (const std::string& path : {options.project.registry, options.project.configs}) {
    if (path.starts_with('/')) {
      return failed(path + ": with --changed-since the trees must be named by relative paths");
    }
  }
  return {};
}

}  // namespace

Result<std::vector<Diagnostic>> findings_at(const std::string& revision,
                                            const LintOptions& options) {
  if (auto relative = require_relative(options); !relative) return relative.error();
  const auto commit = git({"rev-parse", "--verify", "--end-of-options", revision + "^{commit}"});
  if (!commit) return failed("--changed-since: there is no revision " + stepreg::quoted(revision));
  const auto top = git({"rev-parse", "--show-toplevel"});
  if (!top) return top.error();
  const auto prefix = git({"rev-parse", "--show-prefix"});
  if (!prefix) return prefix.error();
  const TemporaryDirectory old_tree;
  if (old_tree.path().empty()) return failed("cannot create a temporary directory");
  if (auto unpacked = unpack(*commit, *top, old_tree.path()); !unpacked) return unpacked.error();
  const WorkingDirectory there(join_path(old_tree.path(), *prefix));
  // A directory that did not exist then had no findings.
  if (!there.changed()) return std::vector<Diagnostic>{};
  LintOptions then = options;
  then.stdin_text.reset();
  then.quiet = true;
  std::optional<Judged> judged = judge(then);
  if (!judged) return std::vector<Diagnostic>{};
  return std::move(judged->report.findings);
}

}  // namespace stepreg::tools
