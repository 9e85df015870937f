// Whole files: what stands at the top of each kind.
#pragma once

#include "model/config.h"
#include "model/registry.h"

namespace stepreg::decode {

struct RefWrapper {
  Located<RefFile> ref;
};
struct ChainWrapper {
  Located<Chain> chain;
};
struct WorkflowWrapper {
  Located<Workflow> workflow;
};
struct ObserverWrapper {
  Located<ObserverFile> observer;
};

// A configuration file.
void decode_config(yaml::Document& document, Sink& sink, Config& config);

// The cluster profile file, in the form of 2026 (a mapping) or 2024 (a list).
void decode_profiles(yaml::Document& document, Sink& sink, ClusterProfiles& profiles);
// The cluster claim owners file: a list.
void decode_claims(yaml::Document& document, Sink& sink, ObjectList<ClaimOwners>& claims);

}  // namespace stepreg::decode
