// A generated registry before it is text. References are positions in the vectors of Components.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "generate/shape.h"

namespace stepreg::generate {

// A step is made for one phase, so that no test has it in two.
enum class Role { pre, test, post };

// A parameter that several steps of an area declare.
struct Parameter {
  std::string name, value, documentation;  // `value`: what declarations give as default
};

struct Declaration {
  std::uint32_t parameter;
  bool required;  // no default
  std::string value;
};

struct Dependency {
  std::string image, variable;
};

struct Lease {
  std::string type, variable;
};

struct Credential {
  std::string name, mount_path;
};

struct Step {
  std::string name, directory;
  std::uint32_t area = 0;
  Role role = Role::pre;
  std::string image;           // `from`; with a slash: `from_image`
  std::string script_of;       // directory and name of the step whose script a link leads to
  std::string timeout, grace;  // "" for none; a script with a trap has `grace`
  std::vector<Declaration> env;
  std::vector<Dependency> dependencies;
  std::vector<Lease> leases;
  std::vector<Credential> credentials;
  bool cli = false, best_effort = false, optional_on_success = false, needs_initial = false;
  std::size_t script_bytes = 0;
};

struct Entry {
  enum class Kind { ref, chain, literal };
  Kind kind;
  std::uint32_t index;  // of the step or chain; for a literal a number that makes its name unique
};

// What a list of entries comes to, all sorted.
struct Reach {
  std::vector<std::uint32_t> steps;       // literal steps have numbers beyond those of the registry
  std::vector<std::uint32_t> declared;    // parameters
  std::vector<std::uint32_t> required;    // of them, those that nothing inside sets
  std::vector<std::string> dependencies;  // variables
  bool needs_initial = false;

  void add(const Reach& other);
  void set(std::uint32_t parameter);  // it is required no more
};

struct Setting {
  std::uint32_t parameter;
  std::optional<std::string> value;
};

struct Chain {
  std::string name, directory;
  std::uint32_t area = 0;
  Role role = Role::pre;
  std::size_t depth = 1;
  std::vector<Entry> entries;
  std::vector<Setting> env;
  Reach reach;
};

struct Workflow {
  std::string name, directory;
  std::uint32_t area = 0;
  std::vector<Entry> phases[3];
  std::vector<Setting> env;
  std::vector<Dependency> dependencies;  // image for a variable
  std::vector<Lease> leases;
  std::string profile;  // "" for none
  bool best_effort = false, skip_on_success = false, dns = false;
  Reach phase_reach[3];
  Reach reach;  // of all, after `env`
};

struct Observer {
  std::string name, directory;
  bool has_parameter = false;
};

struct Profile {
  std::string name, type;
  std::string owner;  // an org, or "" for everybody
};

struct Components {
  Shape shape;
  std::vector<std::string> areas;
  std::vector<Parameter> parameters;
  std::vector<Step> steps;
  std::vector<Chain> chains;
  std::vector<Workflow> workflows;
  std::vector<Observer> observers;
  std::vector<Profile> profiles;
};

// A valid registry: everything is used, every required parameter is set by somebody.
Components make_components(const Shape& shape);

// What the entries come to. Literal steps declare nothing.
Reach reach_of(const Components& components, const std::vector<Entry>& entries);
Reach reach_of(const Components& components, const Entry& entry);
// Has no step of `reach`.
bool is_apart(const Reach& a, const Reach& b);

}  // namespace stepreg::generate
