// A run's record as JSON: run.json, and step records for the journal.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "exec/censor.h"
#include "exec/record.h"

namespace stepreg::exec {

// run.json (R040), indented. Texts that came from outside are censored.
std::string run_json(const RunRecord& record, const Censor& censor);

}  // namespace stepreg::exec
