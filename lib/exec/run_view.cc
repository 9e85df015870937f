#include "exec/run_view.h"

#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/fs.h"
#include "base/text.h"
#include "exec/step_json.h"

namespace stepreg::exec {

namespace {

constexpr std::uint64_t kRunJsonBytes = 256U << 20;

const Json& part_of(const Json& json, const char* key) {
  static const Json kNothing = Json::object();
  const auto found = json.find(key);
  return found != json.end() && found->is_object() ? *found : kNothing;
}

template <class Receive>
void for_each_object(const Json& json, const char* key, Receive receive) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_array()) return;
  for (const Json& entry : *found) {
    if (entry.is_object()) receive(entry);
  }
}

ObserverRecord observer_from(const Json& json) {
  ObserverRecord observer;
  observer.name = text_of(json, "name");
  const std::string status = text_of(json, "status");
  for (const StepStatus value : {StepStatus::pass, StepStatus::fail, StepStatus::skipped}) {
    if (status == step_status_name(value)) observer.status = value;
  }
  observer.cause = cause_named(text_of(json, "cause")).value_or(Cause::none);
  observer.reason = text_of(json, "reason");
  observer.exit_code = number_of<int>(json, "exit_code");
  observer.duration_s = number_of<double>(json, "duration_s").value_or(0);
  return observer;
}

LeaseReport lease_from(const Json& json) {
  LeaseReport lease;
  lease.type = text_of(json, "type");
  lease.env = text_of(json, "env");
  if (const auto names = json.find("names"); names != json.end() && names->is_array()) {
    for (const Json& name : *names) {
      if (name.is_string()) lease.names.push_back(name.get<std::string>());
    }
  }
  lease.waited_s = number_of<double>(json, "waited_s").value_or(0);
  lease.release_error = text_of(json, "release_error");
  return lease;
}

void read_into(const Json& json, ResultView& view) {
  const Json& run = part_of(json, "run");
  view.job = text_of(run, "job");
  view.host = text_of(run, "host");
  view.resumed = run.value("resumed", Json()) == true;
  view.result = text_of(json, "result");
  view.exit_code = number_of<int>(json, "exit_code");
  view.cleanup = text_of(json, "cleanup");
  for_each_object(json, "causes", [&view](const Json& cause) {
    view.causes.push_back({text_of(cause, "kind"), text_of(cause, "phase"), text_of(cause, "step"),
                           text_of(cause, "text")});
  });
  const Json& times = part_of(json, "times");
  for (std::size_t i = 0; i < kRunStages; ++i) {
    view.entered[i] = parse_wall_time(text_of(times, stage_name(static_cast<RunStage>(i))));
  }
  view.total_s = number_of<double>(times, "total_s").value_or(0);
  view.job_limit_s = number_of<double>(part_of(json, "limits"), "job_s");
  view.worst_case_cleanup_s = number_of<double>(part_of(json, "limits"), "worst_case_cleanup_s");
  for_each_object(json, "steps",
                  [&view](const Json& step) { view.steps.push_back(step_from(step)); });
  for_each_object(json, "observers", [&view](const Json& observer) {
    view.observers.push_back(observer_from(observer));
  });
  for_each_object(json, "leases",
                  [&view](const Json& lease) { view.leases.push_back(lease_from(lease)); });
}

// "003-test-e2e-aws"
std::optional<StepView> step_of(const std::string& name) {
  StepView step;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), step.n);
  if (error != std::errc() || end == name.data() + name.size() || *end != '-') return std::nullopt;
  const std::string rest(end + 1);
  const std::size_t dash = rest.find('-');
  if (dash == std::string::npos) return std::nullopt;
  step.phase = rest.substr(0, dash);
  step.name = rest.substr(dash + 1);
  return step;
}

std::string job_of_plan(const RunDir& run) {
  const Result<std::string> text = read_file(run.plan(), kRunJsonBytes);
  if (!text) return "";
  const Json json = parsed(*text);
  return json.is_object() ? text_of(part_of(json, "job"), "id") : std::string();
}

}  // namespace

ResultView read_run_json(const std::string& path) {
  ResultView view;
  const Result<std::string> text = read_file(path, kRunJsonBytes);
  if (!text) return view;
  const Json json = parsed(*text);
  if (!json.is_object()) return view;
  try {
    read_into(json, view);
  } catch (const Json::exception&) {
    // A part of an unexpected kind: what was read before it is still true.
  }
  return view;
}

std::vector<StepView> view_steps(const RunDir& run) {
  std::vector<StepView> steps;
  const Result<std::vector<DirEntry>> entries = list_directory(run.steps());
  if (!entries) return steps;
  for (const DirEntry& entry : *entries) {
    auto step = step_of(entry.name);
    if (!step || entry.kind != DirEntry::Kind::directory) continue;
    step->path = join_path(run.steps(), entry.name);
    step->state = StatusReader(join_path(step->path, kStepStatus)).current();
    steps.push_back(std::move(*step));
  }
  std::stable_sort(steps.begin(), steps.end(),
                   [](const StepView& a, const StepView& b) { return a.n < b.n; });
  return steps;
}

RunView view_run(const RunDir& run, bool with_steps) {
  RunView view{
      run, probe_run(run), StatusReader(run.status()).current(), read_run_json(run.run_json()), {}};
  if (view.result.job.empty()) view.result.job = job_of_plan(run);
  if (with_steps) view.steps = view_steps(run);
  return view;
}

const StepView* find_step(const std::vector<StepView>& steps, std::string_view name) {
  for (const StepView& step : steps) {
    const bool named = step.name == name || step.name == path_component(name) ||
                       step.phase + "/" + step.name == name || std::to_string(step.n) == name;
    if (named) return &step;
  }
  return nullptr;
}

std::optional<WallTime> created_at(const RunDir& run) {
  const std::string id = run.id();  // 20260821-101500-7f3a
  if (id.size() >= 15 && id[8] == '-') {
    const std::string stamp = id.substr(0, 4) + "-" + id.substr(4, 2) + "-" + id.substr(6, 2) +
                              "T" + id.substr(9, 2) + ":" + id.substr(11, 2) + ":" +
                              id.substr(13, 2);
    if (auto time = parse_wall_time(stamp)) return time;
  }
  struct stat info {};
  if (::stat(run.path().c_str(), &info) != 0) return std::nullopt;
  return WallTime(std::chrono::seconds(info.st_mtim.tv_sec));
}

}  // namespace stepreg::exec
