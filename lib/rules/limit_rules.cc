#include "rules/limit_rules.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "diag/edit.h"
#include "resolve/plan_builder.h"
#include "rules/limit_walk.h"
#include "rules/test_rules.h"

namespace stepreg::rules {

namespace {

using plan::Phase;
using resolve::LimitSources;
using resolve::ResolvedStep;
using resolve::ResolvedTest;
using Kind = resolve::Source::Kind;
using What = LimitAt::What;
using Layer = LimitSources::Layer;

constexpr double kDefaultReserve = 300;

std::string shown(double seconds) {
  return in_quotes(short_duration(Nanoseconds(static_cast<long long>(seconds * 1e9))));
}

// The limits in effect for one step.
struct Effective {
  const ResolvedStep* step;
  resolve::StepLimits limits;
  Place timeout_place, idle_place;  // absent for the built-in ones
  bool idle_given = false;          // somebody said something about silence
};

class TestLimits {
 public:
  TestLimits(const ResolvedTest& test, const std::string& id, const RunSettings* run, Sink& sink)
      : test_(test),
        id_(id),
        run_(run),
        sink_(sink),
        sources_(resolve::limit_sources(test, id, run)) {
    resolve::set_job_limits(sources_, origins_, test.entry, job_);
    for (const ResolvedStep& step : test.steps) steps_.push_back(effective(step));
  }

  // What the settings, the workflow and the test say, each by itself.
  void check_layers() {
    for (const Layer& layer : sources_.job) {
      for_each_limit(*layer.timeouts, [&](const LimitAt& at) {
        check_grace(at);
        check_skip(at);
        if (is_of_test(layer) || sets_job_limit(layer)) check_beyond_job(at);
        if (layer.settings_path.empty()) check_name(layer, at);
      });
      check_post_total(layer);
    }
  }

  void check_steps() {
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      check_idle(steps_[i]);
      check_reset(i);
      check_shared_step(steps_[i]);
      check_own_step(steps_[i]);
    }
    check_sum();
  }

  // Limits that nobody gave; for users of the executor only.
  void check_absent(bool& job_limit_reported) {
    if (!job_.timeout.seconds && !std::exchange(job_limit_reported, true)) {
      add(rule("SR720"), test_.entry->as.place, "timeouts.job",
          "nobody limits the whole job of the test " + in_quotes(test_.name))
          .hint = "add `run.timeouts.job` to the settings, or `timeout` to the tests of this file";
    }
    for (const Effective& each : steps_) check_absent_of(each);
  }

 private:
  Effective effective(const ResolvedStep& step) const {
    Effective result{&step, {}, {}, {}};
    auto history = resolve::limit_history_of_step(sources_, origins_, step.phase, *step.step);
    result.timeout_place = history.timeout.back().place;
    result.idle_place = history.idle.back().place;
    result.idle_given = history.idle.size() > 1;
    result.limits = {std::move(history.timeout.back().limit), std::move(history.grace.back().limit),
                     std::move(history.idle.back().limit)};
    return result;
  }

  Diagnostic& add(RuleId id, Place place, std::string subject, std::string message) {
    Diagnostic& finding = sink_.add(id, place, std::move(message));
    finding.component = id_;
    finding.subject = std::move(subject);
    return finding;
  }

  // Written for this test and no other one.
  static bool is_of_test(const Layer& layer) {
    return layer.settings_path == "run.tests" ||
           (layer.settings_path.empty() && layer.source.kind == Kind::test);
  }

  bool sets_job_limit(const Layer& layer) const {
    if (!layer.timeouts->job.present()) return false;
    const auto stronger =
        std::find_if(sources_.job.rbegin(), sources_.job.rend(),
                     [](const Layer& other) { return other.timeouts->job.present(); });
    return stronger->timeouts == layer.timeouts;
  }

  const ResolvedStep* find_step(std::string_view name, const Phase* phase) const {
    for (const ResolvedStep& step : test_.steps) {
      if (*step.step->as == name && (phase == nullptr || step.phase == *phase)) return &step;
    }
    return nullptr;
  }

  // Steps of `post` run outside of the job's limit (T003).
  bool is_within_job(const LimitAt& at) const {
    if (at.what != What::total && at.what != What::step && at.what != What::idle) return false;
    if (at.phase != nullptr) return *at.phase != Phase::post;
    if (!at.name) return true;
    const ResolvedStep* step = find_step(*at.name, nullptr);
    return step != nullptr && step->phase != Phase::post;
  }

  void check_beyond_job(const LimitAt& at) {
    if (!job_.timeout.seconds || !at.is_set() || !is_within_job(at)) return;
    if (at.seconds() <= *job_.timeout.seconds) return;
    add(rule("SR729"), at.limit->place, std::string(*at.name),
        "a limit of " + shown(at.seconds()) + " in a job that ends after " +
            shown(*job_.timeout.seconds))
        .hint = "lower it, or raise that of the job";
  }

  void check_grace(const LimitAt& at) {
    if (at.what != What::grace || !at.is_set()) return;
    if (at.seconds() >= 1 && at.seconds() <= 3600) return;
    add(rule("SR727"), at.limit->place, std::string(*at.name),
        "a grace period of " + shown(at.seconds()))
        .hint = "it is the time between the request to end and the kill; seconds to minutes";
  }

  void check_skip(const LimitAt& at) {
    if (!(*at.limit)->skip) return;
    std::string why;
    if (at.what != What::step && at.what != What::idle) {
      why = "it is no limit of a step";
    } else if (at.phase != nullptr) {
      if (*at.phase == Phase::test) return;
      why = "it is for steps of `" + std::string(plan::phase_name(*at.phase)) + "`";
    } else {
      const auto outside =
          std::find_if(test_.steps.begin(), test_.steps.end(), [&](const ResolvedStep& step) {
            return step.phase != Phase::test && (!at.name || *step.step->as == *at.name);
          });
      if (outside == test_.steps.end()) return;
      why = "the step " + in_quotes(*outside->step->as) + " stands in `" +
            plan::phase_name(outside->phase) + "`";
    }
    add(rule("SR733"), at.limit->place, std::string(*at.name), "`skip` has no place here: " + why)
        .hint = "name the steps of `test` that may be given up";
  }

  // A workflow's limits are compared with its own steps, which a test may replace.
  void check_name(const Layer& layer, const LimitAt& at) {
    const bool alone = !test_.entry->steps.present();
    if (!at.name || test_.failed || (layer.source.kind == Kind::workflow) != alone) return;
    if (find_step(*at.name, at.phase) != nullptr) return;
    const std::string where =
        at.phase == nullptr ? "" : " in `" + std::string(plan::phase_name(*at.phase)) + "`";
    Diagnostic& finding = add(rule("SR732"), at.name.place, std::string(*at.name),
                              "there is no step " + in_quotes(*at.name) + where);
    std::vector<std::string_view> names;
    for (const ResolvedStep& step : test_.steps) names.push_back(*step.step->as);
    suggest(finding, at.name.place, *at.name, names);
  }

  // T044: what the cleanup steps need in any case.
  void check_post_total(const Layer& layer) {
    const Limit& total = layer.timeouts->phases->post->total;
    if (!total || total->none) return;
    const Limit& given = layer.timeouts->cleanup_reserve;
    const double reserve = given                              ? seconds_of(given->duration)
                           : job_.cleanup_reserve_seconds > 0 ? job_.cleanup_reserve_seconds
                                                              : kDefaultReserve;
    double needed = 0;
    bool collects = false;
    for (const Effective& each : steps_) {
      const plan::Kind kind = resolve::kind_of_step(test_, *each.step);
      if (kind == plan::Kind::collection) collects = true;
      if (kind != plan::Kind::cleanup) continue;
      needed += std::min(each.limits.timeout.seconds.value_or(reserve), reserve);
    }
    if (!collects || seconds_of(total->duration) >= needed) return;
    add(rule("SR734"), total.place, "phases.post.total",
        "`post` may take " + shown(seconds_of(total->duration)) + ", and its cleanup steps need " +
            shown(needed))
        .hint = "raise it, or lower `cleanup_reserve`; no data will be collected";
  }

  // Blanket limits of silence are for the other steps.
  void check_idle(const Effective& each) {
    const auto& [timeout, grace, idle] = each.limits;
    if (!idle.seconds || !timeout.seconds || idle.rule == "timeouts.idle") return;
    if (idle.rule == "step" && timeout.rule == "step") return;  // the step itself is reported
    if (*idle.seconds < *timeout.seconds || timeout.rule == "default") return;
    Diagnostic& finding = add(rule("SR728"), each.idle_place, std::string(*each.step->step->as),
                              "the idle limit of the step " + in_quotes(*each.step->step->as) +
                                  " is not shorter than its limit of " + shown(*timeout.seconds));
    finding.notes.push_back({Location::of(each.timeout_place), "the limit"});
  }

  void check_reset(std::size_t i) {
    const Effective& each = steps_[i];
    const bool by_idle = each.limits.idle.skip;
    if (!each.limits.timeout.skip && !by_idle) return;
    if (each.step->phase != Phase::test || i + 1 == steps_.size()) return;
    const ResolvedStep& next = *steps_[i + 1].step;
    if (next.phase != Phase::test || resolve::resets_system(*next.step, run_)) return;
    Diagnostic& finding =
        add(rule("SR723"), by_idle ? each.idle_place : each.timeout_place,
            std::string(*each.step->step->as),
            "after a skipped time-out of " + in_quotes(*each.step->step->as) + " the step " +
                in_quotes(*next.step->as) + " begins in an unknown state");
    finding.hint =
        "list it under `run.resets` of the settings if it brings the system to a known state";
    finding.notes.push_back({Location::of(next.entry), "the next step"});
  }

  // A step of the registry with a `timeout` of its own.
  void check_shared_step(const Effective& each) {
    const plan::Limit& timeout = each.limits.timeout;
    if (timeout.rule != "step" || each.step->component == nullptr) return;
    if (!job_.timeout.seconds || each.step->phase == Phase::post) return;
    if (*timeout.seconds <= *job_.timeout.seconds) return;
    Diagnostic& finding =
        add(rule("SR730"), place_in_test(test_, *each.step), std::string(*each.step->step->as),
            "the step " + in_quotes(*each.step->step->as) + " may take " + shown(*timeout.seconds) +
                ", and the job ends after " + shown(*job_.timeout.seconds));
    finding.way = way_to(test_, *each.step);
    finding.notes.push_back({Location::of(each.timeout_place), "its limit"});
  }

  // A step that is written in the test.
  void check_own_step(const Effective& each) {
    const plan::Limit& timeout = each.limits.timeout;
    const bool in_test = each.step->component == nullptr && is_direct(*each.step) &&
                         test_.merged.phases[static_cast<int>(each.step->phase)].kind == Kind::test;
    if (timeout.rule != "step" || !in_test || each.step->phase == Phase::post) return;
    if (!job_.timeout.seconds || *timeout.seconds <= *job_.timeout.seconds) return;
    add(rule("SR729"), each.timeout_place, std::string(*each.step->step->as),
        "the step " + in_quotes(*each.step->step->as) + " may take " + shown(*timeout.seconds) +
            ", and the job ends after " + shown(*job_.timeout.seconds))
        .hint = "lower it, or raise that of the job";
  }

  void check_sum() {
    if (!job_.timeout.seconds) return;
    double sum = 0;
    for (const Effective& each : steps_) {
      if (each.step->phase != Phase::post) sum += each.limits.timeout.seconds.value_or(0);
    }
    if (sum <= 2 * *job_.timeout.seconds) return;
    add(rule("SR731"), test_.entry->as.place, "timeouts.job",
        "the limits of the steps add up to " + shown(sum) + ", and the job ends after " +
            shown(*job_.timeout.seconds));
  }

  void check_absent_of(const Effective& each) {
    const ResolvedStep& step = *each.step;
    const std::string name = in_quotes(*step.step->as);
    const plan::Limit& timeout = each.limits.timeout;
    const std::string id = step.component ? "ref/" + step.component->name : id_;
    if (timeout.rule == "default") {
      const Text& as = step.step->as;
      add(rule("SR721"), as ? as.place : step.entry, std::string(*as),
          "nobody limits the step " + name + "; it may hang for two hours")
          .component = id;
    } else if (timeout.seconds && *timeout.seconds >= 2 * 3600 && !each.idle_given) {
      add(rule("SR722"), each.timeout_place, std::string(*step.step->as),
          "the step " + name + " may take " + shown(*timeout.seconds) +
              ", and nobody limits its silence")
          .component = id;
    }
  }

  const ResolvedTest& test_;
  const std::string& id_;
  const RunSettings* const run_;
  Sink& sink_;
  const resolve::Origins origins_{"", "", ""};
  const LimitSources sources_;
  plan::Job job_;
  std::vector<Effective> steps_;
};

}  // namespace

void LimitCheck::check(const ResolvedTest& test) {
  const std::string id = config_.test_id(test.name);
  const auto sources = resolve::limit_sources(test, id, run_);
  // Most tests say nothing about limits.
  if (sources.job.empty() && run_ == nullptr && !test.entry->timeout) return;
  TestLimits limits(test, id, run_, sink_);
  limits.check_layers();
  limits.check_steps();
  if (run_ != nullptr) limits.check_absent(job_limit_reported_);
}

void check_limits_of_workflow(const ResolvedTest& workflow, const std::string& id, Sink& sink) {
  if (!workflow.workflow->definition.steps->timeouts) return;
  TestLimits limits(workflow, id, nullptr, sink);
  limits.check_layers();
}

}  // namespace stepreg::rules
