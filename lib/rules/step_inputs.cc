// Variables that a step receives: parameters, dependencies, leases (registry.md 3.7, 5.10, R082 to
// R087), and names that cannot work there.
#include <map>

#include "base/text.h"
#include "rules/step_rules.h"

namespace stepreg::rules {

namespace {

// What the executor sets for every step, after parameters and dependencies (registry.md 5.10), so
// that its value wins whatever the step declares.
constexpr std::string_view kSetAfterParameters[] = {
    "KUBECONFIG",
    "KUBECONFIGMINIMAL",
    "KUBEADMIN_PASSWORD_FILE",
    "CLUSTER_PROFILE_NAME",
    "CLUSTER_TYPE",
    "CLUSTER_PROFILE_DIR",
    "CLI_DIR",
    "SHARED_DIR",
};

bool is_legal_variable(std::string_view name) {
  if (name.empty() || (name.front() >= '0' && name.front() <= '9')) return false;
  for (const char c : name) {
    const bool legal =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (!legal) return false;
  }
  return true;
}

bool is_reserved(std::string_view name) {
  for (const std::string_view reserved : kSetAfterParameters) {
    if (name == reserved) return true;
  }
  return false;
}

void check_variable(const Text& name, const std::string& subject, const StepContext& context) {
  if (!is_legal_variable(*name)) {
    context
        .add(rule("SR278"), name.place, subject,
             name->empty() ? "a parameter of " + context.who + " has no name"
                           : in_quotes(*name) + " is no name that a shell can use")
        .hint = "use letters, digits and `_`, and do not start with a digit";
  } else if (is_reserved(*name)) {
    context
        .add(rule("SR281"), name.place, subject,
             in_quotes(*name) + " is set by the executor, so the value of " + context.who +
                 " never reaches a script")
        .hint = "choose another name";
  }
}

// `${NAME}`, `$(command ...)` or back quotes. Kubernetes itself replaces `$(NAME)`.
bool refers(std::string_view value) {
  if (value.find("${") != std::string_view::npos) return true;
  if (value.find('`') != std::string_view::npos) return true;
  const std::size_t command = value.find("$(");
  if (command == std::string_view::npos) return false;
  const std::string_view inside = value.substr(command + 2);
  return !is_legal_variable(inside.substr(0, inside.find(')')));
}

void check_default(const Parameter& parameter, const StepContext& context) {
  if (!parameter.default_value || !refers(*parameter.default_value)) return;
  context
      .add(rule("SR447"), parameter.default_value.place, std::string(*parameter.name),
           "the default of " + in_quotes(*parameter.name) +
               " refers to a variable or command, and " + "reaches the script as it stands")
      .hint = "build the value in the script";
}

void check_dependency(const StepDependency& dependency, Place place, const std::string& field,
                      const StepContext& context) {
  const std::string who = "`" + field + "` of " + context.who;
  if (dependency.name->empty()) {
    context.add(rule("SR229"), place, field + ".name", who + " names no image");
  } else if (split(*dependency.name, ':').size() > 2) {
    context.add(rule("SR230"), dependency.name.place, field + ".name",
                in_quotes(*dependency.name) + " is not `TAG` or `STREAM:TAG`");
  }
  if (dependency.env->empty()) {
    context.add(rule("SR231"), place, field + ".env", who + " names no variable").hint =
        "write `env`, the variable that receives the pull spec";
  } else {
    check_variable(dependency.env, field + ".env", context);
  }
}

void check_dependencies(const ObjectList<StepDependency>& dependencies,
                        const StepContext& context) {
  std::map<std::string_view, Place> seen;
  for (std::size_t i = 0; i < dependencies.size(); ++i) {
    const std::string field = "dependencies[" + std::to_string(i) + "]";
    const Text& variable = dependencies[i]->env;
    check_dependency(*dependencies[i], dependencies[i].place, field, context);
    if (variable->empty()) continue;
    const auto [earlier, is_new] = seen.emplace(*variable, variable.place);
    if (is_new) continue;
    context
        .add(rule("SR232"), variable.place, field + ".env",
             "a second dependency of " + context.who + " uses the variable " + in_quotes(*variable))
        .notes.push_back({Location::of(earlier->second), "the other one is here"});
  }
}

// A dependency hides a parameter, and both hide a lease.
void check_collisions(const Step& step, const StepContext& context) {
  std::map<std::string_view, std::pair<const char*, Place>> seen;
  const auto visit = [&](const Text& name, const char* what, const std::string& effect) {
    if (name->empty()) return;
    const auto [earlier, is_new] = seen.emplace(*name, std::pair(what, name.place));
    if (is_new || earlier->second.first == what) return;
    Diagnostic& finding = context.add(rule("SR280"), name.place, std::string(*name),
                                      in_quotes(*name) + " of " + context.who + " is both " +
                                          earlier->second.first + " and " + what + "; " + effect);
    finding.notes.push_back({Location::of(earlier->second.second), "the other one is here"});
  };
  for (const auto& lease : step.leases) visit(lease->env, "a lease", "");
  for (const auto& parameter : step.env) {
    visit(parameter->name, "a parameter", "the parameter hides the lease");
  }
  for (const auto& dependency : step.dependencies) {
    visit(dependency->env, "a dependency", "the script sees the dependency");
  }
}

}  // namespace

void check_parameters(const ObjectList<Parameter>& parameters, const StepContext& context) {
  std::map<std::string_view, Place> seen;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const Text& name = parameters[i]->name;
    Text at = name;
    if (!at) at.place = parameters[i].place;
    check_variable(at, "env." + std::string(*name), context);
    if (name->empty()) continue;
    check_default(*parameters[i], context);
    const auto [earlier, is_new] = seen.emplace(*name, name.place);
    if (is_new) continue;
    context
        .add(rule("SR279"), name.place, "env." + std::string(*name),
             "the parameter " + in_quotes(*name) + " stands twice in `env` of " + context.who)
        .notes.push_back({Location::of(earlier->second), "the other one is here"});
  }
}

void check_lease_fields(const ObjectList<LeaseRequest>& leases, const StepContext& context) {
  for (std::size_t i = 0; i < leases.size(); ++i) {
    const std::string field = "leases[" + std::to_string(i) + "]";
    const std::string who = "`" + field + "` of " + context.who;
    if (leases[i]->resource_type->empty()) {
      context.add(rule("SR233"), leases[i].place, field + ".resource_type",
                  who + " has no `resource_type`");
    }
    if (leases[i]->env->empty()) {
      context.add(rule("SR234"), leases[i].place, field + ".env", who + " names no variable").hint =
          "write `env`, the variable that receives the names of the leased resources";
    } else {
      check_variable(leases[i]->env, field + ".env", context);
    }
  }
}

void check_inputs(const Step& step, const StepContext& context) {
  check_parameters(step.env, context);
  check_dependencies(step.dependencies, context);
  check_lease_fields(step.leases, context);
  check_collisions(step, context);
}

}  // namespace stepreg::rules
