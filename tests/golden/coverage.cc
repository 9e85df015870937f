// Does every rule have a case in which it fires, and a near miss?
#include <set>
#include <string>
#include <string_view>

#include "base/text.h"
#include "case.h"
#include "diag/rule_table.h"

namespace stepreg::golden {

namespace fs = std::filesystem;

namespace {

using Codes = std::set<std::string, std::less<>>;

struct Coverage {
  Codes fires;
  Codes near_misses;
  std::vector<std::string> complaints;
};

// The rule whose name begins the name of a case: the longest of several.
const RuleInfo* rule_of_case(std::string_view name) {
  const RuleInfo* best = nullptr;
  for (const RuleInfo* rule : internal::kAllRules) {
    const bool begins = name == rule->name || name.starts_with(std::string(rule->name) + "-");
    if (begins && (best == nullptr || best->name.size() < rule->name.size())) best = rule;
  }
  return best;
}

void add_codes(const std::string& text, Codes& codes) {
  for (const RuleInfo* rule : internal::kAllRules) {
    if (text.find("[" + std::string(rule->code) + " ") != std::string::npos) {
      codes.insert(std::string(rule->code));
    }
  }
}

void look_at(const fs::path& folder, Coverage& coverage) {
  const std::string name = folder.filename().string();
  if (!fs::is_directory(folder / "in")) {
    coverage.complaints.push_back("stray folder without `in`: " + name);
    return;
  }
  if (!name.starts_with("ok-")) {
    if (!name.starts_with("tool-") && rule_of_case(name) == nullptr) {
      coverage.complaints.push_back(name + ": begins neither with the name of a rule nor `tool-`");
    }
    add_codes(read_text(folder / "expect.txt"), coverage.fires);
    return;
  }
  const RuleInfo* rule = rule_of_case(std::string_view(name).substr(3));
  if (rule == nullptr) {
    coverage.complaints.push_back(name + ": begins with the name of no rule");
  } else {
    coverage.near_misses.insert(std::string(rule->code));
  }
}

// Lines "CODE fires|near-miss REASON".
class Exemptions {
 public:
  Exemptions(const std::string& text, std::vector<std::string>& complaints) {
    for (const std::string_view line : split(text, '\n')) {
      if (trimmed(line).empty() || line.starts_with('#')) continue;
      const auto words = split(line, ' ');
      RuleId id{0};
      const bool known = words.size() >= 3 && find_rule(words[0], id) &&
                         (words[1] == "fires" || words[1] == "near-miss");
      if (!known) {
        complaints.push_back("exempt.txt: expected `CODE fires|near-miss REASON`: " +
                             std::string(line));
        continue;
      }
      entries_.insert(std::string(words[0]) + " " + std::string(words[1]));
    }
  }

  void check(std::string_view code, std::string_view kind, bool covered,
             std::vector<std::string>& complaints) const {
    const std::string entry = std::string(code) + " " + std::string(kind);
    const bool exempt = entries_.count(entry) > 0;
    if (covered && exempt) complaints.push_back("exempt.txt: " + entry + ": has its case now");
    if (!covered && !exempt) complaints.push_back(entry + ": no case");
  }

 private:
  std::set<std::string> entries_;
};

}  // namespace

std::vector<std::string> coverage_gaps(const fs::path& folder) {
  Coverage coverage;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_directory()) look_at(entry.path(), coverage);
  }
  const Exemptions exemptions(read_text(folder / "exempt.txt"), coverage.complaints);
  for (const RuleInfo* rule : internal::kAllRules) {
    exemptions.check(rule->code, "fires", coverage.fires.count(rule->code) > 0,
                     coverage.complaints);
    exemptions.check(rule->code, "near-miss", coverage.near_misses.count(rule->code) > 0,
                     coverage.complaints);
  }
  return coverage.complaints;
}

}  // namespace stepreg::golden
