#include "rules/config_parts.h"

namespace stepreg::rules {

Diagnostic& ConfigCheck::add(RuleId id, Place place, std::string subject,
                             std::string message) const {
  Diagnostic& finding = sink.add(id, place_or(place, top()), std::move(message));
  finding.subject = std::move(subject);
  return finding;
}

const std::vector<Definition>& ConfigCheck::pipeline_definitions() const {
  if (!pipeline_definitions_made) pipeline_definitions_made = rules::pipeline_definitions(config());
  return *pipeline_definitions_made;
}

std::string TestCheck::name() const {
  return entry->as->empty() ? "`tests[" + std::to_string(index) + "]`"
                            : "the test " + in_quotes(*entry->as);
}

Diagnostic& TestCheck::add(RuleId rule_id, Place at, std::string subject,
                           const std::string& what) const {
  Diagnostic& finding =
      file.add(rule_id, place_or(at, place()), std::move(subject), name() + " " + what);
  finding.component = id();
  return finding;
}

std::string listed(const std::vector<std::string_view>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += in_quotes(names[i]);
  }
  return text;
}

std::string listed(const std::vector<NamedPlace>& fields) {
  std::vector<std::string_view> names;
  for (const NamedPlace& field : fields) names.push_back(field.name);
  return listed(names);
}

}  // namespace stepreg::rules
