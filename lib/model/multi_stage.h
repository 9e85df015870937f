// Settings of multi-stage tests, shared by workflows and tests (registry.md 3.13), and chains
// (3.4).
#pragma once

#include "model/step.h"

namespace stepreg {

struct ObserverSelection {
  TextList enable;
  TextList disable;
};

struct MultiStage {
  Text workflow;
  Text cluster_profile;
  ObjectList<StepEntry> pre, test, post;
  TextMap env;
  TextMap dependencies;
  TextMap dependency_overrides;
  Located<DnsConfig> dns;
  ObjectList<LeaseRequest> leases;
  Flag allow_skip_on_success;
  Flag allow_best_effort_post_steps;
  Located<ObserverSelection> observers;
  Text node_architecture;
  TextMap node_architecture_overrides;
  Located<Timeouts> timeouts;  // extension
};

struct ClusterProfileLiteral {
  Text name, lease_type, ip_pool_lease_type, cluster_type, secret;
};

// What resolution produces; people seldom write it.
struct LiteralMultiStage {
  Located<ClusterProfileLiteral> cluster_profile_literal;
  Text cluster_profile;  // the form of 2024
  ObjectList<Step> pre, test, post;
  TextMap env;
  TextMap dependencies;
  TextMap dependency_overrides;
  Located<DnsConfig> dns;
  ObjectList<LeaseRequest> leases;
  Flag allow_skip_on_success;
  Flag allow_best_effort_post_steps;
  ObjectList<Observer> observers;
  Text node_architecture;
  TextMap node_architecture_overrides;
  DurationValue timeout;
};

struct Chain {
  Text as;
  ObjectList<StepEntry> steps;
  ObjectList<Parameter> env;
  ObjectList<LeaseRequest> leases;  // decoded and ignored, as in ci-operator
  Text documentation;
};

struct Workflow {
  Text as;
  Located<MultiStage> steps;
  Text documentation;
};

struct RefFile {
  Step step;
  Text documentation;
};

struct ObserverFile {
  Observer observer;
  Text documentation;
};

}  // namespace stepreg
