#include "refactor/rename_places.h"

namespace stepreg {

namespace {

class Finder {
 public:
  Finder(const NameQuery& query, const TakePlace& take) : query_(query), take_(take) {}

  void entries(const ObjectList<StepEntry>& list) const {
    for (const Located<StepEntry>& entry : list) {
      if (query_.kind == NamedKind::step) offer(entry->ref);
      if (query_.kind == NamedKind::chain) offer(entry->chain);
      names(entry->literal->observers);
    }
  }

  // A list of observers.
  void names(const TextList& list) const {
    if (query_.kind != NamedKind::observer) return;
    for (const Text& name : list) offer(name);
  }

  void settings_of_test(const MultiStage& settings) const {
    if (query_.kind == NamedKind::workflow) offer(settings.workflow);
    entries(settings.pre);
    entries(settings.test);
    entries(settings.post);
    if (settings.observers.present()) {
      names(settings.observers->enable);
      names(settings.observers->disable);
    }
    keys(settings.node_architecture_overrides);
    timeouts(settings.timeouts);
  }

  // Limits name steps in their keys.
  void timeouts(const Located<Timeouts>& limits) const {
    if (!limits.present()) return;
    keys(limits->steps);
    keys(limits->idles);
    keys(limits->graces);
    if (!limits->phases.present()) return;
    for (const auto* phase : {&limits->phases->pre, &limits->phases->test, &limits->phases->post}) {
      if (phase->present()) keys((*phase)->steps);
    }
  }

  void test(const TestEntry& test) const {
    if (test.steps.present()) settings_of_test(*test.steps);
    timeouts(test.timeouts);
  }

  // Names of steps in a list of the settings.
  void steps(const TextList& list) const {
    if (query_.kind != NamedKind::step) return;
    for (const Text& name : list) offer(name);
  }

 private:
  template <class T>
  void keys(const Sequence<Entry<T>>& map) const {
    if (query_.kind != NamedKind::step) return;
    for (const Entry<T>& entry : map) offer(entry.key);
  }

  void offer(const Text& text) const {
    if (text.present() && *text == query_.name) take_(text);
  }

  const NameQuery& query_;
  const TakePlace& take_;
};

}  // namespace

void places_in_registry(const Registry& registry, const NameQuery& query, const TakePlace& take) {
  const Finder finder(query, take);
  for (const auto& step : registry.steps.all) finder.names(step->definition.step.observers);
  for (const auto& chain : registry.chains.all) finder.entries(chain->definition.steps);
  for (const auto& workflow : registry.workflows.all) {
    finder.settings_of_test(*workflow->definition.steps);
  }
}

void places_in_config(const Config& config, const NameQuery& query, const TakePlace& take) {
  const Finder finder(query, take);
  for (const Located<TestEntry>& test : config.tests) finder.test(*test);
  for (const Located<RawStep>& raw : config.raw_steps) {
    if (raw->test_step.present()) finder.test(*raw->test_step);
  }
}

void places_in_settings(const Settings& settings, const NameQuery& query, const TakePlace& take,
                        const TakePlace& take_id) {
  const Finder finder(query, take);
  if (settings.run.present()) {
    finder.timeouts(settings.run->timeouts);
    finder.steps(settings.run->resets);
    for (const Located<TestSettings>& tests : settings.run->tests) finder.timeouts(tests->timeouts);
  }
  static constexpr const char* kPrefixes[] = {"ref/", "chain/", "workflow/", "observer/"};
  const std::string id = kPrefixes[static_cast<int>(query.kind)] + std::string(query.name);
  for (const Text& pattern : settings.unused_allowed) {
    if (*pattern == id) take_id(pattern);
  }
}

}  // namespace stepreg
