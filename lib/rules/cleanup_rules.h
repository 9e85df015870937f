// Cleanup that is dropped, incomplete or in the wrong order (execution.md 8.1, L101 to L110).
#pragma once

#include "diag/sink.h"
#include "load/config_loader.h"
#include "resolve/resolved.h"
#include "rules/expansion.h"
#include "rules/step_rules.h"

namespace stepreg::rules {

// `test` is a resolved test of `config` (SR701 to SR703, SR706, SR707). What is wrong with a
// workflow by itself is left to check_cleanup_of_workflow().
void check_cleanup(const Expansions& expansions, const load::LoadedConfig& config,
                   const resolve::ResolvedTest& test, Sink& sink);
void check_cleanup_of_workflow(const resolve::ResolvedTest& workflow, const std::string& id,
                               Sink& sink);

// A cleanup step that may be left out or may fail unseen (SR704, SR705).
void check_cleanup_flags(const Step& step, const StepContext& context);

// Steps that make something which no other step undoes (SR709).
void check_counterparts(const Registry& registry, Sink& sink);

}  // namespace stepreg::rules
