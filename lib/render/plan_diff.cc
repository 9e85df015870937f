#include "render/plan_diff.h"

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace stepreg::render {

namespace {

using Json = nlohmann::ordered_json;

// A digest says nothing to a reader, and which script it is stands in the line above.
std::string script_text(const query::FieldDiff& field, std::string_view indent) {
  constexpr std::size_t kShown = 12;
  return std::string(indent) + "script: another text, sha256 " + field.before->substr(0, kShown) +
         " -> " + field.after->substr(0, kShown) + "\n";
}

std::string field_text(const query::FieldDiff& field, std::string_view indent) {
  if (field.field == "script.sha256" && field.before && field.after) {
    return script_text(field, indent);
  }
  std::string text(indent);
  text += field.field + ": ";
  text += field.before ? in_quotes(*field.before) : "(none)";
  text += " -> ";
  text += field.after ? in_quotes(*field.after) : "(none)";
  return text += "\n";
}

std::string step_text(const query::StepDiff& step) {
  using Kind = query::StepDiff::Kind;
  const char* sign = step.kind == Kind::added     ? "+"
                     : step.kind == Kind::removed ? "-"
                     : step.moved                 ? ">"
                                                  : "~";
  std::string text =
      std::string("  ") + sign + " " + plan::phase_name(step.phase) + " " + step.name;
  if (step.moved) {
    text +=
        " (from place " + std::to_string(step.before) + " to " + std::to_string(step.after) + ")";
  }
  text += "\n";
  for (const query::FieldDiff& field : step.fields) text += field_text(field, "      ");
  return text;
}

Json fields_json(const std::vector<query::FieldDiff>& fields) {
  Json out = Json::array();
  for (const query::FieldDiff& field : fields) {
    Json& each = out.emplace_back(Json{{"field", field.field}});
    if (field.before) each["before"] = *field.before;
    if (field.after) each["after"] = *field.after;
  }
  return out;
}

Json step_json(const query::StepDiff& step) {
  Json out = {{"phase", plan::phase_name(step.phase)},
              {"name", step.name},
              {"change", query::step_change_name(step)}};
  if (step.moved) out["moved"] = true;
  if (step.before > 0) out["before_place"] = step.before;
  if (step.after > 0) out["after_place"] = step.after;
  if (!step.fields.empty()) out["fields"] = fields_json(step.fields);
  return out;
}

}  // namespace

std::string plan_diff_text(const std::vector<TestDiff>& tests) {
  std::string text;
  for (const TestDiff& test : tests) {
    const bool whole = test.change != query::ChangeKind::modified;
    text += test.id + (whole ? std::string(": ") + query::change_name(test.change) : "") + "\n";
    for (const query::FieldDiff& field : test.diff.job) text += field_text(field, "  ~ ");
    for (const query::StepDiff& step : test.diff.steps) text += step_text(step);
  }
  return text;
}

std::string plan_diff_json(const std::vector<TestDiff>& tests, const ComparedVersions& versions) {
  Json out = {{"format", "stepreg.diff"}, {"version", "1.0"}};
  if (!versions.base.empty()) out["base"] = versions.base;
  if (!versions.head.empty()) out["head"] = versions.head;
  out["partial"] = !versions.problems.empty();
  if (!versions.problems.empty()) out["problems"] = versions.problems;
  Json& list = out["tests"] = Json::array();
  for (const TestDiff& test : tests) {
    Json& each =
        list.emplace_back(Json{{"id", test.id}, {"change", query::change_name(test.change)}});
    if (!test.diff.job.empty()) each["fields"] = fields_json(test.diff.job);
    if (test.diff.steps.empty()) continue;
    Json& steps = each["steps"] = Json::array();
    for (const query::StepDiff& step : test.diff.steps) steps.push_back(step_json(step));
  }
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace stepreg::render
