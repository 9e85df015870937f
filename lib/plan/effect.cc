#include "plan/effect.h"

#include "plan/fields.h"

namespace stepreg::plan {

namespace {

// Visits all fields and clears those that only explain.
class Stripper {
 public:
  template <class T>
  void field(const char*, T& value, Presence, const char*) {
    strip(value);
  }
  void limits(const char*, Limit (&values)[3], const char*) {
    for (Limit& limit : values) strip(limit);
  }

  static void strip(Origin& origin) { origin = {}; }
  static void strip(std::vector<Overridden>& losers) { losers.clear(); }
  static void strip(std::vector<Dropped>& dropped) { dropped.clear(); }
  static void strip(Limit& limit) {
    limit.rule = "default";
    limit.origin = {};
  }
  template <class T>
  static void strip(std::optional<T>& value) {
    if (value) strip(*value);
  }
  template <class T>
  static void strip(std::vector<T>& values) {
    if constexpr (std::is_class_v<T>) {
      for (T& value : values) strip(value);
    }
  }
  template <class A, class B>
  static void strip(std::pair<A, B>&) {}
  static void strip(std::string&) {}
  template <class T>
  requires std::is_class_v<T>
  static void strip(T& value) {
    Stripper inner;
    describe(inner, value);
  }
  template <class T>
  requires std::is_scalar_v<T>
  static void strip(T&) {}
};

}  // namespace

Plan effect_of(Plan plan) {
  Stripper::strip(plan);
  return plan;
}

Step effect_of(Step step) {
  Stripper::strip(step);
  return step;
}

}  // namespace stepreg::plan
