#include <algorithm>

#include "base/text.h"
#include "render/query_text.h"
#include "render/style.h"

namespace stepreg::render {

namespace {

std::string value_text(const std::optional<std::string>& value) {
  return value ? in_quotes(*value) : "no value";
}

// The line that a level stands on, without its indentation, cut to what fits.
std::string excerpt_of(const Location& at) {
  constexpr std::size_t kWidth = 100;
  const std::string text = printable(trimmed(at.excerpt));
  return text.size() <= kWidth ? text : std::string(cut_utf8(text, kWidth)) + "...";
}

const char* verb_of(const query::Level& level) {
  if (level.wins) return "sets ";
  if (level.rule == "allows") return "allows it with ";
  return level.value ? "lost " : "names it, ";
}

std::string level_text(const query::Level& level, std::size_t width) {
  std::string source = level.origin.source;
  source.resize(std::max(width, source.size()), ' ');
  std::string out = std::string("    ") + (level.wins ? "> " : "  ") + source + "  " +
                    verb_of(level) + value_text(level.value);
  if (!level.rule.empty() && level.rule != level.origin.source && level.rule != "allows")
    out += "  (" + level.rule + ")";
  out += "\n";
  if (level.at.path.empty()) return out;
  out += "        " + place_text(level.at) + "\n";
  const std::string excerpt = excerpt_of(level.at);
  return excerpt.empty() ? out : out + "        | " + excerpt + "\n";
}

std::string fact_text(const query::Fact& fact) {
  const bool in_question = !fact.value;
  std::string out = "  " + fact.kind + " " + fact.name + " = " +
                    (in_question ? std::string("(nothing)") : in_quotes(*fact.value)) + "\n";
  if (!fact.note.empty()) out += "    " + fact.note + "\n";
  std::size_t width = 0;
  for (const query::Level& level : fact.levels) {
    width = std::max(width, level.origin.source.size());
  }
  for (const query::Level& level : fact.levels) {
    if (in_question && !level.value && &level == &fact.levels.back()) {
      out += "    declared at " + place_text(level.at) + "\n";
      continue;
    }
    out += level_text(level, width);
  }
  return out;
}

}  // namespace

std::string explanation_text(const query::Explanation& explanation) {
  std::string out = explanation.test + "\n";
  for (const std::string& problem : explanation.problems) {
    out += "  partial: " + problem + "\n";
  }
  for (const query::ExplainedStep& step : explanation.steps) {
    out += "\n" + step.phase + " " + step.name;
    if (!step.path.empty()) out += "  (" + join(step.path, " > ") + ")";
    out += "\n";
    for (const query::Fact& fact : step.facts) out += fact_text(fact);
  }
  return out;
}

}  // namespace stepreg::render
