// How lines of a status file are found and read; shared by the readers.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "base/wall_time.h"
#include "exec/status_file.h"

namespace stepreg::exec {

// One line without its line feed. `previous` is the stamp that a damaged record gets (S022).
StatusRecord parse_status_line(std::string_view line, Zone zone, WallTime previous);

// Cuts a stream of bytes into lines. Of a line over kStatusLineBytes only the beginning is kept.
class StatusLines {
 public:
  struct Line {
    std::string_view text;  // valid during the call
    bool too_long = false;
    bool complete = true;  // ended by a line feed
  };
  using Receive = std::function<void(const Line&)>;

  void feed(std::string_view bytes, const Receive& receive);
  void finish(const Receive& receive);  // an incomplete last line, if any

 private:
  void take(std::string_view part);

  std::string line_;
  bool too_long_ = false;
};

}  // namespace stepreg::exec
