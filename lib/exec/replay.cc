#include <algorithm>

#include "base/fs.h"
#include "base/text.h"
#include "exec/journal.h"
#include "exec/run.h"
#include "exec/step_json.h"

namespace stepreg::exec {

namespace {

constexpr std::uint64_t kMaxJournalBytes = 1ULL << 30;

class Replayer {
 public:
  explicit Replayer(const plan::Plan& plan) { out_.record = new_record(plan); }

  void apply(const Json& json) {
    ++out_.records;
    const std::string kind = text_of(json, "kind");
    if (kind == "start") return start(json);
    if (kind == "stage") return stage(json);
    if (kind == "leases_held") return leases_held(json);
    if (kind == "lease_released") return lease_released(json);
    if (kind == "credentials_intent") out_.record.debt = true;
    if (kind == "step_intent") return step_intent(json);
    if (kind == "step_running") return step_running(json);
    if (kind == "step_ended") return step_ended(json);
    if (kind == "cause") return cause(json);
    if (kind == "signal") {
      out_.record.signals.push_back({time_from(json.value("at", Json())).value_or(WallTime{}),
                                     number_of<int>(json, "number").value_or(0),
                                     flag_of(json, "counted")});
    }
    if (kind == "stop") return stop(json);
  }

  Replay take() { return std::move(out_); }

 private:
  StepRecord* step(const Json& json) {
    const auto n = number_of<unsigned>(json, "n").value_or(0);
    return n >= 1 && n <= out_.record.steps.size() ? &out_.record.steps[n - 1] : nullptr;
  }

  void start(const Json& json) {
    RunRecord& record = out_.record;
    record.id = text_of(json, "run");
    record.executor = text_of(json, "executor");
    record.host = text_of(json, "host");
    record.boot_id = text_of(json, "boot_id");
    record.plan_sha256 = text_of(json, "plan_sha256");
    const Json settings = json.value("settings", Json::object());
    RunSettings& s = out_.settings;
    s.state_root = text_of(settings, "state_root");
    s.settings_root = text_of(settings, "settings_root");
    s.workdir = text_of(settings, "workdir");
    s.stop_dirs = texts_of(settings, "stop_dirs");
    s.not_selected = texts_of(settings, "not_selected");
    s.prow = flag_of(settings, "prow");
    s.epoch_stamps = flag_of(settings, "epoch_stamps");
    s.append_lists = text_of(settings, "append_lists");
    s.on_event = text_of(settings, "on_event");
    read_times(settings, s);
  }

  // What an older executor did not write keeps its default, and so does what is no length of time.
  static void read_times(const Json& settings, RunSettings& s) {
    const auto read = [&](const char* key, double& out) {
      const auto seconds = number_of<double>(settings, key);
      if (seconds && *seconds >= 0) out = *seconds;
    };
    read("drain_s", s.drain_s);
    read("unkillable_s", s.unkillable_s);
    read("heartbeat_s", s.heartbeat_s);
    const auto pauses = settings.find("release_retry_s");
    if (pauses == settings.end() || !pauses->is_array()) return;
    s.release_retry_s.clear();
    for (const Json& pause : *pauses) {
      const auto seconds = number_from<double>(pause);
      if (seconds && *seconds >= 0) s.release_retry_s.push_back(*seconds);
    }
  }

  void stage(const Json& json) {
    const std::string name = text_of(json, "stage");
    for (std::size_t i = 0; i < kRunStages; ++i) {
      if (name == stage_name(static_cast<RunStage>(i))) {
        out_.record.entered[i] = time_from(json.value("at", Json()));
      }
    }
  }

  void leases_held(const Json& json) {
    for (const Json& item : json.value("leases", Json::array())) {
      const HeldLease lease{text_of(item, "type"), text_of(item, "name"), text_of(item, "env"),
                            number_of<std::size_t>(item, "order").value_or(0)};
      out_.held.push_back(lease);
      add_to_report(lease, time_from(json.value("at", Json())),
                    number_of<double>(json, "waited_s").value_or(0));
    }
    out_.record.debt = !out_.held.empty();
  }

  void add_to_report(const HeldLease& lease, std::optional<WallTime> at, double waited_s) {
    for (LeaseReport& report : out_.record.leases) {
      if (report.env == lease.env) return report.names.push_back(lease.name);
    }
    const std::size_t order = out_.record.leases.size();
    out_.record.leases.push_back(
        {lease.type, lease.env, {lease.name}, order, at, waited_s, {}, ""});
  }

  void lease_released(const Json& json) {
    const std::string type = text_of(json, "type");
    const std::string name = text_of(json, "name");
    const std::string error = text_of(json, "error");
    if (!error.empty()) return;
    std::erase_if(out_.held,
                  [&](const HeldLease& lease) { return lease.type == type && lease.name == name; });
    for (LeaseReport& report : out_.record.leases) {
      if (report.env == text_of(json, "env")) {
        report.released = time_from(json.value("at", Json()));
      }
    }
  }

  void step_intent(const Json& json) {
    StepRecord* record = step(json);
    if (!record) return;
    record->started = time_from(json.value("at", Json()));
    record->attempts = number_of<unsigned>(json, "attempt").value_or(0);
    out_.open_step = record->n;
    if (record->phase != plan::Phase::post) out_.record.debt = out_.record.step_started = true;
  }

  void step_running(const Json& json) {
    const StepRecord* record = step(json);
    if (!record) return;
    out_.running = RunningStep{record->n, number_of<pid_t>(json, "pid").value_or(0),
                               number_of<std::uint64_t>(json, "start_ticks").value_or(0),
                               texts_of(json, "cgroups")};
  }

  void step_ended(const Json& json) {
    const Json body = json.value("step", Json::object());
    StepRecord* record = step(body);
    if (!record) return;
    const StepRecord read = step_from(body);
    // Of another plan: it would change what has to be cleaned up.
    if (read.name != record->name || read.phase != record->phase || read.kind != record->kind) {
      return;
    }
    *record = read;
    if (out_.open_step == read.n) out_.open_step.reset();
    if (out_.running && out_.running->n == read.n) out_.running.reset();
  }

  void cause(const Json& json) {
    out_.record.causes.push_back({cause_named(text_of(json, "cause")).value_or(Cause::setup_failed),
                                  text_of(json, "phase"), text_of(json, "step"),
                                  time_from(json.value("at", Json())).value_or(WallTime{}),
                                  text_of(json, "text")});
  }

  void stop(const Json& json) {
    out_.record.stop.seen = flag_of(json, "seen");
    out_.record.stop.kind = text_of(json, "stop_kind");
    out_.record.stop.path = text_of(json, "path");
    out_.stop_latched_fast = flag_of(json, "latched_fast");
  }

  Replay out_;
};

}  // namespace

Result<Replay> replay_journal(const std::string& path, const plan::Plan& plan) {
  const auto text = read_file(path, kMaxJournalBytes);
  if (!text) return text.error();
  Replayer replayer(plan);
  for (std::string_view line : split(*text, '\n')) {
    if (line.empty()) continue;
    const Json json = parsed(line);
    if (json.is_object()) replayer.apply(json);  // else torn by a death or a full disk
  }
  Replay out = replayer.take();
  if (out.record.id.empty()) {
    return Error{Error::Code::invalid, path + ": is not the journal of a run"};
  }
  return out;
}

}  // namespace stepreg::exec
