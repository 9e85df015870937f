#include "exec/bounds.h"

#include "exec/wording.h"

namespace stepreg::exec {

namespace {

std::string described(const char* which, const plan::Limit& limit) {
  std::string out = std::string(which) + " limit of " + short_seconds(limit.seconds.value_or(0)) +
                    " (" + limit.rule;
  if (!limit.origin.file.empty()) {
    out += ", " + limit.origin.file;
    if (limit.origin.line > 0) out += ":" + std::to_string(limit.origin.line);
  }
  return out + ")";
}

}  // namespace

std::string preparation_limit_text(const plan::Limit& limit) {
  return described("preparation", limit);
}

std::string limit_text(Cause cause, const plan::Plan& plan, const plan::Step& step) {
  switch (cause) {
    case Cause::job_timeout:
      return described("job", plan.job.timeout);
    case Cause::phase_timeout:
      return described((std::string("`") + plan::phase_name(step.phase) + "`").c_str(),
                       plan.job.phase_timeout[static_cast<int>(step.phase)]);
    case Cause::idle_timeout:
      return described("idle", step.idle);
    default:
      return described("step", step.timeout);
  }
}

}  // namespace stepreg::exec
