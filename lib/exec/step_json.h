// One step's record as JSON. Internal: the only header of lib/exec that shows the JSON library.
#pragma once

#include <nlohmann/json.hpp>

#include "exec/censor.h"
#include "exec/record.h"

namespace stepreg::exec {

using Json = nlohmann::ordered_json;

Json time_json(const std::optional<WallTime>& time);  // null when there is none
std::optional<WallTime> time_from(const Json& json);

// As in run.json; with `censor` texts are censored, without it they are complete.
Json step_json(const StepRecord& step, const Censor* censor);
// Tolerant: fields that are missing or of another type keep their defaults.
StepRecord step_from(const Json& json);

std::string dumped(const Json& json, int indent = -1);

}  // namespace stepreg::exec
