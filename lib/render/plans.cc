#include "render/plans.h"

#include <nlohmann/json.hpp>

#include "base/stage.h"
#include "plan/json.h"
#include "render/plan_script.h"
#include "render/plan_text.h"
#include "render/yaml.h"

namespace stepreg::render {

std::string PlanWriter::piece(const plan::Plan& plan, const std::string& path) const {
  const StageMark mark(Stage::render);
  switch (format_) {
    case PlanFormat::table:
      return plan_text(plan, false);
    case PlanFormat::wide:
      return plan_text(plan, true);
    case PlanFormat::name:
      return plan.job.id + "\n";
    case PlanFormat::path:
      return path + "\n";
    case PlanFormat::json:
      return plan::to_json(plan, one_ ? plan::Style::pretty : plan::Style::line);
    case PlanFormat::jsonl:
      return plan::to_json(plan, plan::Style::line) + "\n";
    case PlanFormat::yaml:
      return yaml_of_json(plan::to_json(plan, plan::Style::line));
    case PlanFormat::script:
      break;
  }
  return plan_script(plan);
}

std::string PlanWriter::begin() const {
  return in_envelope() ? "{\n\"format\": \"stepreg.plans\",\n\"version\": \"1.0\",\n\"plans\": ["
                       : "";
}

std::string PlanWriter::next() {
  const bool first = std::exchange(first_, false);
  if (in_envelope()) return first ? "\n" : ",\n";
  const bool text =
      format_ == PlanFormat::table || format_ == PlanFormat::wide || format_ == PlanFormat::script;
  return text && !first ? "\n" : "";
}

std::string PlanWriter::end(const std::vector<std::string>& incomplete) const {
  if (!in_envelope()) return "";
  std::string out = first_ ? "],\n" : "\n],\n";
  out += std::string("\"partial\": ") + (incomplete.empty() ? "false" : "true") + ",\n";
  const nlohmann::json names = incomplete;
  return out +
         "\"incomplete\": " + names.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) +
         "\n}\n";
}

}  // namespace stepreg::render
