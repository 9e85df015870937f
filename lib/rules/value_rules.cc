#include "rules/value_rules.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace stepreg::rules {

namespace {

using resolve::Merged;
using resolve::Resolved;
using resolve::ResolvedTest;
using Kind = resolve::Source::Kind;

class ValueCheck {
 public:
  ValueCheck(const ResolvedTest& test, const std::string& id, Sink& sink)
      : test_(test), id_(id), sink_(sink) {}

  void check_repeated() {
    const Kind own = test_.entry->steps ? Kind::test : Kind::workflow;
    for (const Merged::Value& value : test_.merged.env) {
      if (value.kind != own) continue;
      const Resolved* example = nullptr;
      if (!is_without_effect(*value.entry, example) || example == nullptr) continue;
      const resolve::Setting& inner = example->overridden.front();
      Diagnostic& finding =
          sink_.add(rule("SR446"), value.entry->value.place,
                    in_quotes(*value.entry->key) + " would have the same value without this");
      finding.component = id_;
      finding.subject = std::string(*value.entry->key);
      finding.notes.push_back({Location::of(inner.source.place), "set here"});
    }
  }

  void check_leases() {
    for (const resolve::ResolvedLease& lease : test_.leases) {
      // A step's own lease is judged with its script (SR532).
      if (lease.source.kind == Kind::profile || lease.source.kind == Kind::step) continue;
      if (lease.env.empty() || is_read(lease.env)) continue;
      Diagnostic& finding =
          sink_.add(rule("SR708"), lease.source.place,
                    "no script reads " + in_quotes(lease.env) + ", the variable of the lease of " +
                        in_quotes(lease.resource_type));
      finding.component = lease.source.kind == Kind::test ? id_ : source_id(lease.source);
      finding.subject = std::string(lease.env);
    }
  }

 private:
  // Does every step that declares the variable get the same value without the entry?
  bool is_without_effect(const Entry<Text>& entry, const Resolved*& example) const {
    const auto repeats = [&](const std::vector<Resolved>& env) {
      return std::all_of(env.begin(), env.end(), [&](const Resolved& resolved) {
        if (*resolved.name != *entry.key) return true;
        const Place& from = resolved.effective.source.place;
        if (from.file != entry.value.place.file || from.offset != entry.value.place.offset) {
          return false;
        }
        if (resolved.overridden.empty()) return false;
        if (resolved.overridden.front().value != std::optional(*entry.value)) return false;
        example = &resolved;
        return true;
      });
    };
    return std::all_of(test_.steps.begin(), test_.steps.end(),
                       [&](const auto& step) { return repeats(step.env); }) &&
           std::all_of(test_.observers.begin(), test_.observers.end(),
                       [&](const auto& observer) { return repeats(observer.env); });
  }

  bool is_read(std::string_view variable) const {
    return std::any_of(test_.steps.begin(), test_.steps.end(), [&](const auto& step) {
      if (step.component == nullptr) {
        return step.step->commands->find(variable) != std::string_view::npos;
      }
      const ScriptFile* script = step.component->script;
      return script == nullptr || script->source->text().find(variable) != std::string_view::npos;
    });
  }

  const ResolvedTest& test_;
  const std::string& id_;
  Sink& sink_;
};

}  // namespace

void check_values(const ResolvedTest& test, const std::string& id, Sink& sink) {
  if (test.failed) return;
  ValueCheck check(test, id, sink);
  if (sink.wants(rule("SR446"))) check.check_repeated();
  if (sink.wants(rule("SR708"))) check.check_leases();
}

}  // namespace stepreg::rules
