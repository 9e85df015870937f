// Work that may take as long as somebody's file system likes, done in a child process, so that
// limits and signals hold while it is done.
#pragma once

#include <functional>

#include "base/result.h"
#include "exec/clock.h"
#include "exec/loop.h"

namespace stepreg::exec {

struct AsideOutcome {
  enum class End {
    done,     // see `result`
    limit,    // `until` came first; the child was killed
    stopped,  // `stop` said so; the child was killed
  };
  End end = End::done;
  Result<void> result{};
};

// `work` runs in a copy of this process: only what it does to files is seen here. `stop` is asked
// in every turn of the loop.
AsideOutcome do_aside(Loop& loop, const std::function<Result<void>()>& work, TimePoint until,
                      const std::function<bool()>& stop);

}  // namespace stepreg::exec
