// Findings of shellcheck (registry.md 7.1), and variables that nothing sets, which it finds best.
#include <algorithm>
#include <filesystem>
#include <map>
#include <system_error>

#include "base/cache_directory.h"
#include "base/fs.h"
#include "base/text.h"
#include "load/read.h"
#include "load/settings.h"
#include "rules/script_rules.h"
#include "script/shellcheck.h"

namespace stepreg::rules {

namespace {

using script::Shellcheck;
using script::ShellcheckInput;
using script::ShellcheckRemark;
using script::ShellcheckVerdict;

constexpr std::uint32_t kNeverAssigned = 2154;
constexpr std::uint32_t kCarriageReturn = 1017;  // said of every line of such a file

// The `.shellcheckrc` that shellcheck would find for a file: the nearest one, but not above the
// top of the project, for what lies in somebody's home says nothing about a registry.
class NearestSettings {
 public:
  // Null when there is none. The text lives as long as this.
  const std::string* of(const std::string& file) {
    std::error_code failure;
    const auto absolute = std::filesystem::absolute(file, failure);
    return failure ? nullptr : in(absolute.lexically_normal().parent_path());
  }

 private:
  const std::string* in(const std::filesystem::path& directory) {
    const auto [found, is_new] = known_.try_emplace(directory.string(), nullptr);
    if (!is_new) return found->second;
    const std::string* settings = read(directory);
    const bool is_top = directory == directory.parent_path() ||
                        path_exists((directory / ".git").string()) ||
                        path_exists((directory / load::kSettingsName).string());
    if (settings == nullptr && !is_top) settings = in(directory.parent_path());
    return known_[directory.string()] = settings;
  }

  const std::string* read(const std::filesystem::path& directory) {
    for (const char* name : {".shellcheckrc", "shellcheckrc"}) {
      Result<std::string> text = read_file((directory / name).string(), load::kMaxFileBytes);
      if (text) return &texts_.emplace(directory.string(), std::move(*text)).first->second;
    }
    return nullptr;
  }

  std::map<std::string, const std::string*> known_;
  std::map<std::string, std::string> texts_;
};

std::string_view extension_of(std::string_view path) {
  const std::string_view name = base_name(path);
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : name.substr(dot);
}

bool is_for_shellcheck(const ScriptFacts& script) {
  const std::string_view extension = extension_of(script.file->path);
  const bool names_a_shell = extension.empty() || extension == ".sh" || extension == ".bash" ||
                             extension == ".ksh" || extension == ".dash";
  return script.is_shell && names_a_shell && !trimmed(script.text()).empty();
}

bool runs_as_script(const ScriptFacts& script) {
  return std::any_of(script.steps.begin(), script.steps.end(), [](const StepComponent* step) {
    return is_true(step->definition.step.run_as_script);
  });
}

// The text is handed to `bash -c`; its `#!` line is a comment there (E221).
bool runs_in_bash(const ScriptFacts& script) {
  return (!script.steps.empty() || script.has_observer) && !runs_as_script(script);
}

// The offset of a column that counts characters.
std::size_t offset_of(const ScriptFile& file, std::uint32_t line, std::uint32_t column) {
  const std::string_view text = file.source->line_text(line);
  const std::string_view whole = file.source->text();
  std::size_t at =
      text.empty() ? whole.size() : static_cast<std::size_t>(text.data() - whole.data());
  if (text.empty()) return at;
  std::size_t within = 0;
  for (std::uint32_t i = 1; i < column && within < text.size(); ++i) {
    ++within;
    while (within < text.size() && (text[within] & 0xC0) == 0x80) ++within;
  }
  return at + within;
}

Location location_of(const ScriptFile& file, const ShellcheckRemark& remark) {
  const std::size_t begin = offset_of(file, remark.line, remark.column);
  const std::size_t end = offset_of(file, remark.end_line, remark.end_column);
  // shellcheck gives some remarks no length; the character itself is then meant.
  const std::string_view text = file.source->text();
  const bool at_end = begin >= text.size() || text[begin] == '\n';
  return location_in(file, begin, end > begin ? end - begin : at_end ? 0 : 1);
}

// The variable of "FOO is referenced but not assigned."
std::string variable_of(const ShellcheckRemark& remark) {
  const std::string name = remark.message.substr(0, remark.message.find(' '));
  const bool in_capitals = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
  return in_capitals ? name : "";
}

// Lower case, no final stop, as all our messages.
std::string message_of(const ShellcheckRemark& remark) {
  std::string text = remark.message;
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (text.ends_with('.') && !text.ends_with("..")) text.pop_back();
  return "SC" + std::to_string(remark.code) + ": " + std::string(trimmed(text));
}

class ShellcheckRules {
 public:
  ShellcheckRules(const std::set<std::string>& leases, Sink& sink) : leases_(leases), sink_(sink) {}

  void report(ScriptFacts& script, const ShellcheckVerdict& verdict) {
    if (!verdict.failure.empty()) return report_failure(script, verdict.failure);
    std::set<std::string> named;
    bool has_carriage_return = false;
    for (const ShellcheckRemark& remark : verdict.remarks) {
      if (remark.code == kCarriageReturn && std::exchange(has_carriage_return, true)) continue;
      const std::string variable = remark.code == kNeverAssigned ? variable_of(remark) : "";
      if (variable.empty()) {
        report_remark(script, remark);
        continue;
      }
      parse(script);  // its findings may have been remembered
      if (named.insert(variable).second && is_undeclared(script, variable)) {
        report_variable(script, remark, variable);
      }
    }
  }

 private:
  void report_failure(const ScriptFacts& script, const std::string& failure) {
    Diagnostic& finding = sink_.add_for_file(rule("SR502"), script.file->source->path(),
                                             "shellcheck gave no verdict: " + failure);
    if (!script.steps.empty()) finding.component = "ref/" + script.steps.front()->name;
    finding.subject = "shellcheck";
    finding.hint = "run it by hand; `--shellcheck never` goes without it";
  }

  void report_remark(const ScriptFacts& script, const ShellcheckRemark& remark) {
    Diagnostic& finding =
        sink_.add(rule("SR501"), location_of(*script.file, remark), message_of(remark));
    if (!script.steps.empty()) finding.component = "ref/" + script.steps.front()->name;
    finding.subject = "SC" + std::to_string(remark.code);
    finding.hint = "https://www.shellcheck.net/wiki/" + finding.subject;
  }

  // The shell ends a script that reads an unset variable only under `-u`, which ci-operator sets
  // unless the file is run as it is.
  static bool stops_at_unset(const ScriptFacts& script) {
    bool sets = false;
    for (const script::Command& command : script.shell.commands) {
      const auto words = program_and_arguments(command);
      if (words.empty() || words[0] != "set") continue;
      for (const std::string& word : words) {
        const bool names_it = word == "nounset" || (word[0] == '-' && word[1] != '-' &&
                                                    word.find('u') != std::string::npos);
        if (word[0] == '+' && (word == "+o" || word.find('u') != std::string::npos)) return false;
        sets = sets || names_it;
      }
    }
    return sets || !runs_as_script(script);
  }

  bool is_undeclared(const ScriptFacts& script, const std::string& variable) const {
    if (script.steps.empty() || script.has_observer || is_ambient(variable)) return false;
    if (leases_.contains(variable) || is_set_somewhere(script.text(), variable)) return false;
    for (const StepComponent* step : script.steps) {
      if (declares(step->definition.step, variable)) return false;
    }
    return !reads_further_text(script) && !assigns_by_expansion(script) && stops_at_unset(script);
  }

  void report_variable(const ScriptFacts& script, const ShellcheckRemark& remark,
                       const std::string& variable) {
    const StepComponent& step = *script.steps.front();
    Diagnostic& finding =
        sink_.add(rule("SR530"), location_of(*script.file, remark),
                  in_quotes(variable) + " is read, but the step " + in_quotes(step.name) +
                      " does not declare it and nothing sets it");
    finding.component = "ref/" + step.name;
    finding.subject = variable;
    std::vector<std::string_view> names;
    for (const auto& parameter : step.definition.step.env) names.push_back(*parameter->name);
    for (const auto& dependency : step.definition.step.dependencies) {
      names.push_back(*dependency->env);
    }
    const std::string_view guess = best_guess(variable, names);
    finding.hint = guess.empty() ? "declare it under `env` of the step"
                                 : "did you mean " + in_quotes(guess) + "?";
    finding.notes.push_back({Location::of(step.definition.step.as.place), "of this step"});
  }

  const std::set<std::string>& leases_;
  Sink& sink_;
};

// Variables of leases that a workflow asks for: every step of its tests sees them.
void add_workflow_leases(const Registry& registry, std::set<std::string>& leases) {
  for (const auto& workflow : registry.workflows.all) {
    for (const auto& lease : workflow->definition.steps->leases) leases.emplace(*lease->env);
  }
}

void mark_undecided(ScriptResult& result) {
  for (const RuleId id : {rule("SR501"), rule("SR502"), rule("SR530")}) {
    result.undecided.set(id.index());
  }
}

ScriptResult without_shellcheck(const Error& error, ShellcheckUse use) {
  ScriptResult result;
  mark_undecided(result);
  const bool missing = error.code == Error::Code::not_found;
  const std::string what = missing ? "shellcheck is not installed" : error.text;
  if (use == ShellcheckUse::always) {
    result.failure = what + ", and `shellcheck: always` wants it";
  } else {
    result.remarks.push_back(what +
                             ": scripts were not checked with it, nor for variables that nothing "
                             "sets (`--shellcheck never` says that this is meant)");
  }
  return result;
}

}  // namespace

ShellcheckUse shellcheck_use(const Settings& settings, Sink& sink) {
  const Text& text = settings.shellcheck;
  if (*text == "always") return ShellcheckUse::always;
  if (*text == "never") return ShellcheckUse::never;
  if (text && *text != "auto") {
    Diagnostic& finding = sink.add(
        rule("SR503"), text.place,
        in_quotes(*text) + " says nothing about shellcheck; expected auto, always or never");
    constexpr std::string_view kWords[] = {"auto", "always", "never"};
    const std::string_view guess = best_guess(*text, kWords);
    if (!guess.empty()) finding.hint = "did you mean " + in_quotes(guess) + "?";
    finding.subject = "shellcheck";
  }
  return ShellcheckUse::automatic;
}

ScriptResult check_with_shellcheck(const Registry& registry, std::vector<ScriptFacts>& scripts,
                                   std::set<std::string> leases, const ScriptOptions& options,
                                   Sink& sink) {
  ScriptResult result;
  if (!sink.wants(rule("SR501")) && !sink.wants(rule("SR530"))) return result;
  add_workflow_leases(registry, leases);
  std::vector<ScriptFacts*> checked;
  for (ScriptFacts& script : scripts) {
    if (is_for_shellcheck(script)) checked.push_back(&script);
  }
  if (checked.empty()) return result;
  if (options.shellcheck == ShellcheckUse::never) {
    mark_undecided(result);
    return result;
  }
  script::ShellcheckOptions how;
  how.jobs = options.jobs;
  if (options.use_cache) how.cache_directory = cache_directory("shellcheck");
  const Result<Shellcheck> shellcheck = Shellcheck::find(std::move(how));
  if (!shellcheck) return without_shellcheck(shellcheck.error(), options.shellcheck);
  NearestSettings settings;
  std::vector<ShellcheckInput> inputs;
  for (const ScriptFacts* script : checked) {
    ShellcheckInput& input = inputs.emplace_back();
    input.text = script->text();
    input.extension = extension_of(script->file->path);
    input.is_bash = runs_in_bash(*script);
    const std::string* text = settings.of(script->file->source->path());
    input.has_settings = text != nullptr;
    if (text != nullptr) input.settings = *text;
  }
  const std::vector<ShellcheckVerdict> verdicts = shellcheck->check(inputs);
  ShellcheckRules rules(leases, sink);
  for (std::size_t i = 0; i < verdicts.size(); ++i) rules.report(*checked[i], verdicts[i]);
  return result;
}

}  // namespace stepreg::rules
