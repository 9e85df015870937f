// The rules of one configuration file (registry.md 4.9, 4.10, 4.13, 4.14) that need no registry,
// and those that need its resolved tests.
#pragma once

#include "diag/sink.h"
#include "load/config_loader.h"
#include "resolve/resolved.h"

namespace stepreg::rules {

struct ConfigCheck;
struct TestCheck;

// Everything that can be said of a configuration alone: tests, images, releases, promotion,
// operator bundles. Rules of step entries and literal steps are not among them.
void check_config(const ConfigCheck& file);

// What a resolved test asks of its configuration: images that are built, aliases that are free,
// releases that exist. Steps that the test writes in place are left to check_config, except for
// their `cli` and `from` streams.
void check_test_against_config(const TestCheck& test, const resolve::ResolvedTest& resolved);

}  // namespace stepreg::rules
