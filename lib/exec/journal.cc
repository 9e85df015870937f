#include "exec/journal.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>

#include "exec/step_json.h"

namespace stepreg::exec {

namespace {

Json record_of(const char* kind) {
  return {{"kind", kind}, {"at", iso_utc(wall_now())}};
}

Json lease_entry(const HeldLease& lease) {
  return {{"type", lease.type}, {"name", lease.name}, {"env", lease.env}, {"order", lease.order}};
}

Json process_entry(const RunningStep& step) {
  return {{"pid", step.pid}, {"start_ticks", step.start_ticks}, {"cgroups", step.cgroups}};
}

}  // namespace

Journal::Journal(UniqueFd fd, DiskGuard& disk, std::size_t records)
    : fd_(std::move(fd)), disk_(&disk), records_(records) {}

Result<Journal> Journal::open(const std::string& path, DiskGuard& disk, std::size_t records) {
  UniqueFd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
  if (!fd.valid()) return system_error(path, "open", errno);
  // A torn last record must not swallow the next one.
  char last = '\n';
  const off_t size = ::lseek(fd.get(), 0, SEEK_END);
  if (size > 0 && ::pread(fd.get(), &last, 1, size - 1) == 1 && last != '\n') {
    if (!disk.write(fd.get(), "\n")) return system_error(path, "write", errno);
  }
  return Journal(std::move(fd), disk, records);
}

bool Journal::write(const std::string& line, bool flush) {
  if (works_) {
    works_ = disk_->write(fd_.get(), line + "\n") && (!flush || ::fdatasync(fd_.get()) == 0);
  }
  if (++records_ == chaos_.at_record) {
    if (chaos_.kill_guardian) ::kill(::getppid(), SIGKILL);
    if (chaos_.kill_worker) ::kill(::getpid(), SIGKILL);
  }
  return works_;
}

bool Journal::start(const RunRecord& record, const RunSettings& settings) {
  Json json = record_of("start");
  json["version"] = 1;
  json["run"] = record.id;
  json["executor"] = record.executor;
  json["host"] = record.host;
  json["boot_id"] = record.boot_id;
  json["plan_sha256"] = record.plan_sha256;
  json["pid"] = ::getpid();
  json["settings"] = {{"state_root", settings.state_root},
                      {"settings_root", settings.settings_root},
                      {"workdir", settings.workdir},
                      {"stop_dirs", settings.stop_dirs},
                      {"not_selected", settings.not_selected},
                      {"prow", settings.prow},
                      {"drain_s", settings.drain_s},
                      {"epoch_stamps", settings.epoch_stamps},
                      {"unkillable_s", settings.unkillable_s},
                      {"heartbeat_s", settings.heartbeat_s},
                      {"append_lists", settings.append_lists},
                      {"on_event", settings.on_event},
                      {"release_retry_s", settings.release_retry_s}};
  return write(dumped(json), true);
}

bool Journal::stage(RunStage stage) {
  Json json = record_of("stage");
  json["stage"] = stage_name(stage);
  return write(dumped(json), true);
}

bool Journal::lease_intent(const std::string& type) {
  Json json = record_of("lease_intent");
  json["type"] = type;
  return write(dumped(json), true);
}

bool Journal::leases_held(const std::vector<HeldLease>& held, double waited_s) {
  Json json = record_of("leases_held");
  json["waited_s"] = waited_s;
  json["leases"] = Json::array();
  for (const HeldLease& lease : held) json["leases"].push_back(lease_entry(lease));
  return write(dumped(json), true);
}

bool Journal::lease_released(const HeldLease& lease, const std::string& error) {
  Json json = record_of("lease_released");
  json.update(lease_entry(lease));
  json["error"] = error;
  return write(dumped(json), true);
}

bool Journal::credentials_intent() {
  return write(dumped(record_of("credentials_intent")), true);
}

bool Journal::credentials_removed() {
  return write(dumped(record_of("credentials_removed")), true);
}

bool Journal::step_intent(const StepRecord& step) {
  Json json = record_of("step_intent");
  json["n"] = step.n;
  json["attempt"] = step.attempts;
  return write(dumped(json), true);
}

bool Journal::step_running(const RunningStep& step) {
  Json json = record_of("step_running");
  json["n"] = step.n;
  json.update(process_entry(step));
  return write(dumped(json), true);
}

bool Journal::step_ended(const StepRecord& step) {
  Json json = record_of("step_ended");
  json["step"] = step_json(step, nullptr);
  json["step"]["last_lines"] = step.last_lines;
  return write(dumped(json), step.status != StepStatus::skipped);
}

bool Journal::cause(const CauseRecord& cause) {
  Json json = record_of("cause");
  json["cause"] = cause_name(cause.kind);
  json["phase"] = cause.phase;
  json["step"] = cause.step;
  json["text"] = cause.text;
  return write(dumped(json), true);
}

bool Journal::signal(const SignalSeen& seen) {
  Json json = record_of("signal");
  json["number"] = seen.number;
  json["counted"] = seen.counted;
  return write(dumped(json), true);
}

bool Journal::stop(const StopReport& stop, bool latched_fast) {
  Json json = record_of("stop");
  json["stop_kind"] = stop.kind;
  json["path"] = stop.path;
  json["seen"] = stop.seen;
  json["latched_fast"] = latched_fast;
  return write(dumped(json), false);
}

bool Journal::observer_started(const std::string& name, const RunningStep& process) {
  Json json = record_of("observer_started");
  json["name"] = name;
  json.update(process_entry(process));
  return write(dumped(json), true);
}

bool Journal::resumed() {
  Json json = record_of("resumed");
  json["pid"] = ::getpid();
  return write(dumped(json), true);
}

bool Journal::ended(const RunRecord& record) {
  Json json = record_of("ended");
  json["result"] = result_name(record.result);
  json["exit_code"] = record.exit_code;
  json["cleanup"] = verdict_name(record.cleanup);
  return write(dumped(json), true);
}

}  // namespace stepreg::exec
