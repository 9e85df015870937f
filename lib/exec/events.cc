#include "exec/events.h"

#include "exec/step_json.h"

namespace stepreg::exec {

std::string event_json(const Event& event, const std::string& run_id) {
  Json out = {{"event", event.type}, {"at", iso_utc(event.at)}, {"run", run_id}};
  const auto text = [&](const char* key, const std::string& value) {
    if (!value.empty()) out[key] = value;
  };
  const auto number = [&](const char* key, const auto& value) {
    if (value) out[key] = *value;
  };
  text("phase", event.phase);
  text("step", event.step);
  if (event.n > 0) out["n"] = event.n;
  if (event.total > 0) out["total"] = event.total;
  text("status", event.status);
  text("cause", cause_name(event.cause));
  text("text", event.text);
  number("limit_s", event.limit_s);
  number("remaining_s", event.remaining_s);
  number("duration_s", event.duration_s);
  number("exit_code", event.exit_code);
  return dumped(out);
}

}  // namespace stepreg::exec
