#include "exec/record_json.h"

#include "exec/step_json.h"
#include "exec/wording.h"

namespace stepreg::exec {

namespace {

Json cause_json(const CauseRecord& cause, const Censor& censor) {
  return {{"kind", cause_name(cause.kind)},
          {"phase", text_or_null(cause.phase)},
          {"step", text_or_null(cause.step)},
          {"at", iso_utc(cause.at)},
          {"text", censor.censored(cause.text)}};
}

// "run:test:step_timeout": where, then what (R042).
std::string reason_chain(const RunRecord& record) {
  if (record.causes.empty()) return "";
  const CauseRecord& first = record.causes.front();
  return "run:" + (first.phase.empty() ? std::string() : first.phase + ":") +
         cause_name(first.kind);
}

Json lease_json(const LeaseReport& lease) {
  return {{"type", lease.type},
          {"env", lease.env},
          {"names", lease.names},
          {"order", lease.order},
          {"acquired", time_json(lease.acquired)},
          {"waited_s", lease.waited_s},
          {"released", time_json(lease.released)},
          {"release_error", text_or_null(lease.release_error)}};
}

Json times_json(const RunRecord& record) {
  Json out = Json::object();
  for (std::size_t i = 0; i < kRunStages; ++i) {
    out[stage_name(static_cast<RunStage>(i))] = time_json(record.entered[i]);
  }
  out["total_s"] = record.total_s;
  return out;
}

Json run_block(const RunRecord& record) {
  return {{"id", record.id},
          {"job", record.job},
          {"test", record.test},
          {"host", record.host},
          {"boot_id", record.boot_id},
          {"executor", record.executor},
          {"plan_sha256", record.plan_sha256},
          {"resumed", record.resumed},
          {"resumed_from", record.resumed ? Json(record.id) : Json(nullptr)}};
}

Json lists(const RunRecord& record, const Censor& censor) {
  Json out = {{"leases", Json::array()}, {"steps", Json::array()}, {"observers", Json::array()}};
  for (const LeaseReport& lease : record.leases) out["leases"].push_back(lease_json(lease));
  for (const StepRecord& step : record.steps) out["steps"].push_back(step_json(step, &censor));
  for (const ObserverRecord& observer : record.observers) {
    out["observers"].push_back({{"name", observer.name},
                                {"status", step_status_name(observer.status)},
                                {"cause", cause_name(observer.cause)},
                                {"reason", censor.censored(observer.reason)},
                                {"exit_code", or_null(observer.exit_code)},
                                {"duration_s", observer.duration_s}});
  }
  return out;
}

Json signals_json(const RunRecord& record) {
  Json out = Json::array();
  for (const SignalSeen& seen : record.signals) {
    out.push_back({{"signal", signal_name(seen.number)},
                   {"at", iso_utc(seen.at)},
                   {"counted", seen.counted}});
  }
  return out;
}

}  // namespace

std::string run_json(const RunRecord& record, const Censor& censor) {
  Json out = {{"version", 1}, {"complete", record.complete}, {"run", run_block(record)}};
  out["result"] = record.complete ? Json(result_name(record.result)) : Json(nullptr);
  out["exit_code"] = record.complete ? Json(record.exit_code) : Json(nullptr);
  out["cleanup"] = record.complete ? Json(verdict_name(record.cleanup)) : Json(nullptr);
  out["first_cause"] =
      record.causes.empty() ? Json(nullptr) : cause_json(record.causes.front(), censor);
  out["causes"] = Json::array();
  for (const CauseRecord& cause : record.causes) out["causes"].push_back(cause_json(cause, censor));
  out["reason_chain"] = reason_chain(record);
  out["times"] = times_json(record);
  out["limits"] = {{"job_s", or_null(record.job_limit_s)},
                   {"lease_s", or_null(record.lease_limit_s)},
                   {"worst_case_cleanup_s", or_null(record.worst_case_cleanup_s)}};
  out["stop"] = {{"seen", record.stop.seen},
                 {"kind", record.stop.kind},
                 {"path", text_or_null(record.stop.path)},
                 {"first_seen", time_json(record.stop.first_seen)},
                 {"cleared", time_json(record.stop.cleared)}};
  out["signals"] = signals_json(record);
  out.update(lists(record, censor));
  out["degraded"] = {{"status_records_lost", record.status_records_lost},
                     {"disk_full", record.disk_full},
                     {"journal", record.journal_works}};
  out["warnings"] = Json::array();
  for (const std::string& warning : record.warnings) {
    out["warnings"].push_back(censor.censored(warning));
  }
  return document_text(out);
}

}  // namespace stepreg::exec
