// What `steprun status`, `list`, `lease list` and `report timeouts` print with -o json. Published
// as schemas/steprun.{status,record,list,leases,timeouts}.schema.json; versions only add fields.
#pragma once

#include <string>
#include <vector>

#include "exec/history.h"
#include "exec/lease_pool.h"
#include "exec/run_view.h"

namespace stepreg::exec {

// Indented, with a final line feed. `history` may be null.
std::string status_json(const RunView& view, const std::vector<StatusRecord>* history);
std::string list_json(const std::vector<RunView>& runs);
std::string leases_json(const std::vector<LeaseRecord>& leases);
std::string advice_json(const std::vector<LimitAdvice>& advice);
// One record on one line, for --follow.
std::string record_json_line(const StatusRecord& record);

}  // namespace stepreg::exec
