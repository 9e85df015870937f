#include "exec/run_dir.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <random>
#include <utility>

#include "base/environment_variable.h"
#include "base/fs.h"
#include "base/sha256.h"
#include "base/text.h"

namespace stepreg::exec {

namespace {

constexpr std::size_t kComponentBytes = 200;  // file systems allow 255

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.';
}

}  // namespace

std::string default_state_root() {
  if (std::string root = environment_variable(kStateRootVariable); !root.empty()) return root;
  if (const std::string state = environment_variable("XDG_STATE_HOME"); !state.empty()) {
    return join_path(state, "steprun");
  }
  if (const std::string home = environment_variable("HOME"); !home.empty()) {
    return join_path(home, ".local/state/steprun");
  }
  return "/var/tmp/steprun";
}

std::string StateRoot::leases() const {
  return join_path(path_, "leases");
}
std::string StateRoot::durations() const {
  return join_path(path_, "history/durations.jsonl");
}
std::string StateRoot::runs() const {
  return join_path(path_, "runs");
}

std::string RunDir::id() const {
  return std::string(base_name(path_));
}
std::string RunDir::plan() const {
  return join_path(path_, "plan.json");
}
std::string RunDir::lock() const {
  return join_path(path_, "lock");
}
std::string RunDir::version() const {
  return join_path(path_, "version");
}
std::string RunDir::journal() const {
  return join_path(path_, "journal.jsonl");
}
std::string RunDir::status() const {
  return join_path(path_, "status");
}
std::string RunDir::reserve() const {
  return join_path(path_, "reserve");
}
std::string RunDir::shared() const {
  return join_path(path_, "shared");
}
std::string RunDir::leases() const {
  return join_path(path_, "leases.json");
}
std::string RunDir::steps() const {
  return join_path(path_, "steps");
}
std::string RunDir::artifacts() const {
  return join_path(path_, "artifacts");
}
std::string RunDir::junit_operator() const {
  return join_path(path_, "junit_operator.xml");
}
std::string RunDir::junit_steps() const {
  return join_path(path_, "junit_steps.xml");
}
std::string RunDir::passed_list() const {
  return join_path(path_, "passed_testcases.txt");
}
std::string RunDir::failed_list() const {
  return join_path(path_, "failed_testcases.txt");
}
std::string RunDir::skipped_list() const {
  return join_path(path_, "skipped_testcases.txt");
}
std::string RunDir::timeouts() const {
  return join_path(path_, "timeouts.json");
}
std::string RunDir::run_json() const {
  return join_path(path_, "run.json");
}
std::string RunDir::marker() const {
  return join_path(path_, "RUN_COMPLETE");
}
std::string RunDir::credentials() const {
  return join_path(path_, "credentials");
}
std::string RunDir::observers() const {
  return join_path(path_, "observers");
}

std::string RunDir::step(unsigned n, plan::Phase phase, std::string_view name) const {
  char number[16];
  std::snprintf(number, sizeof number, "%03u", n);
  return join_path(
      steps(), std::string(number) + "-" + plan::phase_name(phase) + "-" + path_component(name));
}

std::string RunDir::published(std::string_view test, std::string_view step) const {
  return join_path(join_path(artifacts(), path_component(test)), path_component(step));
}

std::string path_component(std::string_view name) {
  std::string component;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (is_plain(name[i]) && !(i == 0 && name[i] == '.')) {
      component += name[i];
      continue;
    }
    char escaped[8];
    std::snprintf(escaped, sizeof escaped, "%%%02X", static_cast<unsigned char>(name[i]));
    component += escaped;
  }
  if (component.empty()) return "%";
  if (component.size() <= kComponentBytes) return component;
  return component.substr(0, kComponentBytes - 17) + "~" + sha256_hex(name).substr(0, 16);
}

std::string new_run_id(WallTime now) {
  const std::string stamp = iso_utc(now);  // 2026-08-21T10:15:00.000Z
  const std::string day = stamp.substr(0, 4) + stamp.substr(5, 2) + stamp.substr(8, 2);
  const std::string time = stamp.substr(11, 2) + stamp.substr(14, 2) + stamp.substr(17, 2);
  char random[8];
  std::snprintf(random, sizeof random, "%04x", std::random_device()() & 0xffffU);
  return day + "-" + time + "-" + random;
}

Result<std::vector<RunDir>> list_runs(const StateRoot& root) {
  const Result<std::vector<DirEntry>> entries = list_directory(root.runs());
  std::vector<RunDir> runs;
  if (!entries) {
    if (entries.error().code == Error::Code::not_found) return runs;
    return entries.error();
  }
  for (const DirEntry& entry : *entries) {
    // A leading dot: about to be created or to be removed.
    if (entry.kind != DirEntry::Kind::directory || entry.name.front() == '.') continue;
    runs.emplace_back(join_path(root.runs(), entry.name));
  }
  return runs;
}

Result<RunDir> find_run(const StateRoot& root, const std::string& name) {
  if (name.find('/') != std::string::npos || name == "." || name == "..") {
    if (is_directory(name)) return RunDir(real_path_or_same(name));
    return Error{Error::Code::not_found, name + ": is not a run directory"};
  }
  const Result<std::vector<RunDir>> runs = list_runs(root);
  if (!runs) return runs.error();
  if (name == "last" && !runs->empty()) return runs->back();
  std::vector<RunDir> matches;
  for (const RunDir& run : *runs) {
    if (run.id() == name) return run;
    if (!name.empty() && run.id().starts_with(name)) matches.push_back(run);
  }
  if (matches.size() == 1) return matches.front();
  if (matches.empty()) {
    return Error{Error::Code::not_found, "there is no run " + in_quotes(name) + " in " +
                                             root.runs() + "; `steprun list` shows all"};
  }
  return Error{Error::Code::invalid, in_quotes(name) + " is the beginning of " +
                                         counted(matches.size(), "run") + ", for example " +
                                         matches[0].id() + " and " + matches[1].id()};
}

Result<void> check_run_version(const RunDir& run) {
  const Result<std::string> text = read_file(run.version(), 64);
  if (!text) {
    if (text.error().code == Error::Code::not_found) return {};
    return text.error();
  }
  if (trimmed(*text) == kRunDirVersion) return {};
  return Error{Error::Code::invalid, run.path() + ": was written by another version (" +
                                         in_quotes(trimmed(*text)) + ", this program knows " +
                                         in_quotes(kRunDirVersion) + ")"};
}

const char* run_life_name(RunLife life) {
  switch (life) {
    case RunLife::active:
      return "active";
    case RunLife::complete:
      return "complete";
    case RunLife::died:
      return "died";
  }
  return "died";
}

}  // namespace stepreg::exec
