// Who may read a variable without naming it in the script: programs that look into their
// environment.
#pragma once

#include <string_view>

#include "rules/script_facts.h"

namespace stepreg::rules {

// May some command of the script read any variable: a program that is not known, one whose name
// comes out of an expansion, `env`, `envsubst`, `${!name}`, a file that is sourced? Conservative:
// true when in doubt.
bool hands_on_environment(const ScriptFacts& script);

// Is it a name that a well-known program reads by itself (AWS_REGION, GOVC_URL, HTTPS_PROXY, ...)?
bool is_read_by_tools(std::string_view name);

}  // namespace stepreg::rules
