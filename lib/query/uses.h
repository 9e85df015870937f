// The reverse look-up: who uses a component, and who declares, sets and reads a variable.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "query/scan.h"

namespace stepreg::query {

// One place that names a component.
struct Use {
  std::string user;   // id of a component or test
  std::string where;  // "pre", "test", "post", "steps", "workflow", "observers"
  Location at;
};

// Somebody who reaches the component through others: the way down to it, both ends included.
struct IndirectUse {
  std::string user;
  std::vector<std::string> way;
};

struct ComponentUses {
  std::string component;  // id
  Location at;
  std::vector<Use>
      direct;  // components sorted by id, then tests in the order of the configurations
  std::vector<IndirectUse> transitive;  // components only, sorted by id
  std::vector<IndirectUse> tests;       // whose resolved plan has it
};

// Who declares a variable: a step or observer (kind "parameter", "dependency" or "lease").
struct Declaration {
  std::string by;  // "ref/NAME", "observer/NAME", or the id of a test with a step in place
  std::string kind;
  std::optional<std::string> value;  // default, image, or resource type
  std::string documentation;
  Location at;
};

// Who sets it: a chain, a workflow or a test. Without a value: names it only (chains).
struct Assignment {
  std::string by;
  std::string kind;  // "parameter", "dependency", "dependency_override"
  std::optional<std::string> value;
  Location at;
};

struct Reading {
  std::string test;
  std::string step;
  std::string phase;                 // or "observer"
  std::optional<std::string> value;  // nullopt: nobody sets it, the test is broken
  std::string source;                // who set it, as in a plan
};

struct VariableUses {
  std::string variable;
  std::vector<Declaration> declared;
  std::vector<Assignment> set;
  std::vector<Reading> read;

  bool is_unknown() const { return declared.empty() && set.empty(); }
};

// One answer with what it may lack.
template <class T>
struct Answer {
  T value;
  std::vector<std::string> incomplete;  // components, tests and files that could not be resolved
  std::vector<Diagnostic> findings;     // what is wrong with those
};

Answer<ComponentUses> uses_of_component(const load::Project& project, const AnyComponent& component,
                                        const Sink& like);
Answer<VariableUses> uses_of_variable(const load::Project& project, const std::string& variable,
                                      const Sink& like);

// Component users of every component: id of the used -> uses, in the order of the users.
class ReferenceIndex {
 public:
  explicit ReferenceIndex(const Registry& registry);
  const std::vector<Use>& users_of(const std::string& id) const;
  // Everybody who reaches it, without those who name it directly; shortest ways.
  std::vector<IndirectUse> transitive_users_of(const std::string& id) const;

 private:
  std::map<std::string, std::vector<Use>> users_;
};

// Names of variables that the registry declares, sorted.
std::vector<std::string> declared_variables(const Registry& registry);

}  // namespace stepreg::query
