#include "rules/severity_settings.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace stepreg::rules {

namespace {

constexpr std::array<Severity, 4> kSeverities{Severity::off, Severity::info, Severity::warning,
                                              Severity::error};
constexpr std::array<Profile, 3> kProfiles{Profile::ci_operator, Profile::recommended,
                                           Profile::strict};

// The one of `all` that the text names; none is a finding.
template <class T, std::size_t N>
std::optional<T> choice_of(const Text& text, const std::array<T, N>& all,
                           std::string_view (*name_of)(T), RuleId id, const char* complaint,
                           Sink& sink) {
  std::array<std::string_view, N> names;
  for (std::size_t i = 0; i < N; ++i) {
    names[i] = name_of(all[i]);
    if (names[i] == *text) return all[i];
  }
  Diagnostic& finding = sink.add(id, text.place, in_quotes(*text) + complaint);
  const std::string_view guess = best_guess(*text, names);
  if (!guess.empty()) finding.hint = "did you mean " + in_quotes(guess) + "?";
  finding.subject = *text;
  return std::nullopt;
}

Profile chosen_profile(const Text& text, std::optional<Profile> given, Sink& sink) {
  std::optional<Profile> written;
  if (!text->empty()) {
    written = choice_of(text, kProfiles, profile_name, rule("SR923"),
                        " is no profile; expected ci-operator, recommended or strict", sink);
  }
  return given.value_or(written.value_or(Profile::recommended));
}

std::optional<RuleId> rule_of(const Text& name, Sink& sink) {
  RuleId id{0};
  if (find_rule(*name, id)) return id;
  Diagnostic& finding = sink.add(rule("SR921"), name.place, "there is no rule " + in_quotes(*name));
  const std::string_view guess = guess_rule(*name);
  finding.hint =
      guess.empty() ? "`stepreg rules` lists the rules" : "did you mean " + in_quotes(guess) + "?";
  finding.subject = *name;
  return std::nullopt;
}

std::optional<Severity> severity_of(const Text& text, Sink& sink) {
  return choice_of(text, kSeverities, severity_name, rule("SR922"),
                   " is no severity; expected off, info, warning or error", sink);
}

std::map<std::size_t, Severity> severities_of(const TextMap& rules, Sink& sink) {
  std::map<std::size_t, Severity> severities;
  for (const Entry<Text>& entry : rules) {
    const auto id = rule_of(entry.key, sink);
    const auto severity = severity_of(entry.value, sink);
    if (id && severity) severities[id->index()] = *severity;
  }
  return severities;
}

}  // namespace

SeveritySettings::SeveritySettings(const load::LoadedSettings& settings,
                                   std::optional<Profile> profile, Sink& sink)
    : base_(chosen_profile(settings.settings.profile, profile, sink)), table_(base_) {
  prefix_ = settings.directory.empty() ? "" : settings.directory + "/";
  for (const auto& [index, severity] : severities_of(settings.settings.rules, sink)) {
    base_.set(RuleId(index), severity);
  }
  for (const Located<PathRules>& entry : settings.settings.overrides) {
    Override& override = overrides_.emplace_back();
    for (const Text& pattern : entry->paths) override.patterns.emplace_back(*pattern);
    override.rules = severities_of(entry->rules, sink);
  }
  table_ = base_;
  for (const Override& override : overrides_) {
    for (const auto& [index, severity] : override.rules) {
      table_.set(RuleId(index), std::max(severity, table_.of(RuleId(index))));
    }
  }
}

Severity SeveritySettings::severity_at(RuleId rule, std::string_view path) const {
  if (path.starts_with(prefix_)) path.remove_prefix(prefix_.size());
  Severity severity = base_.of(rule);
  for (const Override& override : overrides_) {
    const auto found = override.rules.find(rule.index());
    if (found == override.rules.end()) continue;
    const bool matches = std::any_of(override.patterns.begin(), override.patterns.end(),
                                     [&](const std::string& p) { return glob_match(p, path); });
    if (matches) severity = found->second;
  }
  return severity;
}

void SeveritySettings::apply_paths(std::vector<Diagnostic>& findings) const {
  if (overrides_.empty()) return;
  std::erase_if(findings, [this](Diagnostic& finding) {
    finding.severity = severity_at(finding.rule, finding.at.path);
    return finding.severity == Severity::off;
  });
}

}  // namespace stepreg::rules
