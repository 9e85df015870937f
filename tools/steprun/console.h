// What a person sees of a run: a live line on a terminal, plain lines elsewhere, and a short
// summary at the end; and the stream of `--events`.
#pragma once

#include <cstdio>
#include <memory>
#include <string>

#include "exec/events.h"
#include "exec/options.h"
#include "exec/record.h"
#include "exec/run_dir.h"

namespace stepreg::steprun {

struct ConsoleOptions {
  bool quiet = false;  // only the summary
  std::string events;  // a file, "-" for standard output; empty: none
  exec::Keep keep = exec::Keep::always;
};

class Console : public exec::Listener {
 public:
  Console(const exec::RunDir& dir, const ConsoleOptions& options);
  ~Console() override;

  void on_event(const exec::Event& event) override;
  void on_finish(const exec::RunRecord& record) override;
  void on_unwritten(const std::string& run_json) override;
  exec::TimePoint on_tick(const exec::Progress* progress, exec::TimePoint now) override;

 private:
  void line(const std::string& text);
  void draw(const exec::Progress& progress, exec::TimePoint now);
  void erase();

  exec::RunDir dir_;
  ConsoleOptions options_;
  bool live_ = false;
  bool colour_ = false;
  bool drawn_ = false;
  exec::TimePoint next_draw_{};
  std::FILE* events_ = nullptr;
};

}  // namespace stepreg::steprun
