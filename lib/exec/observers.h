// Observers: scripts that run beside `pre` and `test` and never fail the job (E270 to E272).
#pragma once

#include <memory>
#include <vector>

#include "exec/context.h"

namespace stepreg::exec {

class Observers {
 public:
  explicit Observers(Context& context) : ctx_(context) {}

  // Starts all. One that cannot be started is reported, no more.
  void start();
  // Brings their copies of the shared directory up to date; call it after each commit (V046).
  void refresh();
  // `test` has ended: asks all to end. They are not waited for.
  void request_end();
  // Waits until all are gone; at most their grace periods.
  void finish();

 private:
  struct Running {
    const plan::Observer* observer = nullptr;
    std::size_t index = 0;  // in the record
    std::string directory;
    TimePoint started{};
    std::unique_ptr<OutputLog> log;
    std::unique_ptr<Task> task;
    bool asked = false;  // by us: its end is no failure
    bool timed_out = false;
    bool reported = false;
  };
  void start_one(const plan::Observer& observer, std::size_t index);
  TimePoint tick(TimePoint now);
  void report(Running& running);
  void fail_start(std::size_t index, int exit_code, const std::string& text);

  Context& ctx_;
  std::vector<Running> running_;
  int ticker_ = 0;
};

}  // namespace stepreg::exec
