// `steprun set-status`: what a step says about itself (execution.md 4.3).
#pragma once

#include <string>
#include <string_view>

#include "exec/status_file.h"

namespace stepreg::exec {

// At most so many records of one step (S035).
inline constexpr int kUserStatusPerSecond = 10;
inline constexpr int kUserStatusPerStep = 10000;

enum class UserStatus { written, dropped, failed };

struct UserStatusResult {
  UserStatus outcome = UserStatus::written;
  std::string error;  // for `failed`
};

// From within a step: states other than RUN_USER, INFO, WARNING and ENV_FAILED become INVALID with
// the name in parentheses (S031). Records over the rate are dropped, the first with one WARNING.
UserStatusResult set_user_status(const std::string& status_file, std::string_view state,
                                 std::string_view note, StampForm form = StampForm::iso_utc);

}  // namespace stepreg::exec
