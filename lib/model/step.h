// Steps and what they are made of (registry.md 3.3, 3.6 to 3.12).
#pragma once

#include "model/value.h"

namespace stepreg {

template <class T>
struct Component;
struct RefFile;
struct Chain;

struct Parameter {
  Text name;
  Text default_value;  // absent: required; "" is a value
  Text documentation;
};

struct StepDependency {
  Text name;
  Text env;
};

struct LeaseRequest {
  Text resource_type;
  Text env;
  Integer count;  // absent or 0 means 1
};

struct Credential {
  Text mount_path;
  Text ns;  // `namespace`
  Text name;
  Text collection;
  Text group;
  Text field;
  Text as;
  Text bundle;
  Text on_missing;  // an extension: `skip` or `fail`

  // Any of these makes it an entry of the secret manager; otherwise it names a secret in a
  // namespace.
  bool is_managed() const {
    return !field->empty() || !group->empty() || !collection->empty() || !bundle->empty();
  }
};

struct Resources {
  TextMap requests;
  TextMap limits;
};

struct ImageStreamTag {
  Text ns;  // `namespace`
  Text name;
  Text tag;
  Text as;
};

struct DnsConfig {
  TextList nameservers;
  TextList searches;
};

// Limits of the LAVA model (execution.md 3.2). Durations as texts or as `{minutes: 5}`.
struct LimitValue {
  Nanoseconds duration{};
  bool none = false;  // `none`: switched off
  bool skip = false;
};
using Limit = Located<LimitValue>;
using LimitMap = Sequence<Entry<Limit>>;

struct PhaseTimeouts {
  Limit total;
  Limit step;
  LimitMap steps;
};

struct PhasesTimeouts {
  Located<PhaseTimeouts> pre, test, post;
};

struct Timeouts {
  Limit job, lease, prepare, step, idle, grace;
  LimitMap steps, idles, graces;
  Located<PhasesTimeouts> phases;
  Limit cleanup_reserve;
};

struct Step {
  Text as;
  Text from;
  Located<ImageStreamTag> from_image;
  Flag nested_podman;
  Text commands;  // in the registry: a file name; elsewhere: the script
  Located<Resources> resources;
  DurationValue timeout;
  DurationValue grace_period;
  ObjectList<Credential> credentials;
  ObjectList<Parameter> env;
  ObjectList<StepDependency> dependencies;
  Located<DnsConfig> dns;
  ObjectList<LeaseRequest> leases;
  Flag optional_on_success;
  Flag best_effort;
  Flag no_kubeconfig;
  Text cli;
  TextList observers;
  Flag run_as_script;
  Text node_architecture;

  // Extensions for the executor.
  Limit idle_timeout;
  Text timeout_file;
  Text workdir;
  Text needs;  // "pre"
  Flag collect;
  Flag resets;
  Flag readonly_shared_dir;
  Flag detach;
  Integer retries;
};

struct Observer {
  Text name;
  Text from;
  Located<ImageStreamTag> from_image;
  Text commands;
  Located<Resources> resources;
  DurationValue timeout;
  DurationValue grace_period;
  ObjectList<Parameter> env;
};

// An entry of a chain or phase: `ref`, `chain`, or a step written in place.
struct StepEntry {
  Text ref;
  Text chain;
  Boxed<Step> literal;  // when it is neither
  // The first field of a step that stands in the entry, whatever its name; absent for a pure
  // reference.
  Text first_step_field;
  // What the names stand for, so that nobody has to look again: set in components of a whole
  // registry, where there is such a component.
  const Component<RefFile>* linked_step = nullptr;
  const Component<Chain>* linked_chain = nullptr;

  bool is_empty() const {
    return !ref.present() && !chain.present() && !first_step_field.present();
  }
};

}  // namespace stepreg
