#include <algorithm>
#include <map>

#include "base/text.h"
#include "base/xml.h"
#include "exec/reports.h"
#include "exec/wording.h"

namespace stepreg::exec {

namespace {

using plan::Phase;

std::string joined_lines(const StepRecord& step) {
  return join(step.last_lines, "\n");
}

// One case of ci-operator's file.
struct OperatorCase {
  double time = 0;
  std::optional<std::string> failure;
  std::string output;
};

void put_case(std::string& out, const std::string& name, const OperatorCase& c) {
  out +=
      "    <testcase name=\"" + xml_escaped(name) + "\" time=\"" + plain_number(c.time) + "\">\n";
  out += "      <properties></properties>\n";
  if (c.failure) {
    out += "      <failure message=\"\">" + xml_escaped(*c.failure) + "</failure>\n";
  }
  if (!c.output.empty()) out += "      <system-out>" + xml_escaped(c.output) + "</system-out>\n";
  out += "    </testcase>\n";
}

bool counts_as_failure(const StepRecord& step) {
  return step.status == StepStatus::fail && !step.tolerated;
}

std::map<std::string, OperatorCase> operator_cases(const RunRecord& record, const Censor& censor) {
  std::map<std::string, OperatorCase> cases;
  const std::string prefix = "Run multi-stage test ";
  for (const StepRecord& step : record.steps) {
    if (!step.started) continue;
    OperatorCase& c =
        cases[prefix + record.test + " - " + record.test + "-" + step.name + " container test"];
    c.time = step.duration_s;
    if (step.status == StepStatus::fail) {
      c.failure = step.last_lines.empty() ? censor.censored(step.reason) : joined_lines(step);
    }
    const std::string phase = plan::phase_name(step.phase);
    OperatorCase& whole = cases[prefix + phase + " phase"];
    whole.time += step.duration_s;
    whole.output = "The collected steps of multi-stage phase " + phase + ".";
    if (counts_as_failure(step)) {
      std::string text = whole.failure ? *whole.failure + "\n" : std::string();
      whole.failure = text + "\"" + record.test + "\" " + phase + " steps failed: \"" +
                      record.test + "-" + step.name + "\": " + censor.censored(step.reason);
    }
  }
  for (const ObserverRecord& observer : record.observers) {
    if (!observer.started) continue;
    OperatorCase& c =
        cases[prefix + record.test + " - " + record.test + "-" + observer.name + " container test"];
    c.time = observer.duration_s;
    if (observer.status == StepStatus::fail) {
      c.failure = observer.last_lines.empty() ? observer.reason : join(observer.last_lines, "\n");
    }
  }
  // Preparation failed (R006).
  if (cases.empty() && !record.causes.empty()) {
    cases[prefix + record.test].failure = censor.censored(record.causes.front().text);
  }
  return cases;
}

std::string attribute(const char* name, const std::string& value) {
  return std::string(" ") + name + "=\"" + xml_escaped(value) + "\"";
}

std::string property(const char* name, const std::string& value) {
  return "        <property" + attribute("name", name) + attribute("value", value) + "/>\n";
}

// Failures of the harness are errors, those of the script failures (R011).
bool is_harness_error(Cause cause) {
  return cause == Cause::start_error || cause == Cause::image_pull || cause == Cause::unreaped ||
         cause == Cause::executor_died || cause == Cause::lease_lost ||
         cause == Cause::shared_dir_error;
}

std::string step_properties(const StepRecord& step) {
  std::string out = "      <properties>\n";
  out +=
      property("limit", step.limit.configured_s ? plain_number(*step.limit.configured_s) : "none");
  out += property("limit_origin", step.limit.origin);
  out += property("duration", plain_number(step.duration_s));
  out += property("grace_used", plain_number(step.limit.grace_used_s));
  if (step.exit_code) out += property("exit_code", std::to_string(*step.exit_code));
  if (step.tolerated) out += property("tolerated", "true");
  return out + "      </properties>\n";
}

std::string steps_case(const RunRecord& record, const StepRecord& step, const Censor& censor) {
  std::string out = "    <testcase" + attribute("name", step.name) +
                    attribute("classname", record.job + "." + plan::phase_name(step.phase)) +
                    attribute("time", plain_number(step.duration_s)) + ">\n";
  const std::string reason = censor.censored(step.reason);
  if (step.started) out += step_properties(step);
  if (step.status == StepStatus::skipped || step.status == StepStatus::not_run) {
    out += "      <skipped" + attribute("message", reason.empty() ? "not run" : reason) + "/>\n";
  } else if (step.status == StepStatus::fail) {
    const std::string tag = is_harness_error(step.cause) ? "error" : "failure";
    out += "      <" + tag + attribute("type", cause_name(step.cause)) +
           attribute("message", reason) + ">" + xml_escaped(joined_lines(step)) + "</" + tag +
           ">\n";
  }
  return out + "    </testcase>\n";
}

struct Suite {
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
  double time = 0;
  std::string cases;

  void count(const StepRecord& step) {
    ++tests;
    time += step.duration_s;
    if (step.status == StepStatus::fail) ++(is_harness_error(step.cause) ? errors : failures);
    if (step.status == StepStatus::skipped || step.status == StepStatus::not_run) ++skipped;
  }
  std::string text(const std::string& name) const {
    if (tests == 0) return {};
    return "  <testsuite" + attribute("name", name) + attribute("tests", std::to_string(tests)) +
           attribute("failures", std::to_string(failures)) +
           attribute("errors", std::to_string(errors)) +
           attribute("skipped", std::to_string(skipped)) + attribute("time", plain_number(time)) +
           ">\n" + cases + "  </testsuite>\n";
  }
};

Suite observer_suite(const RunRecord& record, const Censor& censor) {
  Suite suite;
  for (const ObserverRecord& observer : record.observers) {
    StepRecord as_step;
    as_step.name = observer.name;
    as_step.status = observer.status;
    as_step.cause = observer.cause;
    as_step.duration_s = observer.duration_s;
    suite.count(as_step);
    suite.cases += "    <testcase" + attribute("name", observer.name) +
                   attribute("classname", record.job + ".observers") +
                   attribute("time", plain_number(observer.duration_s)) + ">\n";
    if (observer.status == StepStatus::fail) {
      suite.cases += "      <failure" + attribute("type", cause_name(observer.cause)) +
                     attribute("message", censor.censored(observer.reason)) + ">" +
                     xml_escaped(join(observer.last_lines, "\n")) + "</failure>\n";
    }
    suite.cases += "    </testcase>\n";
  }
  return suite;
}

Suite lease_suite(const RunRecord& record, const Censor& censor) {
  Suite suite;
  for (const LeaseReport& lease : record.leases) {
    ++suite.tests;
    suite.time += lease.waited_s;
    suite.cases += "    <testcase" + attribute("name", lease.env) +
                   attribute("classname", record.job + ".leases") +
                   attribute("time", plain_number(lease.waited_s)) + ">\n";
    if (!lease.release_error.empty()) {
      ++suite.errors;
      suite.cases += "      <error" + attribute("type", "release_error") +
                     attribute("message", censor.censored(lease.release_error)) + "/>\n";
    }
    suite.cases += "    </testcase>\n";
  }
  return suite;
}

}  // namespace

std::string junit_operator(const RunRecord& record, const Censor& censor) {
  const auto cases = operator_cases(record, censor);
  std::size_t failures = 0;
  double time = 0;
  std::string body;
  for (const auto& [name, c] : cases) {
    if (c.failure) ++failures;
    if (c.output.empty()) time += c.time;  // phases are the sums of their steps
    put_case(body, name, c);
  }
  return "<testsuites>\n  <testsuite name=\"step graph\" tests=\"" + std::to_string(cases.size()) +
         "\" skipped=\"0\" failures=\"" + std::to_string(failures) + "\" time=\"" +
         plain_number(time) + "\">\n    <properties></properties>\n" + body +
         "  </testsuite>\n</testsuites>\n";
}

std::string junit_steps(const RunRecord& record, const Censor& censor) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" +
                    attribute("name", record.job) + ">\n";
  for (Phase phase : plan::kPhases) {
    Suite suite;
    for (const StepRecord& step : record.steps) {
      if (step.phase != phase) continue;
      suite.count(step);
      suite.cases += steps_case(record, step, censor);
    }
    out += suite.text(plan::phase_name(phase));
  }
  out += observer_suite(record, censor).text("observers");
  out += lease_suite(record, censor).text("leases");
  return out + "</testsuites>\n";
}

}  // namespace stepreg::exec
