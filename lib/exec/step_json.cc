#include "exec/step_json.h"

namespace stepreg::exec {

namespace {

template <class T>
void get(const Json& json, const char* key, T& out) {
  const auto found = json.find(key);
  if (found == json.end() || found->is_null()) return;
  if constexpr (std::is_same_v<T, bool>) {
    if (found->is_boolean()) out = found->template get<bool>();
  } else if constexpr (std::is_arithmetic_v<T>) {
    out = number_from<T>(*found).value_or(out);
  } else {
    if (found->is_string()) out = found->template get<std::string>();
  }
}

template <class T>
void get(const Json& json, const char* key, std::optional<T>& out) {
  const auto found = json.find(key);
  if (found != json.end()) out = number_from<T>(*found);
}

void get(const Json& json, const char* key, std::vector<std::string>& out) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_array()) return;
  for (const Json& item : *found) {
    if (item.is_string()) out.push_back(item.get<std::string>());
  }
}

Json limit_json(const LimitReport& limit) {
  return {{"configured_s", or_null(limit.configured_s)},
          {"origin", limit.origin},
          {"effective_s", or_null(limit.effective_s)},
          {"bound", limit.bound},
          {"idle_s", or_null(limit.idle_s)},
          {"grace_s", or_null(limit.grace_s)},
          {"grace_used_s", limit.grace_used_s}};
}

Json shared_json(const SharedReport& shared) {
  return {{"read_only", shared.read_only},
          {"committed", shared.committed},
          {"generation", shared.generation},
          {"bytes", shared.bytes},
          {"dropped", shared.dropped}};
}

LimitReport limit_from(const Json& json) {
  LimitReport out;
  get(json, "configured_s", out.configured_s);
  get(json, "origin", out.origin);
  get(json, "effective_s", out.effective_s);
  get(json, "bound", out.bound);
  get(json, "idle_s", out.idle_s);
  get(json, "grace_s", out.grace_s);
  get(json, "grace_used_s", out.grace_used_s);
  return out;
}

SharedReport shared_from(const Json& json) {
  SharedReport out;
  get(json, "read_only", out.read_only);
  get(json, "committed", out.committed);
  get(json, "generation", out.generation);
  get(json, "bytes", out.bytes);
  get(json, "dropped", out.dropped);
  return out;
}

template <class E, std::size_t N>
void get_enum(const Json& json, const char* key, const E (&all)[N], const char* (*name)(E),
              E& out) {
  std::string text;
  get(json, key, text);
  for (E value : all) {
    if (text == name(value)) out = value;
  }
}

}  // namespace

Json step_json(const StepRecord& step, const Censor* censor) {
  const auto text = [&](const std::string& value) {
    return censor ? censor->censored(value) : value;
  };
  Json out = {{"n", step.n},
              {"phase", plan::phase_name(step.phase)},
              {"step", step.name},
              {"kind", plan::kind_name(step.kind)},
              {"status", step_status_name(step.status)},
              {"cause", text_or_null(cause_name(step.cause))},
              {"tolerated", step.tolerated},
              {"reason", text_or_null(text(step.reason))},
              {"started", time_json(step.started)},
              {"ended", time_json(step.ended)},
              {"prepare_s", step.prepare_s},
              {"duration_s", step.duration_s},
              {"longest_silence_s", step.longest_silence_s},
              {"exit_code", or_null(step.exit_code)},
              {"signal", or_null(step.signal)},
              {"attempts", step.attempts},
              {"limit", limit_json(step.limit)},
              {"leftover_processes", step.leftover_processes},
              {"unreaped", step.unreaped},
              {"log", text_or_null(step.log)},
              {"log_bytes", step.log_bytes},
              {"log_truncated", step.log_truncated},
              {"shared_dir", shared_json(step.shared)}};
  out["user_status"] = Json::array();
  for (const UserStatusReport& status : step.user_status) {
    out["user_status"].push_back({{"at", iso_utc(status.at)}, {"note", text(status.note)}});
  }
  return out;
}

StepRecord step_from(const Json& json) {
  StepRecord out;
  constexpr StepStatus kStatuses[] = {StepStatus::not_run, StepStatus::pass, StepStatus::fail,
                                      StepStatus::skipped};
  get(json, "n", out.n);
  get_enum(json, "phase", plan::kPhases, plan::phase_name, out.phase);
  get(json, "step", out.name);
  get_enum(json, "kind", plan::kKinds, plan::kind_name, out.kind);
  get_enum(json, "status", kStatuses, step_status_name, out.status);
  std::string cause;
  get(json, "cause", cause);
  out.cause = cause_named(cause).value_or(Cause::none);
  get(json, "tolerated", out.tolerated);
  get(json, "reason", out.reason);
  out.started = time_from(json.value("started", Json()));
  out.ended = time_from(json.value("ended", Json()));
  get(json, "prepare_s", out.prepare_s);
  get(json, "duration_s", out.duration_s);
  get(json, "longest_silence_s", out.longest_silence_s);
  get(json, "exit_code", out.exit_code);
  get(json, "signal", out.signal);
  get(json, "attempts", out.attempts);
  out.limit = limit_from(json.value("limit", Json::object()));
  get(json, "leftover_processes", out.leftover_processes);
  get(json, "unreaped", out.unreaped);
  get(json, "log", out.log);
  get(json, "log_bytes", out.log_bytes);
  get(json, "log_truncated", out.log_truncated);
  out.shared = shared_from(json.value("shared_dir", Json::object()));
  for (const Json& status : json.value("user_status", Json::array())) {
    if (!status.is_object()) continue;
    UserStatusReport& entry = out.user_status.emplace_back();
    entry.at = time_from(status.value("at", Json())).value_or(WallTime{});
    get(status, "note", entry.note);
  }
  get(json, "last_lines", out.last_lines);
  return out;
}

}  // namespace stepreg::exec
