// One step's record as JSON. Internal: it shows the JSON library.
#pragma once

#include "exec/censor.h"
#include "exec/json_fields.h"
#include "exec/record.h"

namespace stepreg::exec {

// As in run.json; with `censor` texts are censored, without it they are complete.
Json step_json(const StepRecord& step, const Censor* censor);
// Tolerant: fields that are missing or of another type keep their defaults.
StepRecord step_from(const Json& json);

}  // namespace stepreg::exec
