#include "plan/flat.h"

#include <cmath>

#include "base/text.h"
#include "plan/effect.h"
#include "plan/fields.h"

namespace stepreg::plan {

namespace {

std::string seconds_text(double seconds) {
  if (std::floor(seconds) == seconds && std::fabs(seconds) < 1e15) {
    return std::to_string(static_cast<std::int64_t>(seconds)) + " s";
  }
  return std::to_string(seconds) + " s";
}

// What names an element of a list; the list's order then has no meaning.
const std::string& label(const EnvVar& variable) {
  return variable.name;
}
const std::string& label(const Dependency& dependency) {
  return dependency.env;
}
const std::string& label(const Lease& lease) {
  return lease.env;
}
const std::string& label(const Credential& credential) {
  return credential.mount_path;
}
const std::string& label(const Observer& observer) {
  return observer.name;
}

const std::string& label(const Overridden& loser) {
  return loser.origin.source;
}

class Flattener {
 public:
  Flattener(FlatFields& fields, std::string prefix) : fields_(fields), prefix_(std::move(prefix)) {}

  template <class T>
  void field(const char* key, const T& value, Presence presence, const char*) {
    if (presence == sparse && value == T{}) return;
    add(prefix_ + key, value);
  }
  void limits(const char* key, const Limit (&values)[3], const char*) {
    for (const Phase phase : kPhases) {
      const Limit& limit = values[static_cast<int>(phase)];
      if (limit != Limit{}) add(prefix_ + key + "." + phase_name(phase), limit);
    }
  }

  void add(std::string key, const std::string& value) {
    fields_.emplace_back(std::move(key), value);
  }
  void add(std::string key, bool value) { add(std::move(key), std::string(value ? "yes" : "no")); }
  void add(std::string key, std::uint32_t value) { add(std::move(key), std::to_string(value)); }
  void add(std::string key, std::uint64_t value) { add(std::move(key), std::to_string(value)); }
  void add(std::string key, double value) { add(std::move(key), seconds_text(value)); }
  void add(std::string key, Phase value) { add(std::move(key), std::string(phase_name(value))); }
  void add(std::string key, Kind value) { add(std::move(key), std::string(kind_name(value))); }
  void add(std::string key, const Limit& limit) {
    add(std::move(key),
        (limit.seconds ? seconds_text(*limit.seconds) : "none") + (limit.skip ? " (skip)" : ""));
  }
  void add(std::string key, const EnvVar& variable) {
    add(std::move(key), variable.value ? *variable.value : std::string("(open)"));
  }
  void add(std::string key, const std::vector<std::string>& values) {
    add(std::move(key), join(values, ", "));
  }
  template <class T>
  void add(const std::string& key, const std::vector<std::pair<std::string, T>>& entries) {
    for (const auto& [name, value] : entries) add(key + "." + name, value);
  }
  template <class T>
  void add(const std::string& key, const std::vector<T>& values) {
    for (const T& value : values) add(key + "." + label(value), value);
  }
  template <class T>
  void add(std::string key, const std::optional<T>& value) {
    if (value) add(std::move(key), *value);
  }
  template <class T>
  requires std::is_class_v<T>
  void add(std::string key, const T& value) {
    Flattener inner(fields_, std::move(key) + ".");
    describe(inner, value);
  }

 private:
  FlatFields& fields_;
  std::string prefix_;
};

}  // namespace

FlatFields flat_fields(const Step& step) {
  FlatFields fields;
  Flattener flattener(fields, "");
  const Step effect = effect_of(step);
  describe(flattener, effect);
  std::erase_if(fields, [](const auto& field) {
    return field.first == "name" || field.first == "phase" || field.first == "origin";
  });
  return fields;
}

FlatFields flat_fields_of_job(const Plan& plan) {
  Plan effect = plan;
  effect.steps.clear();
  effect = effect_of(std::move(effect));
  FlatFields fields;
  Flattener flattener(fields, "");
  if (effect.partial) flattener.add("partial", true);
  flattener.add("job", effect.job);
  flattener.add("machine", effect.machine);
  flattener.add("leases", effect.leases);
  flattener.add("observers", effect.observers);
  if (!effect.problems.empty()) flattener.add("problems", effect.problems);
  return fields;
}

}  // namespace stepreg::plan
