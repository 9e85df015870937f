#include "render/stats.h"

#include <cstdio>
#include <nlohmann/json.hpp>

#include "render/table.h"

namespace stepreg::render {

namespace {

std::string decimal(double value, int digits) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

double seconds(const StageFigures& stage) {
  return static_cast<double>(stage.nanoseconds) / 1e9;
}

}  // namespace

std::string cost_table(const Cost& cost) {
  Table table;
  table.row({"stage", "CPU ms", "MB", "allocations"});
  double other = cost.processor;
  for (std::size_t i = 0; i < kStageCount; ++i) {
    const StageFigures& stage = cost.stages[i];
    other -= seconds(stage);
    table.row({std::string(name_of(static_cast<Stage>(i))), decimal(seconds(stage) * 1e3, 1),
               stage.bytes == 0 ? "" : decimal(static_cast<double>(stage.bytes) / 1e6, 1),
               std::to_string(stage.allocations)});
  }
  table.row({"other", decimal(other * 1e3, 1)});
  return table.text() + "elapsed " + decimal(cost.elapsed, 3) + " s, CPU " +
         decimal(cost.processor, 3) + " s, peak memory " +
         decimal(static_cast<double>(cost.peak_kib) / 1024, 1) + " MiB\n";
}

std::string cost_json(const Cost& cost) {
  nlohmann::ordered_json stages = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < kStageCount; ++i) {
    const StageFigures& stage = cost.stages[i];
    stages.push_back({{"stage", name_of(static_cast<Stage>(i))},
                      {"cpu_seconds", seconds(stage)},
                      {"bytes", stage.bytes},
                      {"allocations", stage.allocations}});
  }
  const nlohmann::ordered_json document = {
      {"format", "stepreg.stats"},        {"version", "1.0"},
      {"elapsed_seconds", cost.elapsed},  {"cpu_seconds", cost.processor},
      {"peak_memory_kib", cost.peak_kib}, {"stages", stages}};
  return document.dump(2) + "\n";
}

}  // namespace stepreg::render
