#include "diag/baseline.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "diag/baseline_reader.h"

namespace stepreg {

namespace {

constexpr std::array<std::string_view, 4> kEntryFields{"rule", "component", "subject", "count"};
constexpr std::array<std::string_view, 4> kTopFields{"$schema", "format", "version", "findings"};

class BaselineParser {
 public:
  BaselineParser(const SourceFile& file, Sink& sink) : file_(file), sink_(sink) {}

  Baseline parse() {
    const BaselineJson json = read_baseline_json(file_);
    if (json.failure) {
      invalid(json.failure->first, "the baseline cannot be read: " + json.failure->second);
      return {};
    }
    if (!check_top(json)) return {};
    for (const JsonFields& entry : json.entries) read_entry(entry);
    return std::move(baseline_);
  }

 private:
  Diagnostic& invalid(std::uint32_t offset, std::string message) {
    Diagnostic& finding = sink_.add(rule("SR911"), Place{&file_, offset}, std::move(message));
    finding.component = file_.path();
    return finding;
  }

  bool only_known(const JsonFields& fields, std::span<const std::string_view> known) {
    for (const JsonFields::Field& field : fields.fields) {
      if (std::find(known.begin(), known.end(), field.name) != known.end()) continue;
      Diagnostic& finding =
          invalid(field.offset, "a baseline has no field " + in_quotes(field.name));
      const std::string_view guess = best_guess(field.name, known);
      if (!guess.empty()) finding.hint = "did you mean " + in_quotes(guess) + "?";
      return false;
    }
    return true;
  }

  bool check_top(const BaselineJson& json) {
    if (!only_known(json.top, kTopFields)) return false;
    const JsonFields::Field* format = json.top.find("format");
    if (format == nullptr || format->text != "stepreg.baseline") {
      invalid(format != nullptr ? format->offset : json.top.offset,
              "not a baseline: expected `\"format\": \"stepreg.baseline\"`");
      return false;
    }
    const JsonFields::Field* version = json.top.find("version");
    if (version == nullptr || !version->text || !version->text->starts_with("1.")) {
      invalid(version != nullptr ? version->offset : json.top.offset,
              "a baseline of a version that is not known; expected `1.0`");
      return false;
    }
    if (!json.has_list) invalid(json.top.offset, "a baseline without a list `findings`");
    return json.has_list;
  }

  void read_entry(const JsonFields& entry) {
    if (!only_known(entry, kEntryFields)) return;
    const JsonFields::Field* name = entry.find("rule");
    const JsonFields::Field* component = entry.find("component");
    const JsonFields::Field* subject = entry.find("subject");
    const JsonFields::Field* count = entry.find("count");
    const bool texts = name != nullptr && name->text && component != nullptr && component->text &&
                       (subject == nullptr || subject->text);
    const bool number = count != nullptr && count->number && *count->number > 0;
    if (!texts || !number) {
      invalid(entry.offset,
              "an entry needs the texts `rule` and `component` and a `count` of 1 or more");
      return;
    }
    RuleId rule_id{0};
    if (!find_rule(*name->text, rule_id)) {
      unknown_rule(*name);
      return;
    }
    Place place{&file_, entry.offset};
    baseline_.entries.push_back({{std::string(rule_id.info().code), *component->text,
                                  subject != nullptr ? *subject->text : std::string()},
                                 rule_id,
                                 static_cast<std::size_t>(*count->number),
                                 Location::of(place)});
  }

  void unknown_rule(const JsonFields::Field& name) {
    Diagnostic& finding = sink_.add(rule("SR912"), Place{&file_, name.offset},
                                    "there is no rule " + in_quotes(*name.text));
    finding.component = file_.path();
    finding.subject = *name.text;
    const std::string_view guess = guess_rule(*name.text);
    finding.hint = guess.empty() ? "`stepreg rules` lists the rules"
                                 : "did you mean " + in_quotes(guess) + "?";
  }

  const SourceFile& file_;
  Sink& sink_;
  Baseline baseline_;
};

void report_stale(const BaselineEntry& entry, std::size_t found, Sink& sink) {
  const std::string what =
      in_quotes(entry.rule.info().name) + " in " + in_quotes(entry.key.component) +
      (entry.key.subject.empty() ? "" : " about " + in_quotes(entry.key.subject));
  Diagnostic& finding =
      sink.add(rule("SR913"), entry.at,
               "the baseline excuses " + std::to_string(entry.count) + " of " + what + ", but " +
                   (found == 0 ? "none is"
                               : "only " + std::to_string(found) + (found == 1 ? " is" : " are")) +
                   " found");
  finding.hint = "write the baseline again with `--write-baseline`";
  finding.component = entry.key.component;
  finding.subject = entry.key.rule + " " + entry.key.subject;
}

std::string json_text(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

Baseline parse_baseline(const SourceFile& file, Sink& sink) {
  return BaselineParser(file, sink).parse();
}

void apply_baseline(const Baseline& baseline, const RuleSet& undecided,
                    std::vector<Diagnostic>& findings, Sink& sink) {
  std::map<FindingKey, std::vector<Diagnostic*>> by_key;
  for (Diagnostic& finding : findings) {
    if (finding.state == Diagnostic::State::active) by_key[key_of(finding)].push_back(&finding);
  }
  for (const BaselineEntry& entry : baseline.entries) {
    std::size_t found = 0;
    for (Diagnostic* finding : by_key[entry.key]) {
      if (found == entry.count) break;
      if (finding->state != Diagnostic::State::active) continue;
      finding->state = Diagnostic::State::baselined;
      ++found;
    }
    const bool decided = !undecided[entry.rule.index()] && sink.wants(entry.rule);
    if (found < entry.count && decided) report_stale(entry, found, sink);
  }
}

void excuse_all(const std::vector<Diagnostic>& before, const std::string& reason,
                std::vector<Diagnostic>& findings) {
  std::map<FindingKey, std::size_t> counts;
  for (const Diagnostic& finding : before) {
    if (finding.state == Diagnostic::State::active) ++counts[key_of(finding)];
  }
  for (Diagnostic& finding : findings) {
    if (finding.state != Diagnostic::State::active) continue;
    const auto found = counts.find(key_of(finding));
    if (found == counts.end() || found->second == 0) continue;
    --found->second;
    finding.state = Diagnostic::State::baselined;
    finding.state_reason = reason;
  }
}

std::string baseline_text(const std::vector<Diagnostic>& findings) {
  std::map<FindingKey, std::size_t> counts;
  for (const Diagnostic& finding : findings) {
    const bool own = finding.rule.info().code.starts_with("SR9");
    if (finding.state != Diagnostic::State::ignored && !own) ++counts[key_of(finding)];
  }
  std::string out =
      "{\n  \"format\": \"stepreg.baseline\",\n  \"version\": \"1.0\",\n  \"findings\": [";
  bool first = true;
  for (const auto& [key, count] : counts) {
    RuleId id{0};
    CHECK(find_rule(key.rule, id));
    out += std::string(first ? "" : ",") + "\n    {\"rule\": " + json_text(id.info().name) +
           ", \"component\": " + json_text(key.component) +
           ", \"subject\": " + json_text(key.subject) + ", \"count\": " + std::to_string(count) +
           "}";
    first = false;
  }
  return out + (first ? "]\n}\n" : "\n  ]\n}\n");
}

}  // namespace stepreg
