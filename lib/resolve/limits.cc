#include "resolve/limits.h"

#include <algorithm>

#include "base/text.h"

namespace stepreg::resolve {

namespace {

constexpr double kDefaultStepSeconds = 2 * 3600;
constexpr double kDefaultGraceSeconds = 15;
constexpr double kDefaultLeaseSeconds = 2 * 3600;
constexpr double kDefaultPrepareSeconds = 3600;

using Layer = LimitSources::Layer;

// The limit in effect while candidates are offered from the weakest to the strongest.
class Choice {
 public:
  // `history`, when there is one, gets every candidate.
  Choice(const Origins& origins, std::optional<double> fallback,
         std::vector<LimitCandidate>* history = nullptr)
      : origins_(origins), history_(history) {
    limit_.seconds = fallback;
    limit_.origin.source = "default";
    if (history_ != nullptr) history_->push_back({limit_, {}});
  }

  void offer(const Limit& limit, std::string rule, std::string source) {
    if (!limit.present()) return;
    set(limit->none ? std::nullopt : std::optional(seconds_of(limit->duration)), std::move(rule),
        std::move(source), limit.place);
    limit_.skip = limit->skip;
    if (history_ != nullptr) history_->back().limit.skip = limit->skip;
  }

  void offer(const LimitMap& limits, std::string_view name, const std::string& rule,
             const std::string& source) {
    if (const auto* entry = find_entry(limits, name)) {
      offer(entry->value, rule + "." + std::string(name), source);
    }
  }

  // A zero duration of a step means the default.
  void offer(const DurationValue& duration, std::string rule, std::string source) {
    if (!duration.present() || duration->count() <= 0) return;
    set(seconds_of(*duration), std::move(rule), std::move(source), duration.place);
  }

  plan::Limit take() { return std::move(limit_); }

 private:
  void set(std::optional<double> seconds, std::string rule, std::string source, Place place) {
    limit_.seconds = seconds;
    limit_.rule = std::move(rule);
    limit_.origin = origins_.of(std::move(source), place);
    limit_.skip = false;
    if (history_ != nullptr) history_->push_back({limit_, place});
  }

  const Origins& origins_;
  std::vector<LimitCandidate>* history_;
  plan::Limit limit_;
};

std::string source_of(const Layer& layer) {
  return layer.settings_path.empty() ? source_id(layer.source) : "settings";
}

const Located<PhaseTimeouts>& of_phase(const Timeouts& timeouts, Phase phase) {
  const PhasesTimeouts& phases = *timeouts.phases;
  return phase == Phase::pre ? phases.pre : phase == Phase::test ? phases.test : phases.post;
}

std::string phase_rule(Phase phase, const char* what) {
  return std::string("timeouts.phases.") + plan::phase_name(phase) + "." + what;
}

}  // namespace

LimitSources limit_sources(const ResolvedTest& test, std::string_view id, const RunSettings* run) {
  LimitSources sources;
  const auto add = [&](const Located<Timeouts>& timeouts, Source source,
                       std::string_view path = {}) {
    if (timeouts.present()) sources.job.push_back({&*timeouts, source, path});
  };
  if (run != nullptr) {
    add(run->timeouts, {}, "run.timeouts");
    if (run->timeouts.present()) sources.machine = &*run->timeouts;
  }
  if (test.workflow != nullptr) {
    const auto& workflow = test.workflow->definition.steps->timeouts;
    add(workflow, {Source::Kind::workflow, test.workflow->name, workflow.place});
  }
  if (test.entry != nullptr) {
    add(test.entry->steps->timeouts, {Source::Kind::test, test.name, {}});
    add(test.entry->timeouts, {Source::Kind::test, test.name, {}});
  }
  if (run == nullptr) return sources;
  for (const Located<TestSettings>& settings : run->tests) {
    for (const Text& pattern : settings->tests) {
      if (!glob_match(*pattern, id)) continue;
      add(settings->timeouts, {}, "run.tests");
      break;
    }
  }
  return sources;
}

namespace {

void offer_all(const LimitSources& sources, Phase phase, const Step& step, Choice& timeout,
               Choice& grace, Choice& idle) {
  const std::string_view name = *step.as;
  const std::string own = "ref/" + std::string(name);
  for (const Layer& layer : sources.job) {
    timeout.offer(layer.timeouts->step, "timeouts.step", source_of(layer));
    grace.offer(layer.timeouts->grace, "timeouts.grace", source_of(layer));
    idle.offer(layer.timeouts->idle, "timeouts.idle", source_of(layer));
  }
  for (const Layer& layer : sources.job) {
    timeout.offer(of_phase(*layer.timeouts, phase)->step, phase_rule(phase, "step"),
                  source_of(layer));
  }
  timeout.offer(step.timeout, "step", own);
  grace.offer(step.grace_period, "step", own);
  idle.offer(step.idle_timeout, "step", own);
  if (sources.machine != nullptr) {
    timeout.offer(sources.machine->steps, name, "machine", "settings");
    grace.offer(sources.machine->graces, name, "machine", "settings");
    idle.offer(sources.machine->idles, name, "machine", "settings");
  }
  for (const Layer& layer : sources.job) {
    if (layer.timeouts == sources.machine) continue;
    timeout.offer(layer.timeouts->steps, name, "timeouts.steps", source_of(layer));
    grace.offer(layer.timeouts->graces, name, "timeouts.graces", source_of(layer));
    idle.offer(layer.timeouts->idles, name, "timeouts.idles", source_of(layer));
  }
  for (const Layer& layer : sources.job) {
    timeout.offer(of_phase(*layer.timeouts, phase)->steps, name, phase_rule(phase, "steps"),
                  source_of(layer));
  }
}

}  // namespace

StepLimits limits_of_step(const LimitSources& sources, const Origins& origins, Phase phase,
                          const Step& step) {
  Choice timeout(origins, kDefaultStepSeconds), grace(origins, kDefaultGraceSeconds);
  Choice idle(origins, std::nullopt);
  offer_all(sources, phase, step, timeout, grace, idle);
  return {timeout.take(), grace.take(), idle.take()};
}

bool resets_system(const Step& step, const RunSettings* run) {
  if (is_true(step.resets)) return true;
  return run != nullptr && std::any_of(run->resets.begin(), run->resets.end(),
                                       [&](const Text& name) { return *name == *step.as; });
}

StepLimitHistory limit_history_of_step(const LimitSources& sources, const Origins& origins,
                                       Phase phase, const Step& step) {
  StepLimitHistory history;
  Choice timeout(origins, kDefaultStepSeconds, &history.timeout);
  Choice grace(origins, kDefaultGraceSeconds, &history.grace);
  Choice idle(origins, std::nullopt, &history.idle);
  offer_all(sources, phase, step, timeout, grace, idle);
  return history;
}

void set_job_limits(const LimitSources& sources, const Origins& origins, const TestEntry* test,
                    plan::Job& job) {
  Choice total(origins, std::nullopt), lease(origins, kDefaultLeaseSeconds);
  Choice prepare(origins, kDefaultPrepareSeconds);
  if (test != nullptr) total.offer(test->timeout, "test", "test");
  for (const Layer& layer : sources.job) {
    total.offer(layer.timeouts->job, "timeouts.job", source_of(layer));
    lease.offer(layer.timeouts->lease, "timeouts.lease", source_of(layer));
    prepare.offer(layer.timeouts->prepare, "timeouts.prepare", source_of(layer));
    if (layer.timeouts->cleanup_reserve.present()) {
      job.cleanup_reserve_seconds = seconds_of(layer.timeouts->cleanup_reserve->duration);
    }
  }
  job.timeout = total.take();
  job.lease_timeout = lease.take();
  job.prepare_timeout = prepare.take();
  for (const Phase phase : plan::kPhases) {
    Choice choice(origins, std::nullopt);
    for (const Layer& layer : sources.job) {
      choice.offer(of_phase(*layer.timeouts, phase)->total, phase_rule(phase, "total"),
                   source_of(layer));
    }
    job.phase_timeout[static_cast<int>(phase)] = choice.take();
  }
}

}  // namespace stepreg::resolve
