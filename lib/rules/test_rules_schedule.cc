// When a test runs (registry.md R162 to R182, R344, R345).

#include "diag/edit.h"
#include "rules/config_parts.h"
#include "rules/cron.h"

namespace stepreg::rules {

namespace {

constexpr Nanoseconds kMaxTimeout = std::chrono::hours(72);
constexpr std::string_view kJobStates[] = {"scheduling", "triggered", "pending", "success",
                                           "failure",    "aborted",   "error"};

std::vector<NamedPlace> schedules(const TestEntry& test) {
  std::vector<NamedPlace> set;
  if (test.cron) set.push_back({"cron", test.cron.place});
  if (test.interval) set.push_back({"interval", test.interval.place});
  if (test.minimum_interval) set.push_back({"minimum_interval", test.minimum_interval.place});
  return set;
}

void check_interval(const TestCheck& check, std::string_view field, const Text& value) {
  if (!value || parse_duration(*value)) return;
  Diagnostic& finding =
      check.add(rule("SR618"), value.place, std::string(field),
                "has " + in_quotes(*value) + " as " + in_quotes(field) + ", which is no duration");
  finding.hint = "write a number with a unit (s, m, h), such as `24h`";
}

void check_postsubmit(const TestCheck& check, const std::vector<NamedPlace>& set) {
  const TestEntry& test = check.test();
  if (!is_true(test.postsubmit)) return;
  if (!set.empty()) {
    check.add(rule("SR613"), set[0].place, std::string(set[0].name),
              "is a postsubmit and has " + listed(set) + "; it cannot be both");
  }
  if (is_true(test.optional)) {
    check.add(rule("SR614"), test.optional.place, "optional",
              "is a postsubmit and `optional`, which is for presubmits only");
  }
}

}  // namespace

void check_test_schedule(const TestCheck& check) {
  const TestEntry& test = check.test();
  const auto set = schedules(test);
  if (is_true(test.presubmit) && !test.is_periodic()) {
    check
        .add(rule("SR612"), test.presubmit.place, "presubmit",
             "has `presubmit: true` and no schedule")
        .hint = "remove the field: a test without schedule is a presubmit anyway";
  }
  check_postsubmit(check, set);
  if (set.size() > 1) {
    check.add(rule("SR615"), set[1].place, std::string(set[1].name),
              "has more than one schedule: " + listed(set));
  }
  if (is_true(test.release_controller) && !set.empty()) {
    check.add(rule("SR616"), set[0].place, std::string(set[0].name),
              "is started by the release controller and has " + listed(set));
  }
  check_interval(check, "interval", test.interval);
  check_interval(check, "minimum_interval", test.minimum_interval);
  if (test.cron) {
    if (const auto problem = cron_problem(*test.cron)) {
      check.add(rule("SR619"), test.cron.place, "cron",
                "has the cron expression " + in_quotes(*test.cron) +
                    ", which cannot be read: " + *problem);
    }
  }
  if (test.timeout && *test.timeout > kMaxTimeout) {
    check.add(rule("SR623"), test.timeout.place, "timeout",
              "has a time limit of " + short_duration(*test.timeout) + "; at most 72h are allowed");
  }
}

void check_test_conditions(const TestCheck& check) {
  const TestEntry& test = check.test();
  const auto conditions = change_conditions(test);
  if (conditions.size() > 1) {
    check.add(rule("SR620"), conditions[1].place, std::string(conditions[1].name),
              "has more than one change condition: " + listed(conditions));
  }
  if (is_true(test.always_run) && !conditions.empty()) {
    check
        .add(rule("SR648"), test.always_run.place, "always_run",
             "has `always_run: true` and the change condition " + in_quotes(conditions[0].name))
        .notes.push_back({Location::of(conditions[0].place), "the condition"});
  }
  const auto set = schedules(test);
  if (set.empty() || is_true(test.presubmit)) return;
  std::vector<NamedPlace> of_presubmits;
  if (!test.run_if_changed->empty())
    of_presubmits.push_back({"run_if_changed", test.run_if_changed.place});
  if (!test.skip_if_only_changed->empty())
    of_presubmits.push_back({"skip_if_only_changed", test.skip_if_only_changed.place});
  if (is_true(test.optional)) of_presubmits.push_back({"optional", test.optional.place});
  if (of_presubmits.empty()) return;
  check
      .add(rule("SR617"), of_presubmits[0].place, std::string(of_presubmits[0].name),
           "is a periodic (" + in_quotes(set[0].name) + ") and has " + listed(of_presubmits) +
               ", which is for presubmits")
      .hint = "add `presubmit: true` to run it on pull requests as well";
}

void check_test_report(const TestCheck& check) {
  const TestEntry& test = check.test();
  if (!test.reporter_config) return;
  const ReporterConfig& report = *test.reporter_config;
  if (report.channel->empty()) {
    check.add(rule("SR621"), test.reporter_config.place, "reporter_config.channel",
              "has a `reporter_config` without `channel`");
  }
  if (is_true(report.report_presubmit) && !is_true(test.presubmit)) {
    check.add(rule("SR622"), report.report_presubmit.place, "reporter_config.report_presubmit",
              "has `report_presubmit: true` without `presubmit: true`");
  }
  for (const Text& state : report.job_states_to_report) {
    if (is_one_of(*state, kJobStates)) continue;
    Diagnostic& finding =
        check.add(rule("SR650"), state.place, "reporter_config.job_states_to_report",
                  "reports the state " + in_quotes(*state) + ", which no job has");
    suggest(finding, state.place, *state, kJobStates);
  }
}

void check_test_shards(const TestCheck& check) {
  const TestEntry& test = check.test();
  if (!test.shard_count) return;
  if (is_true(test.postsubmit)) {
    check.add(rule("SR645"), test.shard_count.place, "shard_count",
              "is a postsubmit and has `shard_count`");
  }
  if (*test.shard_count < 2) {
    check
        .add(rule("SR646"), test.shard_count.place, "shard_count",
             "has a `shard_count` of " + std::to_string(*test.shard_count) +
                 "; at least 2 are needed")
        .hint = "remove the field if the test is not to be split";
  }
}

}  // namespace stepreg::rules
