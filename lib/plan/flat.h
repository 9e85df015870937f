// A plan's parts as a flat list of fields, for comparing and printing.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "plan/plan.h"

namespace stepreg::plan {

// Field such as "env.NAME", "timeout", "script.sha256", "credentials.MOUNT.name" and its value as
// text. Fields that have their default value and need not be written are left out, and so is what
// only explains (plan/effect.h). In the order of the plan's schema.
using FlatFields = std::vector<std::pair<std::string, std::string>>;

FlatFields flat_fields(const Step& step);  // without name and phase
// Everything but the steps: "job.timeout", "leases.VARIABLE.count", "observers.NAME.env.X".
FlatFields flat_fields_of_job(const Plan& plan);

}  // namespace stepreg::plan
