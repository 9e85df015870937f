#include "render/rules.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "render/json_parts.h"
#include "render/style.h"

namespace stepreg {

namespace {

struct Group {
  std::string_view prefix;
  std::string_view title;
};
constexpr Group kGroups[] = {
    {"SR0", "Files and YAML"},
    {"SR1", "Layout and naming"},
    {"SR2", "Fields of an object"},
    {"SR3", "References and graph"},
    {"SR4", "Parameters, dependencies, leases, profiles"},
    {"SR5", "Scripts"},
    {"SR6", "Tests and configurations"},
    {"SR7", "Cleanup, limits, signals"},
    {"SR8", "Owners, metadata, documentation"},
    {"SR9", "Settings, suppressions and baseline"},
};

std::string_view fix_name(Fix fix) {
  switch (fix) {
    case Fix::none:
      return "none";
    case Fix::safe:
      return "safe";
    case Fix::unsafe:
      break;
  }
  return "unsafe";
}

std::string_view fix_sentence(Fix fix) {
  switch (fix) {
    case Fix::none:
      return "by hand";
    case Fix::safe:
      return "`stepreg lint --fix`";
    case Fix::unsafe:
      break;
  }
  return "`stepreg lint --unsafe-fixes`, where only one guess is near";
}

OrderedJson rule_object(const RuleInfo& rule) {
  return {{"code", rule.code},
          {"name", rule.name},
          {"summary", rule.summary},
          {"explanation", rule.explanation},
          {"severities",
           {{"ci-operator", severity_name(rule.severities.ci_operator)},
            {"recommended", severity_name(rule.severities.recommended)},
            {"strict", severity_name(rule.severities.strict)}}},
          {"fix", fix_name(rule.fix)},
          {"bad", rule.bad},
          {"good", rule.good}};
}

std::string indented(std::string_view text) {
  std::string out;
  for (const std::string_view line : split(text, '\n')) out += "    " + std::string(line) + "\n";
  return out;
}

// Breaks at blanks so that no line is longer than `width` bytes, unless a word is.
std::string wrapped(std::string_view text, std::size_t width) {
  std::string out;
  std::size_t used = 0;
  for (const std::string_view word : split(text, ' ')) {
    if (word.empty()) continue;
    if (used > 0 && used + 1 + word.size() > width) {
      out += '\n';
      used = 0;
    } else if (used > 0) {
      out += ' ';
      ++used;
    }
    out += word;
    used += word.size();
  }
  return out + "\n";
}

std::string padded(std::string_view text, std::size_t width) {
  return std::string(text) + std::string(width > text.size() ? width - text.size() : 0, ' ');
}

}  // namespace

std::string rule_text(const RuleInfo& rule, bool colour) {
  const Style style{colour};
  const auto heading = [&](std::string_view text) { return "\n" + style.bold(text) + "\n"; };
  std::string out = style.bold(std::string(rule.code) + " " + std::string(rule.name)) + "\n" +
                    std::string(rule.summary) + "\n\n" + wrapped(rule.explanation, 80);
  out += heading("fires") + indented(rule.bad) + heading("mended") + indented(rule.good);
  out += heading("severity");
  for (const Profile profile : {Profile::ci_operator, Profile::recommended, Profile::strict}) {
    const Severity severity = severity_in(rule, profile);
    out += "    " + padded(profile_name(profile), 12) +
           style.severity(severity, severity_name(severity)) + "\n";
  }
  out += heading("fix") + "    " + std::string(fix_sentence(rule.fix)) + "\n";
  out += heading("ignore one place") + "    # stepreg: ignore[" + std::string(rule.name) +
         "] why it is right here\n";
  return out;
}

std::string rule_json(const RuleInfo& rule) {
  return json_text(rule_object(rule), 2);
}

std::string rules_json() {
  OrderedJson list = OrderedJson::array();
  for (const RuleInfo* rule : internal::kAllRules) list.push_back(rule_object(*rule));
  return json_text({{"format", "stepreg.rules"}, {"version", "1.0"}, {"rules", std::move(list)}},
                   2);
}

std::string rules_table() {
  std::size_t longest = 4;
  for (const RuleInfo* rule : internal::kAllRules) longest = std::max(longest, rule->name.size());
  const auto row = [&](std::string_view code, std::string_view name, std::string_view ci_operator,
                       std::string_view recommended, std::string_view strict, std::string_view fix,
                       std::string_view summary) {
    return padded(code, 7) + padded(name, longest + 2) + padded(ci_operator, 13) +
           padded(recommended, 13) + padded(strict, 9) + padded(fix, 8) + std::string(summary) +
           "\n";
  };
  std::string out = row("CODE", "NAME", "CI-OPERATOR", "RECOMMENDED", "STRICT", "FIX", "SUMMARY");
  for (const RuleInfo* rule : internal::kAllRules) {
    out += row(rule->code, rule->name, severity_name(rule->severities.ci_operator),
               severity_name(rule->severities.recommended), severity_name(rule->severities.strict),
               rule->fix == Fix::none ? "-" : fix_name(rule->fix), rule->summary);
  }
  return out;
}

std::string rules_markdown() {
  std::string out =
      "# Rules of stepreg\n\n"
      "Generated by `stepreg rules -o markdown`; a test compares it with the program.\n"
      "`(R050)` and the like are numbers of the specification of ci-operator's rules, `(L101)` of "
      "the rules beyond them.\n";
  std::string_view group;
  for (const RuleInfo* rule : internal::kAllRules) {
    if (rule->code.substr(0, 3) != group) {
      group = rule->code.substr(0, 3);
      for (const Group& known : kGroups) {
        if (known.prefix == group) out += "\n## " + std::string(known.title) + "\n";
      }
    }
    out += "\n### " + std::string(rule->code) + " " + std::string(rule->name) + "\n\n**" +
           std::string(rule->summary) + ".** " + std::string(rule->explanation) + "\n\n";
    out += "Severity: " + std::string(severity_name(rule->severities.ci_operator)) +
           " (ci-operator), " + std::string(severity_name(rule->severities.recommended)) +
           " (recommended), " + std::string(severity_name(rule->severities.strict)) +
           " (strict). Fix: " + std::string(fix_sentence(rule->fix)) + ".\n\nFires:\n\n" +
           indented(rule->bad) + "\nMended:\n\n" + indented(rule->good);
  }
  return out;
}

}  // namespace stepreg
