// `.stepreg.yaml`: where the trees lie, which rules matter, and what the executor needs and
// ci-operator's files cannot say.
#pragma once

#include "model/step.h"

namespace stepreg {

struct PathRules {
  TextList paths;  // shell-like patterns of paths, relative to the settings file
  TextMap rules;   // rule code or name -> off, info, warning, error
};

struct TestSettings {
  TextList tests;  // shell-like patterns of test ids
  Located<Timeouts> timeouts;
};

struct RunSettings {
  Located<Timeouts>
      timeouts;  // `steps`, `idles` and `graces` are the machine's; the rest are defaults
  ObjectList<TestSettings> tests;
  Sequence<Entry<TextList>> lease_pools;  // type -> names of resources
  LimitMap lease_ttl;                     // type -> how long a dead run's lease stays dirty
  TextMap cluster_profiles;               // profile -> directory
  TextMap images;                         // image -> pull spec
  TextList resets;                        // steps that bring the system to a known state
  TextList pass_env;                      // variables handed on from the caller
  Text credentials;                       // directory with <namespace>/<name>/
  Text stop_dir;
};

struct Settings {
  Text registry;
  Text configs;
  Text claims;  // the cluster claim owners file
  Text profile;
  TextMap rules;  // rule code or name -> severity
  ObjectList<PathRules> overrides;
  TextList unused_allowed;  // patterns of component ids that may be unused here
  Text baseline;
  Text shellcheck;  // auto, always, never
  Located<RunSettings> run;
};

}  // namespace stepreg
