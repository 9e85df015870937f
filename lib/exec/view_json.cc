#include "exec/view_json.h"

#include "exec/json_fields.h"

namespace stepreg::exec {

namespace {

Json head(const char* format) {
  return {{"format", format}, {"version", "1.0"}};
}

// UNKNOWN has no time.
Json record_json(const StatusRecord& record) {
  return {{"at", record.at == WallTime{} ? Json(nullptr) : Json(iso_micros(record.at) + "Z")},
          {"state", record.state},
          {"note", record.note},
          {"damaged", record.damaged},
          {"incomplete", record.incomplete}};
}

Json run_json_of(const RunView& view) {
  const ResultView& result = view.result;
  return {{"run", view.dir.id()},
          {"path", view.dir.path()},
          {"job", text_or_null(result.job)},
          {"created", time_json(created_at(view.dir))},
          {"life", run_life_name(view.life)},
          {"state", record_json(view.state)},
          {"result", text_or_null(result.result)},
          {"exit_code", or_null(result.exit_code)},
          {"cleanup", text_or_null(result.cleanup)}};
}

std::string printed(const Json& json) {
  return document_text(json);
}

}  // namespace

std::string record_json_line(const StatusRecord& record) {
  return dumped(record_json(record)) + "\n";
}

std::string status_json(const RunView& view, const std::vector<StatusRecord>* history) {
  Json json = head("steprun.status");
  json.update(run_json_of(view));
  json["steps"] = Json::array();
  for (const StepView& step : view.steps) {
    json["steps"].push_back({{"n", step.n},
                             {"phase", step.phase},
                             {"step", step.name},
                             {"state", record_json(step.state)}});
  }
  if (history != nullptr) {
    json["history"] = Json::array();
    for (const StatusRecord& record : *history) json["history"].push_back(record_json(record));
  }
  return printed(json);
}

std::string list_json(const std::vector<RunView>& runs) {
  Json json = head("steprun.list");
  json["runs"] = Json::array();
  for (const RunView& run : runs) json["runs"].push_back(run_json_of(run));
  return printed(json);
}

std::string leases_json(const std::vector<LeaseRecord>& leases) {
  Json json = head("steprun.leases");
  json["leases"] = Json::array();
  for (const LeaseRecord& lease : leases) {
    Json owner;
    if (lease.owner) {
      owner = {{"run", lease.owner->run_id}, {"pid", lease.owner->process.pid}};
    }
    json["leases"].push_back({{"type", lease.type},
                              {"name", lease.name},
                              {"state", lease_state_name(lease.state)},
                              {"owner", owner},
                              {"acquired", time_json(lease.acquired)},
                              {"heartbeat", time_json(lease.heartbeat)}});
  }
  return printed(json);
}

std::string advice_json(const std::vector<LimitAdvice>& advice) {
  Json json = head("steprun.timeouts");
  json["steps"] = Json::array();
  for (const LimitAdvice& step : advice) {
    json["steps"].push_back({{"job", step.job},
                             {"phase", step.phase},
                             {"step", step.step},
                             {"limit_s", or_null(step.limit_s)},
                             {"rule", step.rule},
                             {"runs", step.runs},
                             {"passed", step.passed},
                             {"longest_s", or_null(step.longest_s)},
                             {"p95_s", or_null(step.p95_s)},
                             {"median_s", or_null(step.median_s)},
                             {"last_s", step.last_s},
                             {"longest_silence_s", step.longest_silence_s},
                             {"ratio", or_null(step.ratio)},
                             {"suggested_s", or_null(step.suggested_s)},
                             {"flags", step.flags}});
  }
  return printed(json);
}

}  // namespace stepreg::exec
