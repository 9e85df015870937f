// The rules of one step or observer (registry.md 4.5 to 4.7), wherever it stands: in the registry
// (point F of the specification), written in place in a test (U) or in a chain or workflow.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "diag/sink.h"
#include "load/config_loader.h"
#include "model/registry.h"
#include "plan/plan.h"

namespace stepreg::rules {

// Where a step stands, and how findings about it are made.
struct StepContext {
  Sink& sink;
  std::string component;  // the id that findings carry: "ref/NAME", or of the test around
  std::string who;        // how messages call it: "the step `x`"
  std::string prefix;     // of subjects: empty for a component, "x." for a step written in place
  Place place;            // where findings go that have no place of their own

  // Whose releases `from` may name. None: the registry knows no release. Unknown streams are not
  // reported when `streams_known` is false, for it depends on the test.
  const Config* config = nullptr;
  std::string_view claim_release;  // of the test's cluster claim; empty without one
  bool streams_known = true;

  // `subject` is the path of a field: "resources.requests.cpu".
  Diagnostic& add(RuleId id, Place at, const std::string& subject, std::string message) const;
};

// The context of a step written in place; `id` is that of the test or component around it.
StepContext context_in_place(const Step& step, Place entry, std::string id, Sink& sink);

// R070 to R098 and R100 to R116, except what needs the rest of the test (R071, R077 of releases
// that are not known, R081, R088, R089). `script` is the text that runs; nothing is said of a
// script that is missing.
void check_step(const Step& step, std::optional<std::string_view> script,
                const StepContext& context);

// A step of the registry, under the rules of point F.
void check_step_component(const StepComponent& component, Sink& sink);
void check_observer_component(const ObserverComponent& component, Sink& sink);

// R073 to R078.
void check_image(const Text& from, const Located<ImageStreamTag>& from_image,
                 const StepContext& context);
// R077 alone.
void check_image_stream(const Text& from, const StepContext& context);
// R090 to R096; `field` is the path of the object, such as "resources" or "resources.unit".
void check_resources(const Located<Resources>& resources, const std::string& field,
                     const StepContext& context);
// R100 to R116.
void check_credentials(const ObjectList<Credential>& credentials, const StepContext& context);
// R082 to R087, and names of variables: of parameters, dependencies and leases.
void check_inputs(const Step& step, const StepContext& context);
// The parameters of a step, chain or observer: names that are not legal, reserved or repeated.
void check_parameters(const ObjectList<Parameter>& parameters, const StepContext& context);
// R086, R087.
void check_lease_fields(const ObjectList<LeaseRequest>& leases, const StepContext& context);
// R098; `field` is its path.
void check_architecture(const Text& value, const std::string& field, const StepContext& context);
// R099.
void check_architecture_overrides(const TextMap& overrides, const StepContext& context);

// The steps that a configuration writes in place, and the entries of its tests (point U: R070 to
// R099, R100 to R116, R120 to R123, R210 to R219).
void check_literal_steps(const load::LoadedConfig& loaded, Sink& sink);

// Mends a missing `grace_period`: the default is written out, for somebody to think about.
void add_grace_period(Diagnostic& finding, const Step& step);

// SR510 for a script that stands in the step itself.
void check_trap_in_place(const Step& step, const StepContext& context);
// Its finding, with the edit that mends it.
Diagnostic& add_trap_finding(const Step& step, const StepContext& context);

// Does the text contain the word `trap` as ci-operator looks for it: anywhere, unless a letter,
// digit or underscore stands before it (R080)?
bool mentions_trap(std::string_view script);

}  // namespace stepreg::rules
