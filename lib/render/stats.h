// What a command cost (`--stats`), for people and programs.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/stage.h"

namespace stepreg::render {

struct Cost {
  std::array<StageFigures, kStageCount> stages;
  double elapsed = 0;    // seconds since the start
  double processor = 0;  // seconds of processor time of the whole process
  std::uint64_t peak_kib = 0;
};

std::string cost_table(const Cost& cost);
std::string cost_json(const Cost& cost);  // schema stepreg.stats

}  // namespace stepreg::render
