#include "exec/record.h"

#include <doctest/doctest.h>
#include <signal.h>

using namespace stepreg;
using namespace stepreg::exec;

namespace {

RunRecord with_causes(std::initializer_list<Cause> causes) {
  RunRecord record;
  for (Cause cause : causes) record.causes.push_back({cause, "test", "s", {}, "text"});
  decide(record);
  return record;
}

StepRecord cleanup_step(StepStatus status, Cause cause = Cause::none) {
  StepRecord step;
  step.phase = plan::Phase::post;
  step.kind = plan::Kind::cleanup;
  step.status = status;
  step.cause = cause;
  return step;
}

}  // namespace

TEST_CASE("the first cause decides the result") {
  CHECK(with_causes({}).exit_code == 0);
  CHECK(with_causes({Cause::exit_nonzero, Cause::aborted_signal}).exit_code == 1);
  CHECK(with_causes({Cause::job_timeout}).exit_code == 124);
  CHECK(with_causes({Cause::no_lease}).exit_code == 4);
  CHECK(with_causes({Cause::setup_skip}).exit_code == 77);
  CHECK(with_causes({Cause::aborted_signal}).exit_code == 130);
  CHECK(with_causes({Cause::stop_fast}).exit_code == 5);
  // STOPPED promises that what did run passed.
  CHECK(with_causes({Cause::stop_graceful, Cause::exit_nonzero}).exit_code == 1);
  RunRecord terminated = with_causes({Cause::aborted_signal});
  terminated.signals.push_back({{}, SIGTERM, true});
  decide(terminated);
  CHECK(terminated.exit_code == 143);
}

TEST_CASE("the cleanup verdict outranks the result") {
  RunRecord record;
  record.steps = {cleanup_step(StepStatus::pass)};
  decide(record);
  CHECK(record.cleanup == Verdict::not_needed);
  record.debt = true;
  decide(record);
  CHECK(record.cleanup == Verdict::clean);
  CHECK(record.exit_code == 0);
  record.steps.push_back(cleanup_step(StepStatus::fail, Cause::exit_nonzero));
  decide(record);
  CHECK(record.cleanup == Verdict::failed);
  CHECK(record.exit_code == 3);
  record.steps.push_back(cleanup_step(StepStatus::skipped, Cause::setup_failed));
  decide(record);
  CHECK(record.cleanup == Verdict::incomplete);
  record.steps = {cleanup_step(StepStatus::skipped, Cause::not_needed)};
  decide(record);
  CHECK(record.cleanup == Verdict::clean);
  record.leases.push_back({"lab", "L", {"a"}, 0, {}, 0, {}, "no"});
  decide(record);
  CHECK(record.cleanup == Verdict::failed);
}

TEST_CASE("every cause has a name that reads back") {
  for (int i = 1; i <= static_cast<int>(Cause::disk_error); ++i) {
    const auto cause = static_cast<Cause>(i);
    CHECK(cause_named(cause_name(cause)) == cause);
  }
  CHECK_FALSE(cause_named("no_such_cause"));
}
