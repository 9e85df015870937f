// Expansion of step lists (registry.md 5.3, 5.4, 5.7).
#pragma once

#include <array>
#include <cstddef>
#include <memory_resource>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "diag/sink.h"
#include "resolve/resolver.h"

namespace stepreg::resolve {

// Deeper than any real nesting of chains (6); cycles are reported by the rules of the graph.
inline constexpr std::size_t kMaxChainDepth = 64;

class Expander {
 public:
  // `complete`: a parameter that nobody sets is a mistake; otherwise it stays open.
  Expander(const Registry& registry, const Options& options, bool complete, const std::string& id,
           ResolvedTest& test, Sink& sink);

  void expand_phase(Phase phase, const ObjectList<StepEntry>& entries, std::uint32_t path);
  void expand_chain_alone(const ChainComponent& chain);

  // The value of a parameter under the levels that are open: test and workflow, and the chains
  // around.
  Resolved parameter(const Parameter& parameter, Source::Kind declared_by,
                     std::string_view component);

  // Reports what the test sets and nothing declares (R309, R310). To be called last.
  void report_unused();

  // Reports a parameter that nobody set; `where` is "step `x`".
  void report_missing(const Resolved& parameter, const std::string& where, std::uint32_t path,
                      RuleId id);

 private:
  // Values that a chain sets, while its steps are expanded.
  struct Level {
    const ChainComponent* chain;
    std::uint32_t path;
  };

  void entry(Phase phase, const Located<StepEntry>& entry, std::uint32_t path);
  void chain_entry(Phase phase, const ChainComponent* chain, const Text& name, std::uint32_t path);
  void step(Phase phase, const Step& step, const StepComponent* component, Place entry,
            std::uint32_t path);
  Resolved dependency(const StepDependency& dependency, std::string_view component);
  void settle(const Step& step, ResolvedStep& resolved);
  std::uint32_t add_path(std::uint32_t parent, Source::Kind kind, std::string_view name);
  std::string_view component_name(const ResolvedStep& step) const;
  void unknown(RuleId id, const char* what, const Text& name, std::uint32_t path,
               const std::vector<std::string_view>& known, std::string_view broken_kind);
  bool have_common_ancestor(std::uint32_t a, std::uint32_t b) const;
  bool declared_in_replaced(std::string_view variable, bool as_dependency) const;
  bool declared_in(const ObjectList<StepEntry>& entries, std::string_view variable,
                   bool as_dependency, std::size_t depth) const;
  void report_unused_value(const Merged::Value& value, RuleId id, bool as_dependency);

  const Registry& registry_;
  const Options& options_;
  const bool complete_;
  const std::string& id_;
  ResolvedTest& test_;
  Sink& sink_;
  std::vector<Level> levels_;
  // The first step of a name in this phase.
  struct Seen {
    Place entry;
    std::uint32_t path;
  };
  // What a usual test needs of these three, without a call of the allocator for each step.
  std::array<std::byte, 8192> buffer_;
  std::pmr::monotonic_buffer_resource memory_{buffer_.data(), buffer_.size()};
  std::pmr::unordered_map<std::string_view, Seen> seen_{&memory_};
  std::pmr::unordered_set<std::string_view> used_env_{&memory_};
  std::pmr::unordered_set<std::string_view> used_dependencies_{&memory_};
};

}  // namespace stepreg::resolve
